#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kWide, kWideNonUniqueIndex,
                "index `{0}` has {1} columns, and is not unique; {2} or fewer "
                "mostly find as fast and cost less to write",
                std::string, std::string, std::string);

constexpr std::size_t kMostColumns = 3;

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewIndex& index : NewIndexes(context.upgrade)) {
    const std::size_t columns = index.written->parts.size();
    if (!index.written->unique && columns > kMostColumns) {
      emitter.Emit(kWide, context.At(RangeOf(index.written->name, *index.step)),
                   index.written->name.text, std::to_string(columns),
                   std::to_string(kMostColumns));
    }
  }
}

}  // namespace

constinit const Rule kWideNonUniqueIndexRule = {
    .kind = diagnostics::Kind::kWideNonUniqueIndex,
    .summary = "an index that is not unique has more than three columns",
    .rationale = R"md(
Every row that is written is written into the index too, with all of its
columns. One to three columns that tell rows apart well find nearly as fast as
more of them, and serve more queries.

Leave out the last columns, unless a query shall be answered from the index
alone.
)md",
    .bad = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT);
  CREATE INDEX ix_tasks_a ON tasks (a, b, c, d);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT);
  CREATE INDEX ix_tasks_a ON tasks (a, b);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
