#include <string>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/copies.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNoDefault, kAddNotNullColumnNoDefault,
                "column `{0}` is NOT NULL and has no default for the rows that "
                "table `{1}` has; give it a DEFAULT, or add it without NOT "
                "NULL, fill it, and set NOT NULL then",
                std::string, std::string);

PALINDROME_TEXT(kNoDefaultAgain, kAddNotNullColumnNoDefault,
                "the downgrade that is derived adds column `{0}`, which is NOT "
                "NULL and has no default for the rows that table `{1}` has "
                "then; write a downgrade that adds it without NOT NULL, fills "
                "it, and sets NOT NULL",
                std::string, std::string);

PALINDROME_TEXT(kNotFilled, kAddNotNullColumnNoDefault,
                "this copy gives column `{0}` of table `{1}` no value, which "
                "is NOT NULL and has no default for the rows of table `{2}`; "
                "select a value for it, or give it a DEFAULT",
                std::string, std::string, std::string);

bool HasDefault(const ast::Column& column) {
  if (!column.default_value) {
    return false;
  }
  const auto& tokens = column.default_value->tokens;
  return tokens.size() != 1 ||
         !sql::EqualsIgnoringCase(tokens[0].spelling, "NULL");
}

// The column that the step adds to rows that cannot take it; null: none.
const ast::AddColumn* FailingAdd(const catalog::Simulation& section,
                                 std::size_t step) {
  const auto* add = As<ast::AddColumn>(section.steps[step]);
  // From an archive each row of before has its value.
  return add != nullptr && section.steps[step].item->restores.empty() &&
                 add->column.not_null && !HasDefault(add->column) &&
                 !add->column.generated &&
                 IsOldTable(section, step, add->table.text)
             ? add
             : nullptr;
}

// Columns of a table rebuilt by hand that no column of the old one fills.
void CheckCopies(const MigrationContext& context,
                 diagnostics::Emitter& emitter) {
  for (const Copy& copy : CopiesOf(context.upgrade)) {
    for (const ast::Column& column : copy.target->columns) {
      if (column.not_null && !HasDefault(column) && !column.generated &&
          catalog::RowidAlias(*copy.target) != &column &&
          FindItem(copy, sql::FoldCase(column.name.text)) == nullptr) {
        emitter.Emit(
            diagnostics::Make(
                kNotFilled,
                LocationOf(context, context.upgrade.steps[copy.step]),
                column.name.text, copy.target->name.text,
                copy.source->name.text)
                .With(context.At(column.name.range), "the column is here"));
      }
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  CheckCopies(context, emitter);
  for (const catalog::Simulation* section :
       {&context.upgrade, &context.downgrade.simulation}) {
    for (std::size_t i = 0; i < section->steps.size(); ++i) {
      const ast::AddColumn* add = FailingAdd(*section, i);
      if (add == nullptr) {
        continue;
      }
      if (section == &context.upgrade || !context.downgrade.is_auto) {
        emitter.Emit(kNoDefault, context.At(add->column.name.range),
                     add->column.name.text, add->table.text);
        continue;
      }
      const catalog::Step& undone =
          context.upgrade.steps[context.downgrade.undoes[i]];
      emitter.Emit(diagnostics::Make(kNoDefaultAgain,
                                     LocationOf(context, undone),
                                     add->column.name.text, add->table.text)
                       .With(DowngradeOf(context), "it is derived here"));
    }
  }
}

}  // namespace

constinit const Rule kAddNotNullColumnNoDefaultRule = {
    .kind = diagnostics::Kind::kAddNotNullColumnNoDefault,
    .summary =
        "a new NOT NULL column leaves the rows that exist without a "
        "value",
    .rationale = R"md(
Every row that the table has would get a NULL in a column that takes none. On an
empty table that is fine, so tests pass; on the first database with a row the
migration fails.

A DEFAULT gives the old rows a value. Where each row needs a value of its own,
add the column without NOT NULL, fill it and set NOT NULL, all in one file.

The same holds for a downgrade: one that brings back a NOT NULL column that the
upgrade dropped runs on a table with rows.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_status.sql
MIGRATION 'add status'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN status TEXT NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_status.sql
MIGRATION 'add status'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
END;

DOWNGRADE AUTO;
=== 20250117_100000_add_rank.sql
MIGRATION 'add rank'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN rank INTEGER;
  UPDATE tasks SET rank = id * 10;
  ALTER TABLE tasks ALTER COLUMN rank SET NOT NULL;
END;

DOWNGRADE BEGIN
  ALTER TABLE tasks DROP COLUMN rank;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
