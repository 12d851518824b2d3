#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kSpecial, kReservedOrSpecialIdentifier,
                "the name of {0} `{1}` {2}; choose another one", std::string,
                std::string, std::string);

constexpr std::string_view kPostgresqlReserved[] = {
#define PALINDROME_POSTGRESQL_RESERVED(Word) #Word,
#include "compiler/checks/portability/postgresql_reserved.def"
};

constexpr std::string_view kSqliteReserved[] = {
#define PALINDROME_SQL_KEYWORD(Word)
#define PALINDROME_SQL_RESERVED(Word) #Word,
#include "runtime/src/sql_keywords.def"
};

// Columns that SQLite or PostgreSQL has in every table.
constexpr std::string_view kSystemColumns[] = {"rowid", "oid",  "_rowid_",
                                               "ctid",  "xmin", "xmax",
                                               "cmin",  "cmax", "tableoid"};

template <typename List>
bool Contains(const List& list, std::string_view name) {
  return std::any_of(std::begin(list), std::end(list),
                     [name](std::string_view each) {
                       return sql::EqualsIgnoringCase(each, name);
                     });
}

bool IsDigit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool IsPlain(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           IsDigit(byte) || byte == '_';
  });
}

// What is special about the name; empty: nothing.
std::string ProblemOf(const GivenName& given) {
  const std::string& name = given.name->text;
  if (Contains(kSqliteReserved, name)) {
    return "is a reserved word of SQLite";
  }
  if (Contains(kPostgresqlReserved, name)) {
    return "is a reserved word of PostgreSQL";
  }
  if (IsDigit(name.front())) {
    return "begins with a digit";
  }
  if (!IsPlain(name)) {
    return "has other characters than letters from a to z, digits and `_`";
  }
  if (given.kind == "column" && Contains(kSystemColumns, name)) {
    return "is that of a column which engines have themselves";
  }
  return sql::EqualsIgnoringCase(std::string_view(name).substr(0, 3), "pg_")
             ? "begins with `pg_`, which PostgreSQL keeps for itself"
             : "";
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const GivenName& given : GivenNames(context.upgrade)) {
    const std::string problem = ProblemOf(given);
    if (!problem.empty() && IsPortable(*given.step)) {
      emitter.Emit(kSpecial, context.At(RangeOf(*given.name, *given.step)),
                   std::string(given.kind), given.name->text, problem);
    }
  }
}

}  // namespace

constinit const Rule kReservedOrSpecialIdentifierRule = {
    .kind = diagnostics::Kind::kReservedOrSpecialIdentifier,
    .summary = "a name is a keyword, or means something else to an engine",
    .rationale = R"md(
A name that is a reserved word of one engine must be quoted there, in every
statement of every program. So must one with blanks, or one that begins with a
digit. Names such as `rowid`, `oid` and `ctid` hide columns that
an engine has itself, and names that begin with `pg_` are kept for PostgreSQL.

Choose another name, such as `account` for `user`.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
reserved-or-special-identifier = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE user (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
reserved-or-special-identifier = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE account (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
