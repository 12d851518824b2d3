#include <optional>
#include <set>
#include <string>
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

// The compiler's catalog is asked first; the engine is heard on objects of
// which the compiler sees nothing wrong.
void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (DowngradeIsBroken(context)) {
    return;
  }
  std::set<catalog::Key> reported;
  std::set<const catalog::Step*> renames;
  for (const Difference& difference : DifferencesOf(
           context.upgrade.before, context.downgrade.simulation.after)) {
    reported.insert(difference.object);
    const catalog::Step* step = LastChangeOf(context.upgrade, difference);
    const auto rename =
        step != nullptr ? UndoneRename(context, *step) : std::nullopt;
    if (!rename) {
      emitter.Emit(
          Finding(context, Blame(context, difference), difference.text));
    } else if (renames.insert(step).second) {
      emitter.Emit(Finding(context, LocationOf(context, *step), *rename));
    }
  }
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
