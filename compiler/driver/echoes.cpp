#include "compiler/driver/echoes.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;
using diagnostics::Severity;

using Places = std::set<std::pair<const source::File*, std::uint32_t>>;

Places PlacesOf(const std::vector<Diagnostic>& diagnostics, Kind kind) {
  Places places;
  for (const Diagnostic& each : diagnostics) {
    if (each.kind == kind && each.severity == Severity::kError) {
      places.emplace(each.location.file, each.location.range.begin);
    }
  }
  return places;
}

// Locked revisions that no file has, as a header writes them.
std::set<std::string, std::less<>> LockedAndGone(const graph::Graph& graph) {
  std::set<std::string, std::less<>> gone;
  for (const graph::LockEntry& entry : graph.lock.entries) {
    if (!graph.Find(entry.revision) &&
        graph.FindSquash(entry.revision) == nullptr) {
      gone.insert(sql::QuoteString(entry.revision));
    }
  }
  return gone;
}

bool HasErrorOf(const std::vector<Diagnostic>& diagnostics, Kind kind) {
  return std::any_of(
      diagnostics.begin(), diagnostics.end(), [kind](const Diagnostic& each) {
        return each.kind == kind && each.severity == Severity::kError;
      });
}

// The rows have no parent in a table that is not there, and that a foreign key
// refers to.
bool IsOrphanOf(const std::set<std::string>& missing,
                const Diagnostic& diagnostic) {
  if (diagnostic.kind != Kind::kEngineError &&
      diagnostic.kind != Kind::kDowngradeFailsOnOldRows &&
      diagnostic.kind != Kind::kDowngradeDoesNotApply) {
    return false;
  }
  const std::string message = sql::FoldCase(diagnostic.message);
  return std::any_of(missing.begin(), missing.end(), [&](const auto& name) {
    return message.find("has no parent in `" + name + "`") != std::string::npos;
  });
}

// What later files meet of a table whose key or column is not what was meant.
bool IsOfWrong(const std::map<std::string, const source::File*>& wrong,
               const Diagnostic& diagnostic) {
  constexpr Kind kOfKeys[] = {Kind::kPreserveImpossible,
                              Kind::kArchiveWithoutRowKey,
                              Kind::kAddPrimaryKeyOnExistingData,
                              Kind::kFkTargetInvalid,
                              Kind::kDowngradeSchemaMismatch,
                              Kind::kSquashMismatch,
                              Kind::kRowsNotRestored,
                              Kind::kDmlWithoutInverse};
  // That nothing undoes a statement has nothing to do with keys.
  const bool is_of_text =
      diagnostic.kind == Kind::kDmlWithoutInverse &&
      diagnostic.message.find("rehearsed") == std::string::npos;
  return llvm::is_contained(kOfKeys, diagnostic.kind) && !is_of_text &&
         std::any_of(wrong.begin(), wrong.end(), [&](const auto& each) {
           return diagnostic.location.file != each.second &&
                  diagnostic.message.find("table `" + each.first + "`") !=
                      std::string::npos;
         });
}

// Refuses the rows of a table that the foreign keys of another keep from it.
bool IsMismatch(const Diagnostic& diagnostic) {
  return diagnostic.kind == Kind::kEngineError &&
         diagnostic.message.find("foreign key mismatch") != std::string::npos;
}

}  // namespace

void DropEchoes(const graph::Graph& graph,
                std::vector<Diagnostic>& diagnostics) {
  const Places without_target = PlacesOf(diagnostics, Kind::kFkTargetInvalid);
  std::set<const source::File*> mismatched;
  for (const auto& [file, place] : without_target) {
    mismatched.insert(file);
  }
  std::set<std::string> missing;
  std::map<std::string, const source::File*> wrong;
  for (const Diagnostic& each : diagnostics) {
    if (each.severity != Severity::kError) {
      continue;
    }
    if (each.kind == Kind::kFkTargetInvalid) {
      missing.insert(each.subject);
    } else if (each.kind == Kind::kMissingPrimaryKey ||
               each.kind == Kind::kNameAsDefault ||
               each.kind == Kind::kRowidAliasType) {
      wrong.emplace(each.subject, each.location.file);
    }
  }
  const auto gone = LockedAndGone(graph);
  const bool has_unread = HasErrorOf(diagnostics, Kind::kFileError);
  const bool has_roots = HasErrorOf(diagnostics, Kind::kMultipleRoots);
  std::set<const source::File*> unwritten;
  for (const auto& [file, place] :
       PlacesOf(diagnostics, Kind::kNothingToUpgrade)) {
    unwritten.insert(file);
  }
  std::erase_if(diagnostics, [&](const Diagnostic& each) {
    const source::Location& place = each.location;
    return (each.kind == Kind::kEngineError &&
            without_target.contains({place.file, place.range.begin})) ||
           (IsMismatch(each) && mismatched.contains(place.file)) ||
           IsOrphanOf(missing, each) || IsOfWrong(wrong, each) ||
           ((has_roots || !unwritten.empty()) &&
            each.kind == Kind::kUnknownObject) ||
           (!unwritten.empty() && each.kind == Kind::kFkTargetInvalid) ||
           (unwritten.contains(place.file) &&
            each.kind == Kind::kDowngradeDoesNotApply) ||
           (each.kind == Kind::kUnknownParent &&
            (has_unread || gone.contains(place.file->text(place.range))));
  });
}

}  // namespace palindrome::driver
