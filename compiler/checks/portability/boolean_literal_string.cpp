#include <string>
#include <vector>

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kDefault, kBooleanLiteralString,
                "the default of boolean column `{0}` is `{1}`; write TRUE or "
                "FALSE",
                std::string, std::string);
PALINDROME_TEXT(kCompared, kBooleanLiteralString,
                "boolean column `{0}` meets `{1}`; write TRUE or FALSE",
                std::string, std::string);

bool IsBoolean(const ast::Column& column) {
  const std::string type = BaseType(column.type);
  return type == "bool" || type == "boolean";
}

bool IsLiteral(const ast::Token& token) {
  return token.kind == sql::TokenKind::kNumber ||
         token.kind == sql::TokenKind::kString;
}

void CheckDefault(const MigrationContext& context, const ast::Column& column,
                  const ast::Expression& value, diagnostics::Emitter& emitter) {
  if (IsBoolean(column) && value.tokens.size() == 1 &&
      IsLiteral(value.tokens[0])) {
    emitter.Emit(kDefault, context.At(value.tokens[0].range), column.name.text,
                 value.tokens[0].spelling);
  }
}

// Behind a column that tokens[at] names: the literal that it is compared with
// or set to. Null: another thing.
const ast::Token* LiteralBehind(const std::vector<ast::Token>& tokens,
                                std::size_t at) {
  if (at + 2 >= tokens.size()) {
    return nullptr;
  }
  const ast::Token& verb = tokens[at + 1];
  std::size_t value = at + 2;
  if (IsWord(verb, "in") && IsSymbol(tokens[value], "(")) {
    ++value;
  } else if (!IsSymbol(verb, "=") && !IsSymbol(verb, "==") &&
             !IsSymbol(verb, "<>") && !IsSymbol(verb, "!=") &&
             !IsWord(verb, "is")) {
    return nullptr;
  }
  return value < tokens.size() && IsLiteral(tokens[value]) ? &tokens[value]
                                                           : nullptr;
}

using Tables = std::vector<const ast::Table*>;

// The tables whose columns the statement names: its own, or those of a view.
Tables TablesOf(const catalog::Step& step) {
  std::vector<std::string> names = {
      std::string(ast::TableOf(step.item->statement))};
  if (const auto* create = As<ast::CreateView>(step)) {
    const catalog::ObjectPtr view =
        step.after.Find(catalog::ObjectKind::kView, create->view.name.text);
    names = view ? catalog::UsedTables(*view) : std::vector<std::string>();
  }
  Tables tables;
  for (const std::string& name : names) {
    if (const ast::Table* table = step.after.FindTable(name)) {
      tables.push_back(table);
    }
  }
  return tables;
}

// The boolean column of that name. Null: a column that is called so may be
// another one.
const ast::Column* FindBoolean(const Tables& tables, const std::string& name) {
  const ast::Column* found = nullptr;
  for (const ast::Table* table : tables) {
    const ast::Column* column = FindColumn(*table, name);
    if (column != nullptr && !IsBoolean(*column)) {
      return nullptr;
    }
    found = column == nullptr ? found : column;
  }
  return found;
}

void CheckTokens(const MigrationContext& context, const Tables& tables,
                 const std::vector<ast::Token>& tokens,
                 diagnostics::Emitter& emitter) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != sql::TokenKind::kWord &&
        tokens[i].kind != sql::TokenKind::kQuotedName) {
      continue;
    }
    const ast::Column* column = FindBoolean(tables, Meaning(tokens[i]));
    const ast::Token* literal =
        column != nullptr ? LiteralBehind(tokens, i) : nullptr;
    if (literal != nullptr) {
      emitter.Emit(kCompared, context.At(literal->range), column->name.text,
                   literal->spelling);
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewColumn& column : NewColumns(context.upgrade)) {
    if (column.written->default_value && IsPortable(*column.step)) {
      CheckDefault(context, *column.written, *column.written->default_value,
                   emitter);
    }
  }
  for (const catalog::Step& step : context.upgrade.steps) {
    if (!step.applies || !IsPortable(step)) {
      continue;
    }
    const Tables tables = TablesOf(step);
    if (tables.empty()) {
      continue;
    }
    if (const auto* set = As<ast::SetDefault>(step)) {
      if (const auto* column = FindColumn(*tables[0], set->column.text)) {
        CheckDefault(context, *column, set->value, emitter);
      }
      continue;
    }
    for (const ast::Expression* expression :
         ExpressionsOf(step.item->statement)) {
      CheckTokens(context, tables, expression->tokens, emitter);
    }
  }
}

}  // namespace

constinit const Rule kBooleanLiteralStringRule = {
    .kind = diagnostics::Kind::kBooleanLiteralString,
    .summary = "a boolean column meets a number or a string",
    .rationale = R"md(
SQLite has no booleans: TRUE is 1 there, and the string `'true'` is a string,
which is false where it is asked for. PostgreSQL refuses a number for a boolean.
A default or a comparison that works in one fails, or means something else, in
the other.

Write TRUE and FALSE.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
boolean-literal-string = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done BOOLEAN NOT NULL DEFAULT 0);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
boolean-literal-string = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    done BOOLEAN NOT NULL DEFAULT FALSE
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
