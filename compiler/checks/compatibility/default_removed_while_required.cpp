#include <string>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRemoved, kDefaultRemovedWhileRequired,
                "column `{0}` of table `{1}` is NOT NULL and loses its "
                "default, so that an INSERT of the version before that leaves "
                "it out fails; keep the default for one release",
                std::string, std::string);

// DEFAULT NULL is none.
bool HasDefault(const ast::Column& column) {
  return column.default_value &&
         !(column.default_value->tokens.size() == 1 &&
           sql::EqualsIgnoringCase(column.default_value->tokens[0].spelling,
                                   "null"));
}

bool LosesDefault(const ast::Column* before, const ast::Column& after) {
  return before != nullptr && HasDefault(*before) && !HasDefault(after);
}

// Where the file drops the default that it gave the new column; null: nowhere.
const catalog::Step* DropOf(const catalog::Simulation& upgrade,
                            const std::string& table,
                            const std::string& column) {
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    const auto* drop = As<ast::DropDefault>(step);
    if (drop != nullptr &&
        NamesOfColumn(upgrade, i, {drop->table.text, drop->column.text})
            .contains({sql::FoldCase(table), sql::FoldCase(column)})) {
      return &step;
    }
  }
  return nullptr;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const KnownTable& table : ChangedTables(context)) {
    if (table.after == nullptr) {
      continue;
    }
    const std::string& name = table.after->name.text;
    for (const ast::Column& column : table.after->columns) {
      if (!column.not_null || HasDefault(column) || column.generated ||
          catalog::RowidAlias(*table.after) == &column) {
        continue;
      }
      const ast::Column* before = FindColumn(*table.before, column.name.text);
      if (before != nullptr && HasDefault(*before)) {
        emitter.Emit(
            kRemoved,
            PlaceOfChange(context, name, column.name.text, LosesDefault),
            column.name.text, name);
      } else if (before == nullptr) {
        const catalog::Step* drop =
            DropOf(context.upgrade, name, column.name.text);
        if (drop != nullptr) {
          emitter.Emit(kRemoved, LocationOf(context, *drop), column.name.text,
                       name);
        }
      }
    }
  }
}

}  // namespace

constinit const Rule kDefaultRemovedWhileRequiredRule = {
    .kind = diagnostics::Kind::kDefaultRemovedWhileRequired,
    .summary = "a column that must have a value loses its default",
    .rationale = R"md(
Programs of the version before may leave the column out when they insert a row,
since it has a default. Without it their INSERT fails, for as long as they run
beside the new ones. It is the same for a column that the file adds with a
default, for the rows that are there, and takes that away again.

Keep the default for one release, and drop it when every program that runs
writes the column.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open');
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_default_of_state.sql
MIGRATION 'drop default of state'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN state DROP DEFAULT;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open');
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_rank.sql
MIGRATION 'add rank'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
