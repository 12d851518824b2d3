#include "compiler/driver/echoes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/checks/consequences.h"
#include "compiler/checks/differences.h"
#include "compiler/diagnostics/erase_consequences.h"
#include "compiler/driver/statements.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;
using diagnostics::Severity;

using Places = std::set<std::pair<const source::File*, std::uint32_t>>;

bool IsErrorOf(llvm::ArrayRef<Kind> kinds, const Diagnostic& diagnostic) {
  return diagnostic.severity == Severity::kError &&
         llvm::is_contained(kinds, diagnostic.kind);
}

Places PlacesOf(const std::vector<Diagnostic>& diagnostics, Kind kind) {
  Places places;
  for (const Diagnostic& each : diagnostics) {
    if (IsErrorOf(kind, each)) {
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
      diagnostics.begin(), diagnostics.end(),
      [kind](const Diagnostic& each) { return IsErrorOf(kind, each); });
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

// A table is not what was meant.
constexpr Kind kOfDefinitions[] = {Kind::kMissingPrimaryKey,
                                   Kind::kNameAsDefault, Kind::kRowidAliasType,
                                   Kind::kFkTargetInvalid};

// Nothing keeps them.
constexpr Kind kOfLostRows[] = {
    Kind::kDropTableUnarchived, Kind::kDropColumnUnarchived,
    Kind::kDeleteRowsUnarchived, Kind::kDmlWithoutInverse};

// What is found of tables whose keys and columns are taken for granted.
constexpr Kind kOfTables[] = {
    Kind::kPreserveImpossible,
    Kind::kArchiveWithoutRowKey,
    Kind::kFkTargetInvalid,
    Kind::kAddPrimaryKeyOnExistingData,
    Kind::kIndexBecomesUnique,
    Kind::kSetNotNullWithoutBackfill,
    Kind::kIncompleteRawRebuild,
    Kind::kNullComparison,
    Kind::kDowngradeSchemaMismatch,
    Kind::kSquashMismatch,
    Kind::kRowsNotRestored,
    Kind::kDmlWithoutInverse,
    Kind::kEngineError,
};

// Whether the one may follow from the other, which finds a table that is not
// what was meant.
bool MayFollow(const Diagnostic& effect, Kind cause) {
  if (cause == Kind::kFkTargetInvalid) {
    return effect.kind == Kind::kDowngradeSchemaMismatch ||
           effect.kind == Kind::kSquashMismatch ||
           effect.kind == Kind::kUnrelatedChangesInFile;
  }
  if (effect.kind == Kind::kMissingDowngrade) {
    return cause == Kind::kRowidAliasType;
  }
  return llvm::is_contained(kOfTables, effect.kind) &&
         (effect.kind != Kind::kDmlWithoutInverse ||
          checks::IsOfRowsLeft(effect));
}

// A table that is not what was meant, and what says so.
struct WrongTable {
  std::string name;  // Folded.
  Kind cause = Kind::kFkTargetInvalid;
  std::size_t file = 0;  // Its number in the history.
};

std::vector<WrongTable> WrongTablesOf(
    const Statements& statements, const std::vector<Diagnostic>& diagnostics) {
  std::vector<WrongTable> wrong;
  for (const Diagnostic& each : diagnostics) {
    if (IsErrorOf(kOfDefinitions, each)) {
      const std::size_t file = statements.NumberOf(each.location.file);
      for (const std::string& table : statements.TableAt(each.location)) {
        wrong.push_back({table, each.kind, file});
      }
    }
  }
  return wrong;
}

// The tables that may be the reason.
std::set<std::string> TablesOf(const Diagnostic& diagnostic,
                               const Statements& statements) {
  // These compare all that a file does.
  if (diagnostic.kind == Kind::kDowngradeSchemaMismatch ||
      diagnostic.kind == Kind::kUnrelatedChangesInFile) {
    return statements.TablesIn(diagnostic.location.file);
  }
  return diagnostic.kind == Kind::kDmlWithoutInverse
             ? statements.TableAt(diagnostic.location)
             : statements.TablesAt(diagnostic.location);
}

// What later files meet of such tables; never the other way round, so that no
// two findings follow from each other.
bool IsOfWrong(const std::vector<WrongTable>& wrong,
               const Statements& statements, const Diagnostic& diagnostic) {
  const std::size_t file = statements.NumberOf(diagnostic.location.file);
  std::set<std::string> names;
  return std::any_of(wrong.begin(), wrong.end(), [&](const WrongTable& each) {
    if (each.file >= file || !MayFollow(diagnostic, each.cause)) {
      return false;
    }
    if (names.empty()) {
      names = TablesOf(diagnostic, statements);
    }
    return names.contains(each.name) ||
           llvm::StringRef(diagnostic.subject)
               .starts_with(checks::KeySubject(each.name));
  });
}

// Refuses the rows of a table that the foreign keys of another keep from it.
bool IsMismatch(const Diagnostic& diagnostic) {
  return (diagnostic.kind == Kind::kEngineError ||
          diagnostic.kind == Kind::kDowngradeDoesNotApply) &&
         diagnostic.message.find("foreign key mismatch") != std::string::npos;
}

// The revisions whose files destroy what they should keep.
std::set<std::string> RevisionsWithoutArchive(
    const graph::Graph& graph, const std::vector<Diagnostic>& diagnostics) {
  std::set<const source::File*> files;
  for (const Diagnostic& each : diagnostics) {
    if (IsErrorOf(kOfLostRows, each)) {
      files.insert(each.location.file);
    }
  }
  std::set<std::string> revisions;
  for (const graph::Revision& revision : graph.revisions) {
    if (files.contains(revision.migration.file)) {
      revisions.insert(revision.id);
    }
  }
  return revisions;
}

// There is nothing to purge, since nothing was kept.
bool IsPurgeOf(const std::set<std::string>& revisions,
               const Statements& statements, const Diagnostic& diagnostic) {
  const ast::Statement* statement = statements.Find(diagnostic.location);
  const auto* purge = statement == nullptr
                          ? nullptr
                          : std::get_if<ast::PurgeArchive>(&statement->node);
  return diagnostic.kind == Kind::kUnknownObject && purge != nullptr &&
         revisions.contains(purge->revision.text);
}

}  // namespace

void DropEchoes(const graph::Graph& graph,
                std::vector<Diagnostic>& diagnostics) {
  const Places without_target = PlacesOf(diagnostics, Kind::kFkTargetInvalid);
  std::set<std::string> missing;
  for (const Diagnostic& each : diagnostics) {
    if (IsErrorOf(Kind::kFkTargetInvalid, each)) {
      missing.insert(each.subject);
    }
  }
  const bool has_mismatch = HasErrorOf(diagnostics, Kind::kFkTargetInvalid) ||
                            HasErrorOf(diagnostics, Kind::kMissingPrimaryKey);
  const Statements statements(graph);
  const std::vector<WrongTable> wrong = WrongTablesOf(statements, diagnostics);
  const auto without_archive = RevisionsWithoutArchive(graph, diagnostics);
  const auto gone = LockedAndGone(graph);
  const bool has_unread = HasErrorOf(diagnostics, Kind::kFileError);
  const bool has_roots = HasErrorOf(diagnostics, Kind::kMultipleRoots);
  std::set<const source::File*> unwritten;
  for (const auto& [file, place] :
       PlacesOf(diagnostics, Kind::kNothingToUpgrade)) {
    unwritten.insert(file);
  }
  diagnostics::EraseConsequences(diagnostics, [&](const Diagnostic& each) {
    const source::Location& place = each.location;
    return (each.kind == Kind::kEngineError &&
            without_target.contains({place.file, place.range.begin})) ||
           (IsMismatch(each) && has_mismatch) || IsOrphanOf(missing, each) ||
           IsOfWrong(wrong, statements, each) ||
           IsPurgeOf(without_archive, statements, each) ||
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
