#include <string>
#include <vector>

#include "compiler/checks/differences.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kSetAside, kRowsSetAside,
                "rows that a database may hold fail this upgrade, such as "
                "`{0}` of table `{1}`: {2}; it was rehearsed without {3} of "
                "them",
                std::string, std::string, std::string, std::string);

// An ancestor has mended the columns that the statement tightens, of which the
// rows of the rehearsal know nothing.
bool IsEstablished(const MigrationContext& context, std::size_t i) {
  const catalog::Step& step = context.upgrade.steps[i];
  if (const auto* set = As<ast::SetNotNull>(step)) {
    return IsMendedByAncestor(context, i, set->table.text, {set->column.text});
  }
  if (const auto* alter = As<ast::AlterColumnType>(step)) {
    return IsMendedByAncestor(context, i, alter->table.text,
                              {alter->column.text});
  }
  if (const auto* create = As<ast::CreateIndex>(step)) {
    std::vector<std::string> columns;
    for (const ast::KeyPart& part : create->index.parts) {
      const auto names = ast::ColumnNames(part.expression);
      columns.insert(columns.end(), names.begin(), names.end());
      columns.push_back(part.column.text);
    }
    return IsMendedByAncestor(context, i, create->index.table.text, columns);
  }
  const auto* add = As<ast::AddConstraint>(step);
  if (add == nullptr) {
    return false;
  }
  std::vector<std::string> columns = ast::ColumnNames(add->constraint.check);
  for (const ast::KeyPart& part : add->constraint.columns) {
    columns.push_back(part.column.text);
  }
  return IsMendedByAncestor(context, i, add->table.text, columns);
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || !context.rehearsal->refused ||
      context.rehearsal->refused->failure.phase != rehearse::Phase::kUp ||
      context.upgrade.steps.empty()) {
    return;
  }
  const rehearse::Refused& refused = *context.rehearsal->refused;
  const auto place = LocationOfUp(context, refused.failure.statement);
  if (IsToldAt(context, place) || IsToldOfOldRows(context, place)) {
    return;
  }
  for (const std::size_t i : context.upgrade.changes) {
    if (IsRefusedAt(context, i) && IsEstablished(context, i)) {
      return;
    }
  }
  emitter.Emit(kSetAside, place, refused.row, refused.table,
               refused.failure.error.message, std::to_string(refused.count));
}

}  // namespace

constinit const Rule kRowsSetAsideRule = {
    .kind = diagnostics::Kind::kRowsSetAside,
    .summary = "an upgrade fails on rows that a database may hold",
    .rationale = R"md(
The rehearsal makes up rows that the schema before allows. Where a statement is
refused on some of them (a value that a CHECK or a key does not take, a text that
is no JSON), a database with such rows fails the upgrade; everything is then as
it was. Those rows are set aside, and the rest is rehearsed.

If no database can hold such a row, there is nothing to do. Else mend the rows
before the statement that refuses them. Where a rule knows what the statement
asks of rows, as `set-not-null-without-backfill` does, that rule speaks instead.
)md",
    .bad = R"sql(=== 20250115_143022_create_shelves.sql
MIGRATION 'create shelves'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE shelves (
    id INTEGER PRIMARY KEY,
    books INTEGER NOT NULL,
    CONSTRAINT ck_shelves_books CHECK (books >= 0)
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_take_one_book.sql
MIGRATION 'take one book'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE UPDATE shelves SET books = books - 1 WHERE books < 10;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_shelves.sql
MIGRATION 'create shelves'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE shelves (
    id INTEGER PRIMARY KEY,
    books INTEGER NOT NULL,
    CONSTRAINT ck_shelves_books CHECK (books >= 0)
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_take_one_book.sql
MIGRATION 'take one book'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE UPDATE shelves SET books = books - 1 WHERE books BETWEEN 1 AND 9;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
