#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kColumns, kExpandContractInOneRevision,
                "table `{0}` loses {1} in the file that copies that to what "
                "replaces it, so that programs of the version before and of "
                "the new one never work at the same time; drop it in a "
                "migration of a later release",
                std::string, std::string);
PALINDROME_TEXT(kTable, kExpandContractInOneRevision,
                "table `{0}` goes in the file that copies it to what replaces "
                "it, so that programs of the version before and of the new one "
                "never work at the same time; drop it in a migration of a "
                "later release",
                std::string);

// What goes at one step, and the first step that copies of it.
struct Moved {
  std::vector<std::string> columns;
  std::size_t copy = 0;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto& steps = context.upgrade.steps;
  std::map<std::pair<std::size_t, std::string>, Moved> all;
  for (const Gone& gone : GoneOf(context)) {
    const auto copy = CopyOf(context, gone);
    if (!gone.renamed_to.empty() || !copy) {
      continue;
    }
    Moved& moved = all.try_emplace({gone.step, gone.table}, Moved{{}, *copy})
                       .first->second;
    if (!gone.column.empty()) {
      moved.columns.push_back(gone.column);
    }
  }
  for (const auto& [where, moved] : all) {
    const source::Location place = LocationOf(context, steps[where.first]);
    emitter.Emit(
        (moved.columns.empty()
             ? diagnostics::Make(kTable, place, where.second)
             : diagnostics::Make(kColumns, place, where.second,
                                 QuotedList(moved.columns)))
            .With(LocationOf(context, steps[moved.copy]), "it is copied here"));
  }
}

}  // namespace

constinit const Rule kExpandContractInOneRevisionRule = {
    .kind = diagnostics::Kind::kExpandContractInOneRevision,
    .summary =
        "what replaces a column or table and the drop of it are in one file",
    .rationale = R"md(
A value moves to another column or table in three steps: make the new place
(expand), copy the values (migrate), drop the old one (contract). Between the
first and the last, programs of both versions work. Where all three are in one
migration there is no such moment: those of the version before fail after it, and
those of the new one before it.

Drop the old place in a migration of its own, in a release after that of the
programs that use the new one.
)md",
    .bad = R"sql(=== 20250115_143022_create_prices.sql
MIGRATION 'create prices'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE prices (id INTEGER PRIMARY KEY, euros INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_count_in_cents.sql
MIGRATION 'count in cents'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE prices ADD COLUMN cents INTEGER;
  UPDATE prices SET cents = euros * 100 WHERE euros IS NOT NULL;
  PRESERVE ALTER TABLE prices DROP COLUMN euros;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_prices.sql
MIGRATION 'create prices'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE prices (id INTEGER PRIMARY KEY, euros INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_count_in_cents.sql
MIGRATION 'count in cents'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE prices ADD COLUMN cents INTEGER;
  UPDATE prices SET cents = euros * 100 WHERE euros IS NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
