// What an imported migration needs so that it builds as it is: ALLOWs for what
// it does, and strings where SQLite took a name for one.

#include <algorithm>
#include <set>
#include <tuple>

#include "llvm/ADT/STLExtras.h"

#include "compiler/driver/import_session.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

// The item of the file that holds the place; null: none does.
const ast::Item* ItemAt(const ast::Migration& migration, source::Range place) {
  std::vector<const ast::Section*> sections{&migration.upgrade};
  if (migration.downgrade) {
    sections.push_back(&*migration.downgrade);
  }
  for (const ast::Section* section : sections) {
    for (const ast::Item& item : section->items) {
      if (item.statement.range.contains(place)) {
        return &item;
      }
    }
  }
  return nullptr;
}

Edit Allow(std::size_t index, const ast::Migration& migration,
           const Diagnostic& diagnostic, Kind rule, const std::string& reason) {
  const std::string allow = "ALLOW " + diagnostics::Info(rule).tag.str() +
                            " BECAUSE " + sql::QuoteString(reason);
  if (const ast::Item* item = ItemAt(migration, diagnostic.location.range)) {
    const bool in_for = item->for_block.end > item->for_block.begin;
    const std::uint32_t at =
        in_for ? item->for_block.begin : item->statement.range.begin;
    return {index, {at, at}, allow + ";\n"};
  }
  // The last clause of the header that the import writes.
  const std::uint32_t at = migration.header.created->range.end;
  return {index, {at, at}, "\n  " + allow};
}

// Whether the message is about what the token calls, as the engine and the
// compiler say it.
bool IsAbout(const Diagnostic& diagnostic, const std::string& name) {
  const llvm::StringRef message(diagnostic.message);
  return message.contains("`" + name + "`") || message.ends_with(": " + name) ||
         message.contains("column " + name);
}

// Names in double quotes that the diagnostic says are none.
void AddStrings(std::size_t index, const ast::Statement& statement,
                const Diagnostic& diagnostic, std::vector<Edit>& edits) {
  const auto& tokens = statement.tokens.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const ast::Token& token = tokens[i];
    const bool is_qualified =
        (i > 0 && tokens[i - 1].spelling == ".") ||
        (i + 1 < tokens.size() && tokens[i + 1].spelling == ".");
    if (token.kind != sql::TokenKind::kQuotedName ||
        token.spelling.front() != '"' || is_qualified) {
      continue;
    }
    const std::string name = sql::Unquote({token.kind, 0, token.spelling});
    if (IsAbout(diagnostic, name)) {
      edits.push_back({index, token.range, sql::QuoteString(name)});
    }
  }
}

// In the statement of the diagnostic, or in any of the file: SQLite resolves
// some names of a CHECK when the first row comes.
void AddStrings(std::size_t index, const ast::Migration& migration,
                const Diagnostic& diagnostic, std::vector<Edit>& edits) {
  const std::size_t before = edits.size();
  if (const ast::Item* item = ItemAt(migration, diagnostic.location.range)) {
    AddStrings(index, item->statement, diagnostic, edits);
  }
  if (edits.size() == before) {
    for (const ast::Item& item : migration.upgrade.items) {
      AddStrings(index, item.statement, diagnostic, edits);
    }
  }
}

// Takes an ALLOW away that an earlier round wrote, and that is of no use now
// that more is known.
void RemoveAllow(std::size_t index, const ast::Migration& migration,
                 const Diagnostic& diagnostic, std::vector<Edit>& edits) {
  for (const ast::Allow& allow : migration.allows) {
    if (allow.range.contains(diagnostic.location.range)) {
      const std::string_view behind =
          migration.file->text().substr(allow.range.end);
      const bool is_item = behind.substr(0, 2) == ";\n";
      edits.push_back(
          {index,
           {allow.range.begin, allow.range.end + (is_item ? 2U : 0U)},
           ""});
    }
  }
}

bool MayBeString(Kind kind) {
  return kind == Kind::kUnknownObject || kind == Kind::kEngineError ||
         kind == Kind::kDoubleQuotedLiteral ||
         kind == Kind::kInvalidDefinition ||
         kind == Kind::kDowngradeDoesNotApply;
}

}  // namespace

namespace {

void SortOnce(std::vector<Edit>& edits) {
  const auto key = [](const Edit& edit) {
    return std::tie(edit.migration, edit.range.begin, edit.text);
  };
  llvm::sort(edits, [&](const Edit& left, const Edit& right) {
    return key(left) < key(right);
  });
  edits.erase(std::unique(edits.begin(), edits.end(),
                          [&](const Edit& left, const Edit& right) {
                            return key(left) == key(right);
                          }),
              edits.end());
}

}  // namespace

std::vector<Edit> FindStrings(std::size_t index,
                              const ast::Migration& migration,
                              const std::vector<Diagnostic>& diagnostics) {
  std::vector<Edit> edits;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == diagnostics::Severity::kError &&
        MayBeString(diagnostic.kind)) {
      AddStrings(index, migration, diagnostic, edits);
    }
  }
  SortOnce(edits);
  return edits;
}

std::vector<Edit> FindEdits(const Trial& trial,
                            const std::vector<ImportedMigration>& migrations,
                            const std::string& reason) {
  std::vector<Edit> strings;
  std::vector<Edit> allows;
  for (const Diagnostic& diagnostic : trial.emitter.diagnostics()) {
    const auto index = trial.MigrationOf(diagnostic);
    if (!index || diagnostic.severity != diagnostics::Severity::kError) {
      continue;
    }
    const ast::Migration* migration = trial.Parsed(migrations[*index]);
    if (migration == nullptr || !migration->header.created) {
      continue;
    }
    if (MayBeString(diagnostic.kind)) {
      AddStrings(*index, *migration, diagnostic, strings);
    }
    const Kind rule = diagnostic.found_by.value_or(diagnostic.kind);
    if (rule == Kind::kUnusedSuppression) {
      RemoveAllow(*index, *migration, diagnostic, allows);
    } else if (diagnostics::Info(rule).policy == diagnostics::Policy::kOpen) {
      allows.push_back(Allow(*index, *migration, diagnostic, rule, reason));
    }
  }
  // What the rules say of a file that does not apply yet is not all they say.
  std::vector<Edit>& edits = strings.empty() ? allows : strings;
  SortOnce(edits);
  return std::move(edits);
}

void ApplyEdits(std::vector<Edit> edits,
                std::vector<ImportedMigration>& migrations) {
  // From the back, so that the places before stay where they are.
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    migrations[edit->migration].text.replace(
        edit->range.begin, edit->range.end - edit->range.begin, edit->text);
  }
}

}  // namespace palindrome::driver
