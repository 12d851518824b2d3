#include "compiler/driver/echoes.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "llvm/ADT/STLExtras.h"

#include "compiler/catalog/slice.h"
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

// The statements of a history, by their places.
class Statements {
 public:
  explicit Statements(const graph::Graph& graph) {
    for (const graph::Revision* revision : graph.All()) {
      const ast::Migration& migration = revision->migration;
      std::vector<const ast::Statement*>& statements = files_[migration.file];
      for (const ast::Item& item : migration.upgrade.items) {
        statements.push_back(&item.statement);
      }
      if (migration.downgrade) {
        for (const ast::Item& item : migration.downgrade->items) {
          statements.push_back(&item.statement);
        }
      }
    }
  }

  // Folded; of what is not about one statement, what all of the file mention.
  std::set<std::string> NamesAt(source::Location place) const {
    const ast::Statement* statement = Find(place);
    return statement == nullptr ? NamesIn(place.file)
                                : catalog::MentionedNames(*statement);
  }

  std::set<std::string> NamesIn(const source::File* file) const {
    std::set<std::string> names;
    const auto found = files_.find(file);
    if (found != files_.end()) {
      for (const ast::Statement* statement : found->second) {
        names.merge(catalog::MentionedNames(*statement));
      }
    }
    return names;
  }

  // What the table that the statement is about is called from there on, folded.
  std::set<std::string> TablesAt(source::Location place) const {
    const ast::Statement* statement = Find(place);
    if (statement == nullptr || ast::TableOf(*statement).empty()) {
      return {};
    }
    std::set<std::string> names = {sql::FoldCase(ast::TableOf(*statement))};
    for (const ast::Statement* later : files_.at(place.file)) {
      const auto* rename = std::get_if<ast::RenameTable>(&later->node);
      if (rename != nullptr && later->range.begin > statement->range.begin &&
          names.contains(sql::FoldCase(rename->table.text))) {
        names.insert(sql::FoldCase(rename->to.text));
      }
    }
    return names;
  }

  // Null: it is about none, or not about one alone.
  const ast::Statement* Find(source::Location place) const {
    const auto found = files_.find(place.file);
    if (found == files_.end()) {
      return nullptr;
    }
    for (const ast::Statement* statement : found->second) {
      if (statement->range.contains(place.range)) {
        return statement;
      }
    }
    return nullptr;
  }

 private:
  std::map<const source::File*, std::vector<const ast::Statement*>> files_;
};

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

// What is found of tables whose key or columns are taken for granted.
constexpr Kind kOfTables[] = {
    Kind::kPreserveImpossible,      Kind::kArchiveWithoutRowKey,
    Kind::kFkTargetInvalid,         Kind::kAddPrimaryKeyOnExistingData,
    Kind::kIndexBecomesUnique,      Kind::kSetNotNullWithoutBackfill,
    Kind::kIncompleteRawRebuild,    Kind::kNullComparison,
    Kind::kDowngradeSchemaMismatch, Kind::kSquashMismatch,
    Kind::kRowsNotRestored,         Kind::kDmlWithoutInverse,
    Kind::kMissingDowngrade,        Kind::kEngineError,
};

// Tables that are not what was meant, folded, and the file where that is told.
using WrongTables = std::map<std::string, const source::File*>;

WrongTables WrongTablesOf(const Statements& statements,
                          const std::vector<Diagnostic>& diagnostics) {
  WrongTables wrong;
  for (const Diagnostic& each : diagnostics) {
    if (each.severity == Severity::kError &&
        (each.kind == Kind::kMissingPrimaryKey ||
         each.kind == Kind::kNameAsDefault ||
         each.kind == Kind::kRowidAliasType ||
         each.kind == Kind::kFkTargetInvalid)) {
      for (const std::string& table : statements.TablesAt(each.location)) {
        wrong.emplace(table, each.location.file);
      }
    }
  }
  return wrong;
}

// What later files meet of such a table.
bool IsOfWrong(const WrongTables& wrong, const Statements& statements,
               const Diagnostic& diagnostic) {
  // That nothing undoes a statement has nothing to do with what a table is.
  const bool is_of_text =
      diagnostic.kind == Kind::kDmlWithoutInverse && diagnostic.subject.empty();
  if (wrong.empty() || is_of_text ||
      !llvm::is_contained(kOfTables, diagnostic.kind)) {
    return false;
  }
  // A schema is compared as a whole, and its key may be another table's.
  auto names = diagnostic.kind == Kind::kDowngradeSchemaMismatch
                   ? statements.NamesIn(diagnostic.location.file)
                   : statements.NamesAt(diagnostic.location);
  names.merge(statements.TablesAt(diagnostic.location));
  return std::any_of(wrong.begin(), wrong.end(), [&](const auto& each) {
    return diagnostic.location.file != each.second &&
           names.contains(each.first);
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
    if (each.severity == Severity::kError &&
        (each.kind == Kind::kDropTableUnarchived ||
         each.kind == Kind::kDropColumnUnarchived ||
         each.kind == Kind::kDeleteRowsUnarchived ||
         each.kind == Kind::kDmlWithoutInverse)) {
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
    if (each.kind == Kind::kFkTargetInvalid &&
        each.severity == Severity::kError) {
      missing.insert(each.subject);
    }
  }
  const bool has_mismatch = HasErrorOf(diagnostics, Kind::kFkTargetInvalid) ||
                            HasErrorOf(diagnostics, Kind::kMissingPrimaryKey);
  const Statements statements(graph);
  const WrongTables wrong = WrongTablesOf(statements, diagnostics);
  const auto without_archive = RevisionsWithoutArchive(graph, diagnostics);
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
