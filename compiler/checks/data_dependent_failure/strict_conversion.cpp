#include <string>
#include <vector>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/copies.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMayNotFit, kStrictConversion,
                "{0} of table `{1}` may hold values of any type, which "
                "the STRICT table `{2}` refuses; look for them with `typeof` "
                "and mend them in a migration before this one",
                std::string, std::string, std::string);

bool LooksAtTypes(const MigrationContext& context, std::size_t step) {
  for (std::size_t i = 0; i <= step; ++i) {
    if (HasWord(context.upgrade.steps[i].item->statement, {"typeof"})) {
      return true;
    }
  }
  return false;
}

// A CHECK of the old table looks at the column, and so at its type perhaps.
bool IsChecked(const ast::Table& table, const std::string& column) {
  for (const ast::Constraint& constraint : table.constraints) {
    for (const std::string& name : ast::ColumnNames(constraint.check)) {
      if (name == column) {
        return true;
      }
    }
  }
  return false;
}

void CheckCopy(const MigrationContext& context, const Copy& copy,
               diagnostics::Emitter& emitter) {
  const ast::Column* alias = catalog::RowidAlias(*copy.source);
  std::vector<std::string> columns;
  source::Location place;
  for (const Copy::Item& item : copy.items) {
    const ast::Column* from = FindColumn(*copy.source, item.from);
    const ast::Column* to = FindColumn(*copy.target, item.to);
    if (from == nullptr || to == nullptr || from == alias ||
        sql::EqualsIgnoringCase(to->type, "ANY") ||
        IsChecked(*copy.source, item.from)) {
      continue;
    }
    if (columns.empty()) {
      place = context.At(item.range);
    }
    columns.push_back(item.from);
  }
  const std::string& table = copy.source->name.text;
  if (columns.empty() || LooksAtTypes(context, copy.step) ||
      IsMended(context, copy.step, table, columns)) {
    return;
  }
  emitter.Emit(WithRefusedRow(
      context, copy.step,
      diagnostics::Make(
          kMayNotFit, place,
          (columns.size() == 1 ? "column " : "columns ") + QuotedList(columns),
          table, copy.target->name.text)));
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const Copy& copy : CopiesOf(context.upgrade)) {
    if (copy.target->strict && !copy.source->strict) {
      CheckCopy(context, copy, emitter);
    }
  }
}

}  // namespace

constinit const Rule kStrictConversionRule = {
    .kind = diagnostics::Kind::kStrictConversion,
    .summary = "rows are copied into a STRICT table that may refuse them",
    .rationale = R"md(
A column of an ordinary table takes any value: `'abc'` is stored in a column
that says INTEGER. A STRICT table refuses it, and the copy, and with it the
upgrade, fails on the first such row.

Look for them with `SELECT * FROM tasks WHERE typeof(size) NOT IN ('integer',
'null')` and mend them in a migration before this one, or convert them in the
SELECT of the copy. The rule is silent where a statement of the file looks at
`typeof`, and where the history updates the columns.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_make_tasks_strict.sql
MIGRATION 'make tasks strict'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_tasks (id INTEGER PRIMARY KEY, size INTEGER) STRICT;
  INSERT INTO new_tasks (id, size) SELECT id, size FROM tasks;
  DROP TABLE tasks;
  ALTER TABLE new_tasks RENAME TO tasks;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_tasks (id INTEGER PRIMARY KEY, size INTEGER);
  INSERT INTO old_tasks (id, size) SELECT id, size FROM tasks;
  DROP TABLE tasks;
  ALTER TABLE old_tasks RENAME TO tasks;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_notes.sql
MIGRATION 'create notes'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE notes (id INTEGER PRIMARY KEY, size INTEGER) STRICT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
