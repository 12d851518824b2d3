#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotKept, kLengthNotEnforced,
                "SQLite does not keep column `{0}` to `{1}`; add {2}",
                std::string, std::string, std::string);

// What keeps to the type; empty if SQLite needs nothing.
std::string ProposedCheck(const std::string& column, const std::string& type) {
  const std::string base = BaseType(type);
  const std::string name = sql::QuoteName(column);
  if (base == "smallint" || base == "int2") {
    return "`CHECK (" + name + " BETWEEN -32768 AND 32767)`";
  }
  const std::string arguments = TypeArguments(type);
  if (arguments.empty()) {
    return "";
  }
  if (base == "varchar" || base == "character varying" || base == "char" ||
      base == "character" || base == "nvarchar" || base == "nchar") {
    return "`CHECK (length(" + name +
           ") <= " + arguments.substr(1, arguments.size() - 2) + ")`";
  }
  return base == "numeric" || base == "decimal" || base == "dec"
             ? "a CHECK of its range"
             : "";
}

void CheckType(const MigrationContext& context, const ast::Table& table,
               const ast::Name& column, const std::string& type,
               source::Range range, diagnostics::Emitter& emitter) {
  const std::string check = ProposedCheck(column.text, type);
  if (!check.empty() && !IsChecked(table, column.text)) {
    emitter.Emit(kNotKept, context.At(range), column.text, type, check);
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewColumn& column : NewColumns(context.upgrade)) {
    if (IsPortable(*column.step)) {
      CheckType(context, *column.table, column.written->name,
                column.written->type, column.written->type_range, emitter);
    }
  }
  for (const catalog::Step& step : context.upgrade.steps) {
    const auto* alter = As<ast::AlterColumnType>(step);
    const ast::Table* table =
        alter == nullptr ? nullptr : step.after.FindTable(alter->table.text);
    if (table != nullptr && IsPortable(step)) {
      CheckType(context, *table, alter->column, alter->type, alter->type_range,
                emitter);
    }
  }
}

}  // namespace

constinit const Rule kLengthNotEnforcedRule = {
    .kind = diagnostics::Kind::kLengthNotEnforced,
    .summary = "SQLite does not keep to the length of a type",
    .rationale = R"md(
SQLite reads the numbers of `VARCHAR(20)` and `NUMERIC(8, 2)` and does not keep to
them, nor to the range of `smallint`. What it stores then does not fit into
PostgreSQL.

Add a CHECK on the column, such as `CHECK (length(name) <= 20)`; any CHECK that
names the column counts.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
length-not-enforced = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
length-not-enforced = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    name VARCHAR(20) NOT NULL CONSTRAINT tasks_name_ck CHECK (length(name) <= 20)
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
