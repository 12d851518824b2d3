#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kTooLong, kIdentifierTooLong,
    "the name of {0} `{1}` has {2} bytes, and PostgreSQL keeps {3}; "
    "choose a shorter one",
    std::string, std::string, std::string, std::string);

constexpr std::size_t kLongest = 63;

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const GivenName& given : GivenNames(context.upgrade)) {
    const std::string& name = given.name->text;
    if (name.size() > kLongest && IsPortable(*given.step)) {
      emitter.Emit(kTooLong, context.At(RangeOf(*given.name, *given.step)),
                   std::string(given.kind), name, std::to_string(name.size()),
                   std::to_string(kLongest));
    }
  }
}

}  // namespace

constinit const Rule kIdentifierTooLongRule = {
    .kind = diagnostics::Kind::kIdentifierTooLong,
    .summary = "a name is longer than PostgreSQL keeps",
    .rationale = R"md(
PostgreSQL cuts a name off after 63 bytes, and says so in a notice that nobody
reads. Statements that look for the whole name in its catalog do not find it, and
two long names may become one. SQLite keeps every name whole.

Choose a shorter name.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
identifier-too-long = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks_that_are_to_be_done_by_somebody_before_the_end_of_the_month (
    id INTEGER PRIMARY KEY
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
identifier-too-long = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE monthly_tasks (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
