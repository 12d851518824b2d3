#include <algorithm>
#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kCapitals, kCaseVariantNames,
                "the quoted name of {0} `{1}` has capital letters, so that "
                "PostgreSQL finds it only in quotes; write `{2}`",
                std::string, std::string, std::string);

bool IsQuoted(const GivenName& given) {
  const auto& tokens = given.step->item->statement.tokens.tokens;
  return std::any_of(tokens.begin(), tokens.end(), [&](const auto& token) {
    return token.kind == sql::TokenKind::kQuotedName &&
           token.range.begin == given.name->range.begin;
  });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const GivenName& given : GivenNames(context.upgrade)) {
    const std::string& name = given.name->text;
    const std::string folded = sql::FoldCase(name);
    if (name != folded && IsQuoted(given) && IsPortable(*given.step)) {
      emitter.Emit(kCapitals, context.At(RangeOf(*given.name, *given.step)),
                   std::string(given.kind), name, sql::QuoteName(folded));
    }
  }
}

}  // namespace

constinit const Rule kCaseVariantNamesRule = {
    .kind = diagnostics::Kind::kCaseVariantNames,
    .summary = "a quoted name has capital letters",
    .rationale = R"md(
SQLite takes `Tasks`, `tasks` and `"Tasks"` for one name. PostgreSQL makes a name
without quotes lower case and leaves one in quotes as it is, so that `"Tasks"`
and `Tasks` are two names there, and a statement that forgets the quotes does not
find its table.

Write names in lower case, with `_` between words.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
case-variant-names = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE "Tasks" (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
case-variant-names = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
