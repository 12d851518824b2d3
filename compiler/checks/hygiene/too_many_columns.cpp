#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kTooMany, kTooManyColumns,
                "table `{0}` has {1} columns now, and {2} are the limit; split "
                "it, or raise `columns` under `[limits]` in `palindrome.toml`",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const config::Conventions conventions = context.settings == nullptr
                                              ? config::Conventions()
                                              : context.settings->conventions;
  const auto limit = static_cast<std::size_t>(conventions.most_columns);
  const auto report = [&](source::Range range, const ast::Table& table) {
    emitter.Emit(kTooMany, context.At(range), table.name.text,
                 std::to_string(table.columns.size()), std::to_string(limit));
  };
  for (const NewTable& table : NewTables(context.upgrade)) {
    if (table.written->columns.size() > limit &&
        (table.replaced == nullptr ||
         table.replaced->columns.size() <= limit)) {
      report(RangeOf(table.written->name, *table.step), *table.written);
    }
  }
  for (const std::size_t i : context.upgrade.changes) {
    const catalog::Step& step = context.upgrade.steps[i];
    const auto* add = As<ast::AddColumn>(step);
    const ast::Table* table =
        add == nullptr ? nullptr : step.after.FindTable(add->table.text);
    if (table != nullptr && table->columns.size() == limit + 1) {
      report(RangeOf(add->column.name, step), *table);
    }
  }
}

}  // namespace

constinit const Rule kTooManyColumnsRule = {
    .kind = diagnostics::Kind::kTooManyColumns,
    .summary = "a table has very many columns",
    .rationale = R"md(
Every statement that changes such a table by a rebuild copies all of it, and a
program that reads one column reads past the others. Mostly it is two tables:
one that is always asked for, and one that seldom is, with the same primary key.

The limit is 40 columns; `columns` under `[limits]` in `palindrome.toml` changes
it. The statement that goes beyond it is reported, and none after it.
)md",
    .bad = R"sql(=== palindrome.toml
[limits]
columns = 4
=== 20250115_090000_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    c1 TEXT,
    c2 TEXT,
    c3 TEXT,
    c4 TEXT
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[limits]
columns = 4
=== 20250115_090000_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, c1 TEXT, c2 TEXT);
  CREATE TABLE user_details (user_id INTEGER PRIMARY KEY, c3 TEXT, c4 TEXT);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
