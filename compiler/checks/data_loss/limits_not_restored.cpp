#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotRestored, kLimitsNotRestored,
                "{0}; values that far out are lost, ordinary ones are not",
                std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || DowngradeIsBroken(context)) {
    return;
  }
  const RowBlame blame(context);
  const auto changes = FirstChanges(
      context.rehearsal->rows_not_restored,
      [&](const auto& change) { return blame.Of(change); },
      [&](const auto& change) {
        return change.at_limits && !blame.IsTold(change);
      });
  for (const auto& [place, change] : changes) {
    emitter.Emit(kNotRestored, place,
                 DescribeChange(*change, "after the downgrade"));
  }
}

}  // namespace

constinit const Rule kLimitsNotRestoredRule = {
    .kind = diagnostics::Kind::kLimitsNotRestored,
    .summary = "only the last values of a type do not come back",
    .rationale = R"md(
The rehearsed rows have ordinary values and the last ones of each type: the
largest integer, the last date, numbers of twenty digits, texts of digits. Here
all ordinary values came back after up and down and only such a one did not,
most often because arithmetic left the range of 64 bits.

If the column can hold such values, keep the old ones; else
`ALLOW limits-not-restored BECAUSE '…'` says that it cannot.
)md",
    .bad = R"sql(=== 20250115_143022_create_prices.sql
MIGRATION 'create prices'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_count_in_cents.sql
MIGRATION 'count in cents'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  UPDATE prices SET amount = amount * 100;
END;

DOWNGRADE BEGIN
  UPDATE prices SET amount = amount / 100;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_prices.sql
MIGRATION 'create prices'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_negate_amounts.sql
MIGRATION 'negate amounts'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  UPDATE prices SET amount = -amount;
END;

DOWNGRADE BEGIN
  UPDATE prices SET amount = -amount;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
