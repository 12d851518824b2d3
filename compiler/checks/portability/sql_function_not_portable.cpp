#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kFunction, kSqlFunctionNotPortable,
                "PostgreSQL has no function `{0}`{1}", std::string,
                std::string);
PALINDROME_TEXT(kOperator, kSqlFunctionNotPortable,
                "PostgreSQL has no operator `{0}`; {1}", std::string,
                std::string);
PALINDROME_TEXT(kLike, kSqlFunctionNotPortable,
                "LIKE takes capital and small letters for one another in "
                "SQLite, and not in PostgreSQL; compare `lower(…)`");

struct Function {
  std::string_view name;
  std::string_view instead;
};

// SQLite's own functions, and what both have in their place.
constexpr Function kFunctions[] = {
#define PALINDROME_SQLITE_FUNCTION(Name, Instead) {Name, Instead},
#include "compiler/checks/portability/sqlite_functions.def"
};

class Scan {
 public:
  Scan(const MigrationContext& context, const ast::Expression& expression,
       diagnostics::Emitter& emitter)
      : context_(context), tokens_(expression.tokens), emitter_(emitter) {}

  void Run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == sql::TokenKind::kWord) {
        VisitWord(i);
      } else if (checks::IsSymbol(tokens_[i], "==")) {
        emitter_.Emit(kOperator, context_.At(tokens_[i].range),
                      "==", "write `=`");
      }
    }
  }

 private:
  bool IsSymbol(std::size_t at, std::string_view symbol) const {
    return at < tokens_.size() && checks::IsSymbol(tokens_[at], symbol);
  }

  void VisitWord(std::size_t at) {
    const ast::Token& token = tokens_[at];
    if (IsSymbol(at + 1, "(") && !(at > 0 && IsWord(tokens_[at - 1], "into"))) {
      for (const Function& function : kFunctions) {
        if (IsWord(token, function.name)) {
          emitter_.Emit(
              kFunction, context_.At(token.range), token.spelling,
              function.instead.empty()
                  ? ""
                  : "; write `" + std::string(function.instead) + "`");
          return;
        }
      }
    }
    if (IsWord(token, "glob")) {
      emitter_.Emit(kOperator, context_.At(token.range), "GLOB",
                    "write `LIKE` or a comparison");
    } else if (IsWord(token, "like") && !IsFolded(at)) {
      emitter_.Emit(kLike, context_.At(token.range));
    }
  }

  // `lower(…) LIKE`, `upper(…) NOT LIKE`.
  bool IsFolded(std::size_t at) const {
    std::size_t end = at;
    if (end > 0 && IsWord(tokens_[end - 1], "not")) {
      --end;
    }
    if (end == 0 || !IsSymbol(end - 1, ")")) {
      return false;
    }
    std::size_t depth = 0;
    while (end-- > 0) {
      if (IsSymbol(end, ")")) {
        ++depth;
      } else if (IsSymbol(end, "(") && --depth == 0) {
        return end > 0 && (IsWord(tokens_[end - 1], "lower") ||
                           IsWord(tokens_[end - 1], "upper"));
      }
    }
    return false;
  }

  const MigrationContext& context_;
  const std::vector<ast::Token>& tokens_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : context.upgrade.steps) {
    if (!step.applies || !IsPortable(step)) {
      continue;
    }
    for (const ast::Expression* expression :
         ExpressionsOf(step.item->statement)) {
      Scan(context, *expression, emitter).Run();
    }
  }
}

}  // namespace

constinit const Rule kSqlFunctionNotPortableRule = {
    .kind = diagnostics::Kind::kSqlFunctionNotPortable,
    .summary = "an expression calls what only one engine has",
    .rationale = R"md(
`ifnull`, `group_concat`, `strftime` and GLOB are SQLite's, and PostgreSQL has none
of them. LIKE is in both and does not mean the same: SQLite takes capital and
small letters for one another, PostgreSQL does not.

Use what both have, such as `coalesce`, CASE, CAST, CURRENT_TIMESTAMP and
`lower(a) LIKE 'x%'`; or write the statement once for each dialect, in a FOR block.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
sql-function-not-portable = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
  CREATE VIEW owners AS SELECT id, ifnull(owner, 'nobody') AS owner FROM tasks;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
sql-function-not-portable = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
  CREATE VIEW owners AS SELECT id, coalesce(owner, 'nobody') AS owner FROM tasks;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
