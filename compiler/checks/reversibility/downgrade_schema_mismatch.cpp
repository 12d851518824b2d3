#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotUndone, kDowngradeSchemaMismatch,
                "{0} after the downgrade; undo this statement there",
                std::string);
PALINDROME_TEXT(kTooMuchUndone, kDowngradeSchemaMismatch,
                "{0} after the downgrade; undo no more than the upgrade does",
                std::string);

using catalog::ObjectKind;
using diagnostics::Diagnostic;

// What is left if the step is a rename that is not undone: one thing to say
// instead of two.
std::optional<std::string> UndoneRename(const MigrationContext& context,
                                        const catalog::Step& step) {
  const catalog::Catalog& before = context.upgrade.before;
  const catalog::Catalog& restored = context.downgrade.simulation.after;
  if (const auto* rename = As<ast::RenameTable>(step)) {
    // A table that is built under another name and then takes the place of the
    // old one was never called so.
    if (before.FindTable(rename->table.text) != nullptr &&
        restored.FindTable(rename->table.text) == nullptr &&
        restored.FindTable(rename->to.text) != nullptr) {
      return "table `" + rename->table.text + "` is still called `" +
             rename->to.text + "`";
    }
  } else if (const auto* of_column = As<ast::RenameColumn>(step)) {
    const ast::Table* table = restored.FindTable(of_column->table.text);
    if (table != nullptr &&
        FindColumn(*table, of_column->column.text) == nullptr &&
        FindColumn(*table, of_column->to.text) != nullptr) {
      return "column `" + of_column->column.text + "` of table `" +
             of_column->table.text + "` is still called `" +
             of_column->to.text + "`";
    }
  }
  return std::nullopt;
}

Diagnostic Finding(const MigrationContext& context, source::Location location,
                   const std::string& text) {
  const source::Location downgrade = DowngradeOf(context);
  const bool in_upgrade =
      context.migration().upgrade.range.contains(location.range);
  Diagnostic diagnostic = diagnostics::Make(
      in_upgrade ? kNotUndone : kTooMuchUndone, location, text);
  if (in_upgrade) {
    diagnostic.With(downgrade, "the downgrade is here");
  }
  return diagnostic;
}

// What the engine says, in the same words.
std::string Describe(const SchemaDifference& difference) {
  std::string text = difference.kind + " `" + difference.name + "`";
  if (!difference.detail.empty()) {
    text = difference.detail + " of " + text;
  }
  if (difference.right.empty()) {
    return text + " is missing";
  }
  if (difference.left.empty()) {
    return text + " is still there";
  }
  return text + " is `" + difference.right + "` instead of `" +
         difference.left + "`";
}

std::optional<ObjectKind> KindOf(llvm::StringRef name) {
#define PALINDROME_OBJECT(Kind, Type, Text) \
  if (name == Text) {                       \
    return ObjectKind::Kind;                \
  }
#include "compiler/catalog/object_kinds.def"
  return std::nullopt;
}

// The column that a fact of a table is about ("column `status`"), or nothing.
std::string ColumnOf(llvm::StringRef detail) {
  if (!detail.consume_front("column `") || !detail.consume_back("`")) {
    return "";
  }
  return sql::FoldCase(detail);
}

const ast::Column* ColumnIn(const catalog::Catalog& catalog,
                            const Difference& difference) {
  const ast::Table* table = catalog.FindTable(difference.object.name);
  return table == nullptr ? nullptr : FindColumn(*table, difference.column);
}

bool IsSameBut(const ast::Table& before, ast::Table restored) {
  restored.name = before.name;
  return ast::SameDefinition(before, restored);
}

bool IsSameBut(const ast::Column& before, ast::Column restored) {
  restored.name = before.name;
  return ast::SameDefinition(before, restored);
}

// Whether one difference is what the other one lacks, under another name: the
// object or column that is missing is there as it was, but for that.
bool IsNamesake(const MigrationContext& context, const Difference& missing,
                const Difference& extra) {
  const catalog::Catalog& before = context.upgrade.before;
  const catalog::Catalog& restored = context.downgrade.simulation.after;
  if (!missing.column.empty() && !extra.column.empty()) {
    const ast::Column* lost = ColumnIn(before, missing);
    const ast::Column* found = ColumnIn(restored, extra);
    return missing.object == extra.object && lost != nullptr &&
           found != nullptr && ColumnIn(restored, missing) == nullptr &&
           ColumnIn(before, extra) == nullptr && IsSameBut(*lost, *found);
  }
  const ast::Table* lost = before.FindTable(missing.object.name);
  const ast::Table* found = restored.FindTable(extra.object.name);
  return missing.column.empty() && extra.column.empty() && lost != nullptr &&
         found != nullptr &&
         restored.FindTable(missing.object.name) == nullptr &&
         before.FindTable(extra.object.name) == nullptr &&
         IsSameBut(*lost, *found);
}

std::string DescribeNamesake(const MigrationContext& context,
                             const Difference& missing,
                             const Difference& extra) {
  const catalog::Catalog& before = context.upgrade.before;
  const catalog::Catalog& restored = context.downgrade.simulation.after;
  const ast::Table& table = *before.FindTable(missing.object.name);
  if (missing.column.empty()) {
    return "table `" + table.name.text + "` is called `" +
           restored.FindTable(extra.object.name)->name.text + "`";
  }
  return "column `" + ColumnIn(before, missing)->name.text + "` of table `" +
         table.name.text + "` is called `" +
         ColumnIn(restored, extra)->name.text + "`";
}

