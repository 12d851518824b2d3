#include <optional>
#include <string>
#include <utility>

#include "compiler/checks/archives.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kDropsRows, kDropTableUnarchived,
    "the rows of table `{0}` are lost, and no downgrade brings "
    "them back; keep them with `PRESERVE` before the statement, or sign "
    "the loss with `ALLOW drop-table-unarchived BECAUSE '…'`",
    std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  Archives archives(context);
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto* drop = As<ast::DropTable>(steps[i]);
    const auto old_name = drop == nullptr
                              ? std::nullopt
                              : OldName(context.upgrade, i, drop->table.text);
    if (old_name && !IsPreserved(steps[i], drop->table.text) &&
        !archives.CarriedColumns(i, drop->table.text) &&
        !archives.HasRows(i, drop->table.text, /*every_row=*/true)) {
      auto finding = diagnostics::Make(
          kDropsRows, LocationOf(context, steps[i]), drop->table.text);
      finding.subject = NameSubject(*old_name);
      emitter.Emit(std::move(finding));
    }
  }
}

}  // namespace

constinit const Rule kDropTableUnarchivedRule = {
    .kind = diagnostics::Kind::kDropTableUnarchived,
    .summary = "a table is dropped with all its rows",
    .rationale = R"md(
A downgrade can create the table again; it cannot bring back what was in it. The
mistake is found when somebody looks for the rows, long after the release.

Where the rows may be needed, write `PRESERVE` before the statement, which keeps
them for `DOWNGRADE AUTO`; or rename the table out of the way and drop it in a
later migration, or copy all of it to another table that the downgrade reads it
back from. Where they really may go, say so and why with
`ALLOW drop-table-unarchived BECAUSE '…'`. Tables that the same file created are
no loss, nor is one whose rows all go into the table that takes its place; a
column that is left out there is `drop-column-unarchived`.
)md",
    .bad = R"sql(=== 20250115_143022_create_coupons.sql
MIGRATION 'create coupons'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE coupons (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_coupons.sql
MIGRATION 'drop coupons'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP TABLE coupons;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_coupons.sql
MIGRATION 'create coupons'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE coupons (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_coupons.sql
MIGRATION 'drop coupons'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE DROP TABLE coupons;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
