#include <string>
#include <utility>

#include "compiler/checks/copies.h"
#include "compiler/checks/removed_values.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRemoved, kEnumValueRemoved,
                "{0} no longer allowed in column `{1}` of table `{2}`, and "
                "no statement has given rows with it another value; write an "
                "UPDATE in a migration before this one",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const RemovedValues& removed : FindRemovedValues(context)) {
    auto finding =
        diagnostics::Make(kRemoved, context.At(removed.place),
                          QuotedList(removed.values) +
                              (removed.values.size() == 1 ? " is" : " are"),
                          FindColumn(*removed.after, removed.column)->name.text,
                          removed.after->name.text);
    for (std::size_t i = 0; i < context.upgrade.steps.size(); ++i) {
      const auto copy = ReadCopy(context.upgrade, i);
      if (copy && copy->select.source == removed.table) {
        finding.With(LocationOf(context, context.upgrade.steps[i]),
                     "the rows are copied here");
      }
    }
    emitter.Emit(std::move(finding));
  }
}

}  // namespace

constinit const Rule kEnumValueRemovedRule = {
    .kind = diagnostics::Kind::kEnumValueRemoved,
    .summary = "a CHECK no longer allows a value that rows may have",
    .rationale = R"md(
A list of allowed values that gets shorter refuses every row that has one of the
others: the migration fails on the first database with such a row, and not on an
empty one.

Say first what such rows shall have instead, by an UPDATE in a migration before
this one. `PRESERVE` before it keeps the old values for the way back.
)md",
    .bad = R"sql(=== 20250115_143022_create_orders.sql
MIGRATION 'create orders'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    state TEXT,
    CONSTRAINT ck_orders_state CHECK (state IN ('new', 'paid', 'lost'))
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_forget_lost_orders.sql
MIGRATION 'forget lost orders'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE orders DROP CONSTRAINT ck_orders_state;
  ALTER TABLE orders
    ADD CONSTRAINT ck_orders_state CHECK (state IN ('new', 'paid'));
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_orders.sql
MIGRATION 'create orders'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    state TEXT,
    CONSTRAINT ck_orders_state CHECK (state IN ('new', 'paid', 'lost'))
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_forget_lost_orders.sql
MIGRATION 'forget lost orders'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW mixed-ddl-dml BECAUSE 'the list gets shorter right after it';
  PRESERVE UPDATE orders SET state = 'new' WHERE state = 'lost';
  ALTER TABLE orders DROP CONSTRAINT ck_orders_state;
  ALTER TABLE orders
    ADD CONSTRAINT ck_orders_state CHECK (state IN ('new', 'paid'));
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
