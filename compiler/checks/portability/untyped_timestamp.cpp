#include <cstddef>
#include <string>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kAnyForm, kUntypedTimestamp,
                "SQLite takes any text or number for column `{0}` of type "
                "`{1}`; add a CHECK of its form",
                std::string, std::string);

bool IsTime(const std::string& type) {
  const llvm::StringRef text(type);
  return text == "date" || text == "datetime" ||
         text.starts_with("timestamp") || text == "time" ||
         text.starts_with("time with");
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewColumn& column : NewColumns(context.upgrade)) {
    const ast::Column& written = *column.written;
    if (IsTime(BaseType(written.type)) && IsPortable(*column.step) &&
        !IsChecked(*column.table, written.name.text)) {
      emitter.Emit(kAnyForm, context.At(written.type_range), written.name.text,
                   written.type);
    }
  }
  const catalog::Simulation& upgrade = context.upgrade;
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    const auto* alter = As<ast::AlterColumnType>(step);
    if (alter == nullptr || !IsPortable(step) ||
        !IsTime(BaseType(alter->type))) {
      continue;
    }
    const auto table = TableAtEnd(upgrade, i, alter->table.text);
    const ast::Column* old = FindColumn(
        *step.before.FindTable(alter->table.text), alter->column.text);
    if (table && old != nullptr && !IsTime(BaseType(old->type)) &&
        !IsChecked(*upgrade.after.FindTable(*table), alter->column.text)) {
      emitter.Emit(kAnyForm, context.At(alter->type_range), alter->column.text,
                   alter->type);
    }
  }
}

}  // namespace

constinit const Rule kUntypedTimestampRule = {
    .kind = diagnostics::Kind::kUntypedTimestamp,
    .summary = "nothing keeps a date or time to one form",
    .rationale = R"md(
SQLite has no type for dates and times. A `TIMESTAMP` column takes `2020-13-99`, a
number of seconds, and text in any form, side by side; the order of texts is the
order of times only if all have the same form.

Decide on one form, text in ISO 8601 and UTC or seconds since 1970, and keep to it
with a CHECK on the column; any CHECK that names the column counts.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
untyped-timestamp = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, due TIMESTAMP NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
untyped-timestamp = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    due TIMESTAMP NOT NULL
      CONSTRAINT tasks_due_ck CHECK (due = strftime('%Y-%m-%d %H:%M:%S', due))
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
