#include <string>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/copies.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kMayBeNull, kSetNotNullWithoutBackfill,
    "rows of table `{0}` may have NULL in column `{1}`, which is to "
    "be NOT NULL; fill them first{2}, with `UPDATE {0} SET {1} = … "
    "WHERE {1} IS NULL`",
    std::string, std::string, llvm::StringRef);

// Where the UPDATE stands that fills a column which was there before.
constexpr llvm::StringLiteral kBefore = ", in a migration before this one";

bool IsInPrimaryKey(const ast::Table& table, std::string_view column) {
  for (const std::string& name : ast::PrimaryKey(table)) {
    if (sql::EqualsIgnoringCase(name, column)) {
      return true;
    }
  }
  return false;
}

bool RefusesNull(const ast::Table& table, const ast::Column& column) {
  return column.not_null ||
         (table.without_rowid && IsInPrimaryKey(table, column.name.text));
}

bool MayBeNull(const ast::Table& table, const ast::Column& column) {
  return !RefusesNull(table, column) && !column.generated &&
         catalog::RowidAlias(table) != &column;
}

diagnostics::Diagnostic Finding(source::Location place,
                                const std::string& table,
                                const std::string& column,
                                llvm::StringRef before) {
  auto finding = diagnostics::Make(kMayBeNull, place, table, column, before);
  finding.subject = NotNullSubject(table, column);
  return finding;
}

// Whether old rows have NULL in a column that the file itself adds: nothing
// fills it before the step, or what does so leaves some.
bool IsLeftNull(const MigrationContext& context, std::size_t i,
                const ast::Table& table, const ast::Column& column) {
  if (!IsOldTable(context.upgrade, i, table.name.text) ||
      IsOfNobody(context, i, table.name.text) ||
      !lower::sqlite::DefaultsToNull(column)) {
    return false;
  }
  return IsRefusedAt(context, i)
             ? context.rehearsal->refused->failure.error.message.find(
                   column.name.text) != std::string::npos
             : !IsMended(context, i, table.name.text, {column.name.text});
}

void CheckStatement(const MigrationContext& context,
                    const std::vector<Copy>& copies, std::size_t i,
                    diagnostics::Emitter& emitter) {
  const catalog::Step& step = context.upgrade.steps[i];
  const auto* set = As<ast::SetNotNull>(step);
  const ast::Table* table =
      set == nullptr ? nullptr : step.before.FindTable(set->table.text);
  const ast::Column* column =
      table == nullptr ? nullptr : FindColumn(*table, set->column.text);
  if (column == nullptr || !MayBeNull(*table, *column)) {
    return;
  }
  const auto origin =
      OriginOf(context.upgrade, copies, i, {set->table.text, set->column.text});
  if (origin ? IsShownSafe(context, origin->table) ||
                   IsMended(context, i, set->table.text, {set->column.text})
             : !IsLeftNull(context, i, *table, *column)) {
    return;
  }
  emitter.Emit(WithRefusedRow(
      context, i,
      Finding(context.At(set->column.range), table->name.text,
              column->name.text, origin ? llvm::StringRef(kBefore) : "")));
}

void CheckCopy(const MigrationContext& context, const Copy& copy,
               diagnostics::Emitter& emitter) {
  for (const Copy::Item& item : copy.items) {
    const ast::Column* to = FindColumn(*copy.target, item.to);
    const ast::Column* from = FindColumn(*copy.source, item.from);
    if (to == nullptr || from == nullptr || !RefusesNull(*copy.target, *to) ||
        !MayBeNull(*copy.source, *from) ||
        to->not_null_conflict == ast::ConflictAction::kReplace ||
        copy.select.filtered.contains(item.from)) {
      continue;
    }
    const std::string& table = copy.source->name.text;
    const auto origin =
        OriginOf(context.upgrade, {}, copy.step, {table, item.from});
    if (!origin || IsShownSafe(context, origin->table) ||
        IsMended(context, copy.step, table, {item.from})) {
      continue;
    }
    emitter.Emit(WithRefusedRow(
        context, copy.step,
        Finding(context.At(item.range), table, from->name.text, kBefore)
            .With(context.At(to->range), "it is to be NOT NULL here")));
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto copies = CopiesOf(context.upgrade);
  for (const std::size_t i : context.upgrade.changes) {
    CheckStatement(context, copies, i, emitter);
  }
  for (const Copy& copy : copies) {
    CheckCopy(context, copy, emitter);
  }
}

}  // namespace

constinit const Rule kSetNotNullWithoutBackfillRule = {
    .kind = diagnostics::Kind::kSetNotNullWithoutBackfill,
    .summary = "a column becomes NOT NULL while rows may have NULL in it",
    .rationale = R"md(
The first row that has NULL in the column fails the upgrade, and everything is
then as it was. Databases of developers have no such row, so nobody sees it
before the users do.

Fill the rows that have none: in a migration before this one, with
`UPDATE users SET email = '…' WHERE email IS NULL`, or in the same file if the
column is new there too. The rule is silent once the history has a statement
that updates the column or deletes the rows, and where the rehearsal finds no row
that is refused. A column that the file itself adds is NULL in every row that is
there, so that an UPDATE in the file has to fill all of them. The rule sees SET
NOT NULL and tables that are rebuilt by hand, whose INSERT … SELECT would be
refused.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_require_email.sql
MIGRATION 'require email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email SET NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_fill_email.sql
MIGRATION 'fill email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE UPDATE users SET email = 'none' WHERE email IS NULL;
END;

DOWNGRADE AUTO;
=== 20250117_090000_require_email.sql
MIGRATION 'require email'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email SET NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
