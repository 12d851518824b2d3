#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/replacements.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMisplaced, kInsertWithoutColumnList,
                "column `{0}` of table `{1}` goes into column `{2}` of table "
                "`{3}`, which has a `{0}` of its own; name the columns on both "
                "sides",
                std::string, std::string, std::string, std::string);

PALINDROME_TEXT(kByPlace, kInsertWithoutColumnList,
                "the values go into table `{0}` by the order that its columns "
                "happen to have; name the columns: `({1})`",
                std::string, std::string);

// The end of the table's name in `INSERT INTO table VALUES`, which may have an
// alias; null: the statement is another one.
const ast::Token* BeforeValues(const Tokens& tokens) {
  const auto into = std::find_if(
      tokens.begin(), tokens.end(),
      [](const ast::Token& token) { return IsWord(token, "into"); });
  auto at = into == tokens.end() ? into : into + 1;
  while (at != tokens.end() && !IsWord(*at, "values") &&
         (IsName(*at) || at->spelling == ".")) {
    ++at;
  }
  return at != tokens.end() && at - into > 1 && IsWord(*at, "values") &&
                 !IsWord(*(at - 1), "default")
             ? &*(at - 1)
             : nullptr;
}

// A table of the same file stands in sight, with the order of its columns.
void CheckValues(const MigrationContext& context, std::size_t i,
                 diagnostics::Emitter& emitter) {
  const catalog::Step& step = context.upgrade.steps[i];
  const auto* insert = As<ast::Insert>(step);
  const ast::Table* table =
      insert == nullptr ? nullptr : step.before.FindTable(insert->table.text);
  if (table == nullptr || !IsOldTable(context.upgrade, i, insert->table.text)) {
    return;
  }
  const std::vector<std::string> columns = StoredColumns(*table);
  const ast::Token* last = BeforeValues(step.item->statement.tokens.tokens);
  // One column has no order.
  if (last == nullptr || columns.size() < 2) {
    return;
  }
  std::string list;
  for (const std::string& column : columns) {
    list += (list.empty() ? "" : ", ") + sql::QuoteName(column);
  }
  const std::uint32_t end = last->range.end;
  emitter.Emit(diagnostics::Make(kByPlace, context.At(insert->table.range),
                                 table->name.text, list)
                   .Mended(diagnostics::Insert(diagnostics::By::kTool,
                                               context.At({end, end}),
                                               " (" + list + ")")));
}

bool GoesByPlace(const InsertSelect& select) {
  return select.targets.empty() ||
         std::any_of(
             select.values.begin(), select.values.end(),
             [](const Tokens& value) { return BareColumn(value) == "*"; });
}

// `SELECT id, name, name` fills another column as well as its own.
bool GoesToItsOwn(const Copy& copy, const std::string& name) {
  return std::any_of(copy.items.begin(), copy.items.end(),
                     [&](const Copy::Item& item) {
                       return item.from == name && item.to == name;
                     });
}

bool IsFilled(const ast::Table& table, const std::string& name) {
  const ast::Column* column = FindColumn(table, name);
  return column != nullptr && !column->generated;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    CheckValues(context, i, emitter);
    const auto copy = ReadCopy(upgrade, i);
    if (!copy || !GoesByPlace(copy->select)) {
      continue;
    }
    for (const Copy::Item& item : copy->items) {
      if (!item.from.empty() && item.from != item.to &&
          IsFilled(*copy->target, item.from) &&
          !GoesToItsOwn(*copy, item.from)) {
        auto finding = diagnostics::Make(
            kMisplaced,
            context.At(As<ast::Insert>(upgrade.steps[i])->table.range),
            item.from, copy->source->name.text, item.to,
            copy->target->name.text);
        if (const auto* drop = FindDropOf(upgrade, *copy)) {
          finding.With(LocationOf(context, *drop), "the table is dropped here");
        }
        emitter.Emit(std::move(finding));
        break;
      }
    }
  }
}

}  // namespace

constinit const Rule kInsertWithoutColumnListRule = {
    .kind = diagnostics::Kind::kInsertWithoutColumnList,
    .summary = "an INSERT without a list of columns goes by their order",
    .rationale = R"md(
Without a list of columns, an INSERT fills the table in the order in which its
columns happen to stand, and `SELECT *` gives them in the order of the other
table. Where the two differ, values land in the wrong column without an error,
since SQLite stores most things anywhere. A generated column shifts all that
follow it: `SELECT *` has it and the INSERT does not take it.

The order of an old table is what earlier files, and the order in which branches
were merged, have made of it; nobody who reads `VALUES ('a', 1, 'b')` sees it.

Name the columns on both sides. An INSERT … SELECT without a list is not reported
where each value goes to the column of its own name, nor is INSERT … VALUES into
a table that the same file creates or that has one column.
)md",
    .bad = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_reorder_people.sql
MIGRATION 'reorder people'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_people (
    id INTEGER PRIMARY KEY,
    email TEXT,
    name TEXT
  );
  INSERT INTO new_people SELECT * FROM people;
  DROP TABLE people;
  ALTER TABLE new_people RENAME TO people;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
  INSERT INTO old_people (id, name, email) SELECT id, name, email FROM people;
  DROP TABLE people;
  ALTER TABLE old_people RENAME TO people;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_reorder_people.sql
MIGRATION 'reorder people'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_people (
    id INTEGER PRIMARY KEY,
    email TEXT,
    name TEXT
  );
  INSERT INTO new_people (id, name, email) SELECT id, name, email FROM people;
  DROP TABLE people;
  ALTER TABLE new_people RENAME TO people;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
  INSERT INTO old_people (id, name, email) SELECT id, name, email FROM people;
  DROP TABLE people;
  ALTER TABLE old_people RENAME TO people;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