// Takes the pairs that are one thing under two names out of the differences,
// and reports each as that.
void ReportNamesakes(const MigrationContext& context,
                     std::vector<Difference>& differences,
                     std::set<catalog::Key>& reported,
                     diagnostics::Emitter& emitter) {
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const auto extra = std::find_if(
        differences.begin(), differences.end(), [&](const Difference& other) {
          return IsNamesake(context, differences[i], other);
        });
    if (extra == differences.end()) {
      continue;
    }
    const Difference missing = differences[i];
    Diagnostic finding = Finding(context, Blame(context, missing),
                                 DescribeNamesake(context, missing, *extra));
    finding.With(Blame(context, *extra), "it gets that name here");
    finding.subject =
        missing.column.empty() ? NameSubject(missing.object.name) : "";
    emitter.Emit(std::move(finding));
    reported.insert({missing.object, extra->object});
    differences.erase(extra);
    std::erase_if(differences, [&](const Difference& other) {
      return other.object == missing.object && other.column == missing.column;
    });
    i = static_cast<std::size_t>(-1);
  }
}

// Differences: those of a table that the downgrade creates are one finding,
// since one statement is wrong.
class Findings {
 public:
  void Add(const MigrationContext& context, const Difference& difference) {
    const catalog::Simulation& downgrade = context.downgrade.simulation;
    const bool is_created =
        difference.object.kind == ObjectKind::kTable &&
        downgrade.after.FindTable(difference.object.name) != nullptr &&
        !IsOldTable(downgrade, downgrade.steps.size(), difference.object.name);
    const source::Location place = Blame(context, difference);
    const auto known = of_table_.find(difference.object);
    if (is_created && known != of_table_.end()) {
      Diagnostic& finding = findings_[known->second];
      finding.With(place, difference.text + ", too");
      if (finding.subject != difference.subject) {
        finding.subject.clear();
      }
      return;
    }
    if (is_created) {
      of_table_.emplace(difference.object, findings_.size());
    }
    findings_.push_back(Finding(context, place, difference.text));
    findings_.back().subject = difference.subject;
  }

  void EmitAll(diagnostics::Emitter& emitter) && {
    for (Diagnostic& finding : findings_) {
      emitter.Emit(std::move(finding));
    }
  }

 private:
  std::vector<Diagnostic> findings_;
  std::map<catalog::Key, std::size_t> of_table_;  // Its place in findings_.
};

// The compiler's catalog is asked first; the engine is heard on objects of
// which the compiler sees nothing wrong.
void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (DowngradeIsBroken(context)) {
    return;
  }
  std::set<catalog::Key> reported;
  std::set<const catalog::Step*> renames;
  std::vector<Difference> differences =
      DifferencesOf(context.upgrade.before, context.downgrade.simulation.after);
  const bool has_rename = std::any_of(
      differences.begin(), differences.end(), [&](const Difference& each) {
        const catalog::Step* step = LastChangeOf(context.upgrade, each);
        return step != nullptr && UndoneRename(context, *step).has_value();
      });
  if (!has_rename) {
    ReportNamesakes(context, differences, reported, emitter);
  }
  Findings findings;
  for (const Difference& difference : differences) {
    reported.insert(difference.object);
    const catalog::Step* step = LastChangeOf(context.upgrade, difference);
    const auto rename =
        step != nullptr ? UndoneRename(context, *step) : std::nullopt;
    if (!rename) {
      findings.Add(context, difference);
    } else if (renames.insert(step).second) {
      emitter.Emit(Finding(context, LocationOf(context, *step), *rename));
    }
  }
  std::move(findings).EmitAll(emitter);
  if (context.rehearsal == nullptr || !renames.empty()) {
    return;
  }
  for (const SchemaDifference& found : context.rehearsal->after_down) {
    const auto kind = KindOf(found.kind);
    const catalog::Key key{kind.value_or(ObjectKind::kTable),
                           sql::FoldCase(found.name)};
    if (kind && reported.contains(key)) {
      continue;
    }
    const Difference difference{key, ColumnOf(found.detail), Describe(found)};
    emitter.Emit(Finding(context, Blame(context, difference), difference.text));
  }
}

}  // namespace

constinit const Rule kDowngradeSchemaMismatchRule = {
    .kind = diagnostics::Kind::kDowngradeSchemaMismatch,
    .summary =
        "the schema after the downgrade is not the one before the "
        "upgrade",
    .rationale = R"md(
A downgrade that forgets an index, leaves a view behind or gives a column back
another default runs without complaint. From then on that database differs from
all others at the same revision: the next upgrade fails on it, or works and
behaves otherwise.

The compiler compares the schema before the upgrade with the one after the
downgrade, in its own catalog and on an engine: tables, columns with type,
nullability, default and collation, constraints, indexes, views and triggers.
What differs is reported at the statement of the upgrade that is not undone.
)md",
    .bad = R"sql(=== 20250115_143022_create_items.sql
MIGRATION 'create items'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_quantity.sql
MIGRATION 'add quantity'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE items ADD COLUMN quantity INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX ix_items_label ON items (label);
END;

DOWNGRADE BEGIN
  ALTER TABLE items DROP COLUMN quantity;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_items.sql
MIGRATION 'create items'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_quantity.sql
MIGRATION 'add quantity'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE items ADD COLUMN quantity INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX ix_items_label ON items (label);
END;

DOWNGRADE BEGIN
  DROP INDEX ix_items_label;
  ALTER TABLE items DROP COLUMN quantity;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
