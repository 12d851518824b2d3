#include <string>

#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kQualified, kSchemaQualifiedInPortable,
                "`{0}` is a database of SQLite, which other engines have not; "
                "write `{1}` alone",
                std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : context.upgrade.steps) {
    const ast::Statement& statement = step.item->statement;
    if (!step.applies || !IsPortable(step) || HasWord(statement, {"as"})) {
      continue;  // An alias may be called so.
    }
    const auto& tokens = statement.tokens.tokens;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      const std::string word = IsName(tokens[i]) ? Meaning(tokens[i]) : "";
      const bool is_database = sql::EqualsIgnoringCase(word, "main") ||
                               sql::EqualsIgnoringCase(word, "temp");
      if (is_database && IsSymbol(tokens[i + 1], ".") &&
          IsName(tokens[i + 2]) && step.before.FindTable(word) == nullptr &&
          step.after.FindTable(word) == nullptr) {
        emitter.Emit(kQualified, context.At(tokens[i].range), word,
                     Meaning(tokens[i + 2]));
      }
    }
  }
}

}  // namespace

constinit const Rule kSchemaQualifiedInPortableRule = {
    .kind = diagnostics::Kind::kSchemaQualifiedInPortable,
    .summary = "a name is written with the schema of one engine",
    .rationale = R"md(
`main` and `temp` are what SQLite calls the databases of a connection; PostgreSQL has
schemas of other names, and finds no `main.tasks`.

Write the name alone.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
schema-qualified-in-portable = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE main.tasks (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
schema-qualified-in-portable = "error"
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
