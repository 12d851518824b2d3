#include <string>
#include <string_view>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/copies.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/diagnostics/fixes.h"
#include "compiler/lower/sqlite/table_facts.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kNotNumbered, kRowidAliasType,
    "column `{0}` is a primary key of type `{1}`, which SQLite does "
    "not number: it is NULL in every row that is inserted without "
    "it; write `INTEGER PRIMARY KEY`",
    std::string, std::string);
PALINDROME_TEXT(kSerial, kRowidAliasType,
                "column `{0}` is of type `{1}`, by which SQLite numbers no "
                "row: one that is inserted without it has NULL there or is "
                "refused; write `INTEGER PRIMARY KEY`",
                std::string, std::string);

// The types by which PostgreSQL numbers rows.
bool IsSerial(std::string_view type) {
  const std::string base = BaseType(type);
  for (const char* name : {"serial", "serial2", "serial4", "serial8",
                           "smallserial", "bigserial"}) {
    if (base == name) {
      return true;
    }
  }
  return false;
}

// Null: rows get their number, or have to bring it.
const ast::Constraint* UnnumberedKey(const ast::Table& table) {
  // The keys of WITHOUT ROWID and STRICT tables are NOT NULL.
  if (table.without_rowid || table.strict ||
      catalog::RowidAlias(table) != nullptr) {
    return nullptr;
  }
  const ast::Constraint* key = nullptr;
  for (const ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kPrimaryKey &&
        constraint.columns.size() == 1) {
      key = &constraint;
    }
  }
  if (key == nullptr) {
    return nullptr;
  }
  const std::string& name = key->columns.front().column.text;
  for (const ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kForeignKey &&
        constraint.columns.size() == 1 &&
        sql::EqualsIgnoringCase(constraint.columns.front().column.text, name)) {
      return nullptr;  // It has the number of another row.
    }
  }
  return key;
}

// `id`, or the table's name and `_id`: a number that the database is to give.
bool IsId(std::string_view column, std::string_view table) {
  const std::string name = sql::FoldCase(column);
  std::string owner = sql::FoldCase(table);
  if (name == "id" || name == "pk" || name == owner + "_id") {
    return true;
  }
  if (!owner.empty() && owner.back() == 's') {
    owner.pop_back();
  }
  return name == owner + "_id" || name == owner + "id";
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const auto* create = As<ast::CreateTable>(context.upgrade.steps[i]);
    const ast::Constraint* key =
        create == nullptr ? nullptr : UnnumberedKey(create->table);
    if (key == nullptr) {
      continue;
    }
    const std::string& name = key->columns.front().column.text;
    const ast::Column* column = FindColumn(create->table, name);
    const ast::Table* before =
        PredecessorOf(context.upgrade, i, create->table.name.text);
    const bool was_there =
        before != nullptr && UnnumberedKey(*before) != nullptr;
    const bool is_serial = column != nullptr && IsSerial(column->type);
    if (column == nullptr || (column->not_null && !is_serial) ||
        column->generated || column->default_value || was_there ||
        !(is_serial || IsId(name, create->table.name.text))) {
      continue;
    }
    if (is_serial) {
      const source::Location place = context.At(column->type_range);
      // PRIMARY KEY of the table itself makes it the number of the row as well.
      emitter.Emit(
          diagnostics::Make(kSerial, place, column->name.text, column->type)
              .Mended(diagnostics::Replace(diagnostics::By::kTool, place,
                                           "INTEGER")));
      continue;
    }
    if (lower::sqlite::AffinityOf(column->type, /*strict=*/false) !=
        lower::sqlite::Affinity::kInteger) {
      continue;
    }
    const bool is_integer = sql::EqualsIgnoringCase(column->type, "INTEGER");
    emitter.Emit(
        kNotNumbered, context.At(is_integer ? key->range : column->type_range),
        column->name.text, is_integer ? "INTEGER … DESC" : column->type);
  }
}

}  // namespace

constinit const Rule kRowidAliasTypeRule = {
    .kind = diagnostics::Kind::kRowidAliasType,
    .summary = "a numeric primary key is not numbered by SQLite",
    .rationale = R"md(
Only a column that is declared with exactly the words `INTEGER PRIMARY KEY`
stands for SQLite's own row number. `BIGINT PRIMARY KEY`, `INT PRIMARY KEY` and
`INTEGER PRIMARY KEY DESC` look the same and are not: a row that is inserted
without an id has NULL there, again and again, since SQLite lets such a primary
key be NULL.

The rule looks at keys that are called `id` or after their table, and at all that
are of type `SERIAL` or `BIGSERIAL`. Write `INTEGER
PRIMARY KEY`, and `AUTOINCREMENT` where an id must never be used
again. Where the program brings all its ids, say NOT NULL, and a row without one
is refused, as it is in a STRICT table.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id BIGINT PRIMARY KEY, title TEXT NOT NULL);
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
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
