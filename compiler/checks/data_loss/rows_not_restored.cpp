#include <algorithm>
#include <string>
#include <utility>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotRestored, kRowsNotRestored,
                "{0}; keep what is lost here, or sign it with `ALLOW "
                "rows-not-restored BECAUSE '…'`",
                std::string);

PALINDROME_TEXT(kLeftOver, kRowsNotRestored,
                "{0}; delete it in the downgrade, or sign it with `ALLOW "
                "rows-not-restored BECAUSE '…'`",
                std::string);

// A table is dropped there; its rows may have gone into another one.
bool IsDropOfTable(const MigrationContext& context, source::Location place) {
  const auto& steps = context.upgrade.steps;
  return std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
    return As<ast::DropTable>(step) != nullptr &&
           step.item->statement.range.begin == place.range.begin;
  });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || DowngradeIsBroken(context)) {
    return;
  }
  const RowBlame blame(context);
  const auto changes = FirstChanges(
      context.rehearsal->rows_not_restored,
      [&](const auto& change) { return blame.Of(change); },
      [&](const auto& change) {
        return !change.at_limits && !blame.IsTold(change);
      });
  for (const auto& [place, change] : changes) {
    const bool is_left_over = change->column.empty() && !change->after.empty();
    auto finding =
        diagnostics::Make(is_left_over ? kLeftOver : kNotRestored, place,
                          DescribeChange(*change, "after the downgrade"));
    // Who signs that the table goes, signs for the values in its rows.
    if (IsDropOfTable(context, place)) {
      finding.found_by = diagnostics::Kind::kDropTableUnarchived;
    }
    emitter.Emit(std::move(finding));
  }
}

}  // namespace

constinit const Rule kRowsNotRestoredRule = {
    .kind = diagnostics::Kind::kRowsNotRestored,
    .summary = "rows or values are not the same after up and down",
    .rationale = R"md(
Each migration is rehearsed over rows that are made up for its tables. After the
upgrade and the downgrade every row and every value has to be back; this is a
row for which it was not. The message shows it.

Keep the old values in another column or table and write them back in the
downgrade; or say that they may go, and why, with
`ALLOW rows-not-restored BECAUSE '…'`. What another rule has found already (a
column that is dropped, rows that are deleted) is not said twice.
)md",
    .bad = R"sql(=== 20250115_143022_create_events.sql
MIGRATION 'create events'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE events (id INTEGER PRIMARY KEY, day TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_shorten_days.sql
MIGRATION 'shorten days'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE events ADD COLUMN month TEXT;
  UPDATE events SET month = substr(day, 1, 7);
  ALTER TABLE events DROP COLUMN day;
END;

DOWNGRADE BEGIN
  ALTER TABLE events ADD COLUMN day TEXT;
  UPDATE events SET day = month;
  ALTER TABLE events DROP COLUMN month;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_events.sql
MIGRATION 'create events'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE events (id INTEGER PRIMARY KEY, day TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_shorten_days.sql
MIGRATION 'shorten days'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE events ADD COLUMN month TEXT;
  UPDATE events SET month = substr(day, 1, 7);
END;

DOWNGRADE BEGIN
  ALTER TABLE events DROP COLUMN month;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
