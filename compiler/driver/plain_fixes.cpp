#include "compiler/driver/plain_fixes.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

// What a name stands for, as far as the word before it tells.
enum class Role : std::uint8_t { kRelation, kOther, kConstraint };

struct Occurrence {
  const source::File* file = nullptr;
  std::uint32_t offset = 0;
  Role role = Role::kOther;
};

using Occurrences = std::map<std::string, std::vector<Occurrence>>;  // Folded.

bool IsAboutName(const Diagnostic& diagnostic) {
  return diagnostic.kind == Kind::kUnknownObject ||
         diagnostic.kind == Kind::kDowngradeDoesNotApply ||
         diagnostic.kind == Kind::kFkTargetInvalid;
}

Role RoleBehind(std::string_view word) {
  for (const char* before :
       {"TABLE", "INTO", "FROM", "JOIN", "UPDATE", "REFERENCES", "ON"}) {
    if (sql::EqualsIgnoringCase(word, before)) {
      return Role::kRelation;
    }
  }
  return sql::EqualsIgnoringCase(word, "CONSTRAINT") ? Role::kConstraint
                                                     : Role::kOther;
}

void Collect(const source::File& file, Occurrences& occurrences) {
  std::string_view before;
  for (std::uint32_t at = 0;;) {
    const sql::Token token = sql::NextToken(file.text(), at);
    if (token.kind == sql::TokenKind::kEnd) {
      return;
    }
    if (token.kind == sql::TokenKind::kWord ||
        token.kind == sql::TokenKind::kQuotedName) {
      occurrences[sql::FoldCase(sql::Unquote(token))].push_back(
          {&file, token.offset, RoleBehind(before)});
    }
    before = token.spelling;
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
}

// Whether the name that the edit changes is written in the same role where none
// of the fix's edits is.
bool IsRepeated(const diagnostics::Edit& edit, const diagnostics::Fix& fix,
                const Occurrences& occurrences) {
  const source::Location& place = edit.location;
  const auto found = occurrences.find(sql::FoldCase(
      sql::Unquote(sql::NextToken(place.file->text(place.range), 0))));
  if (found == occurrences.end()) {
    return false;
  }
  const std::vector<Occurrence>& all = found->second;
  const auto own =
      std::find_if(all.begin(), all.end(), [&](const Occurrence& each) {
        return each.file == place.file && each.offset == place.range.begin;
      });
  return own != all.end() &&
         std::any_of(all.begin(), all.end(), [&](const Occurrence& each) {
           return each.role == own->role &&
                  std::none_of(fix.edits.begin(), fix.edits.end(),
                               [&](const diagnostics::Edit& other) {
                                 return other.location.file == each.file &&
                                        other.location.range.begin ==
                                            each.offset;
                               });
         });
}

}  // namespace

void LeaveRepeatedNames(const graph::Graph& graph,
                        std::vector<Diagnostic>& diagnostics) {
  Occurrences occurrences;
  for (Diagnostic& diagnostic : diagnostics) {
    for (diagnostics::Fix& fix : diagnostic.fixes) {
      if (!fix.mechanical || !IsAboutName(diagnostic)) {
        continue;
      }
      if (occurrences.empty()) {
        for (const graph::Revision* revision : graph.All()) {
          Collect(*revision->migration.file, occurrences);
        }
      }
      fix.mechanical = std::none_of(fix.edits.begin(), fix.edits.end(),
                                    [&](const diagnostics::Edit& edit) {
                                      return IsRepeated(edit, fix, occurrences);
                                    });
    }
  }
}

}  // namespace palindrome::driver
