#include <string>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kChanged, kDefaultChanged,
                "the default of column `{0}` of table `{1}` is another one, "
                "which programs of the version before get without knowing it; "
                "let programs write the value themselves first",
                std::string, std::string);

// The bytes of x'…'.
std::string BytesOf(llvm::StringRef blob) {
  const llvm::StringRef digits = blob.drop_front(2).drop_back();
  return digits.size() % 2 == 0 ? llvm::fromHex(digits) : digits.str();
}

// `'1'`, `1` and TRUE are one value to most columns, and so are 'a' and x'61';
// without a default it is NULL.
std::string DefaultOf(const ast::Column& column) {
  if (!column.default_value) {
    return "null ";
  }
  std::string text;
  for (const ast::Token& token : column.default_value->tokens) {
    const bool is_word = token.kind == sql::TokenKind::kWord;
    std::string meaning = is_word ? sql::FoldCase(token.spelling)
                          : token.kind == sql::TokenKind::kBlob
                              ? BytesOf(token.spelling)
                              : ast::Meaning(token);
    if (is_word && (meaning == "true" || meaning == "false")) {
      meaning = meaning == "true" ? "1" : "0";
    }
    text += meaning + " ";
  }
  return text;
}

// Where a column needs a value and has no default any more, programs fail.
bool IsOther(const ast::Column* before, const ast::Column& after) {
  const std::string then = before == nullptr ? "null " : DefaultOf(*before);
  const std::string now = DefaultOf(after);
  return then != "null " && then != now && !(now == "null " && after.not_null);
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto tables = ChangedTables(context);
  for (const KnownColumn& column : KeptColumns(context, tables)) {
    if (IsOther(column.before, *column.after)) {
      const std::string& table = column.table->after->name.text;
      const std::string& name = column.after->name.text;
      emitter.Emit(kChanged,
                   PlaceOfChange(
                       context, table, name,
                       [](const ast::Column* before, const ast::Column& after) {
                         return before == nullptr ||
                                before->default_value.has_value() !=
                                    after.default_value.has_value() ||
                                IsOther(before, after);
                       }),
                   name, table);
    }
  }
}

}  // namespace

constinit const Rule kDefaultChangedRule = {
    .kind = diagnostics::Kind::kDefaultChanged,
    .summary = "a column gets another default, or none",
    .rationale = R"md(
A program that leaves the column out means the default that it was written for.
After the migration the same INSERT stores another value, and the rows from before
keep the old one: the same words mean two things. Without a default the value is
NULL; where the column is NOT NULL, that is `default-removed-while-required`.

Let programs write the value themselves, in a release before, or see that both
values mean the same to all of them.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open');
END;

DOWNGRADE AUTO;
=== 20250116_090000_change_default_of_state.sql
MIGRATION 'change default of state'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN state SET DEFAULT 'new';
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open');
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_phase.sql
MIGRATION 'add phase'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN phase TEXT NOT NULL DEFAULT 'new';
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
