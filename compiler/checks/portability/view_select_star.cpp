#include <string>
#include <vector>

#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kStar, kViewSelectStar,
                "engines do not agree on the columns of `*` in {0} `{1}` once "
                "a column is added; list the columns",
                std::string, std::string);

// The first `*` that stands for columns, but for those of EXISTS, which do not
// count. Null: there is none.
const ast::Token* FindStar(const std::vector<ast::Token>& tokens) {
  std::vector<bool> in_exists = {false};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (IsSymbol(tokens[i], "(")) {
      in_exists.push_back(i > 0 && IsWord(tokens[i - 1], "exists"));
    } else if (IsSymbol(tokens[i], ")") && in_exists.size() > 1) {
      in_exists.pop_back();
    } else if (IsSymbol(tokens[i], "*") && i > 0 && !in_exists.back() &&
               (IsWord(tokens[i - 1], "select") ||
                IsWord(tokens[i - 1], "distinct") ||
                IsWord(tokens[i - 1], "all") || IsSymbol(tokens[i - 1], ",") ||
                IsSymbol(tokens[i - 1], "."))) {
      return &tokens[i];
    }
  }
  return nullptr;
}

void CheckBody(const MigrationContext& context, const std::string& kind,
               const std::string& name, const ast::Expression& body,
               diagnostics::Emitter& emitter) {
  if (const ast::Token* star = FindStar(body.tokens)) {
    emitter.Emit(kStar, context.At(star->range), kind, name);
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : context.upgrade.steps) {
    if (!IsPortable(step)) {
      continue;
    }
    if (const auto* view = As<ast::CreateView>(step)) {
      CheckBody(context, "view", view->view.name.text, view->view.body,
                emitter);
    } else if (const auto* trigger = As<ast::CreateTrigger>(step)) {
      CheckBody(context, "trigger", trigger->trigger.name.text,
                trigger->trigger.body, emitter);
    }
  }
}

}  // namespace

constinit const Rule kViewSelectStarRule = {
    .kind = diagnostics::Kind::kViewSelectStar,
    .summary = "a view or a trigger selects *",
    .rationale = R"md(
PostgreSQL puts down the columns of `*` when the view is created; SQLite reads
them anew each time. After an ADD COLUMN the two have different views, and an
INSERT … SELECT * of a trigger fails in one of them.

List the columns.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
view-select-star = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
  CREATE VIEW owned AS SELECT * FROM tasks WHERE owner IS NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
view-select-star = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
  CREATE VIEW owned AS SELECT id, owner FROM tasks WHERE owner IS NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
