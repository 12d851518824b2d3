#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/new_defaults.h"
#include "compiler/checks/rule.h"
#include "compiler/diagnostics/fixes.h"
#include "compiler/lower/sqlite/table_facts.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kName, kNameAsDefault,
                "default `{0}` of column `{1}` is a name, which SQLite takes "
                "for a string; write `{2}` if it is one{3}",
                std::string, std::string, std::string, diagnostics::Meant);

using lower::sqlite::Affinity;

bool IsText(const NewDefault& written) {
  const std::string& type = written.column->type;
  return type.empty() || lower::sqlite::AffinityOf(
                             type, written.table->strict) == Affinity::kText;
}

const std::vector<std::string>& Words() {
  static const std::vector<std::string> kWords = {
      "TRUE",         "FALSE",        "NULL",
      "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"};
  return kWords;
}

bool IsValue(const ast::Token& token) {
  if (token.kind != sql::TokenKind::kWord) {
    return false;
  }
  for (const std::string& word : Words()) {
    if (sql::EqualsIgnoringCase(token.spelling, word)) {
      return true;
    }
  }
  return false;
}

// The one token that is a name where a value belongs; null: it is a value.
const ast::Token* NameIn(const ast::Column& column) {
  if (!column.default_value || column.default_in_parentheses ||
      column.default_value->tokens.size() != 1) {
    return nullptr;
  }
  const ast::Token& token = column.default_value->tokens.front();
  const bool is_name = token.kind == sql::TokenKind::kWord ||
                       token.kind == sql::TokenKind::kQuotedName;
  return is_name && !IsValue(token) ? &token : nullptr;
}

// The literal that the word is nearest to. A text may be near to a short one
// by chance, and what stands in quotes may be meant as it stands.
diagnostics::Meant MeantBy(const ast::Token& token, const NewDefault& written) {
  auto meant = diagnostics::MeantWord(ast::Meaning(token), Words());
  const bool is_long = meant.name.rfind("CURRENT_", 0) == 0;
  const bool is_truth = meant.name == "TRUE" || meant.name == "FALSE";
  if (token.kind == sql::TokenKind::kQuotedName) {
    for (const std::string& word : Words()) {
      if (sql::EqualsIgnoringCase(ast::Meaning(token), word)) {
        meant = {ast::Meaning(token), word};
      }
    }
    meant.is_plain = false;
  } else if (!is_long && (IsText(written) || !is_truth)) {
    meant.is_plain = false;
  }
  return meant;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewDefault& written : NewDefaults(context.upgrade)) {
    const ast::Token* token = NameIn(*written.column);
    if (token == nullptr || (written.old_column != nullptr &&
                             NameIn(*written.old_column) != nullptr)) {
      continue;
    }
    const source::Location place = context.At(written.range);
    const std::string text = sql::QuoteString(ast::Meaning(*token));
    diagnostics::Meant meant = MeantBy(*token, written);
    const bool is_plain = meant.is_plain;
    const bool is_lower =
        llvm::StringRef(token->spelling).lower() == token->spelling;
    const std::string name = is_lower ? sql::FoldCase(meant.name) : meant.name;
    meant.name = name;
    // The edit takes the quotes with it, too.
    auto finding =
        diagnostics::Make(kName, place, token->spelling,
                          written.column->name.text, text, std::move(meant));
    finding.fixes.clear();
    if (!name.empty()) {
      finding.Mended(diagnostics::Replace(
          is_plain ? diagnostics::By::kTool : diagnostics::By::kPerson, place,
          name));
    }
    if (!is_plain) {
      const bool is_sure = name.empty() && IsText(written);
      finding.Mended(diagnostics::Replace(
          is_sure ? diagnostics::By::kTool : diagnostics::By::kPerson, place,
          text));
    }
    emitter.Emit(std::move(finding));
  }
}

}  // namespace

constinit const Rule kNameAsDefaultRule = {
    .kind = diagnostics::Kind::kNameAsDefault,
    .summary = "a default is a name, which SQLite stores as a string",
    .rationale = R"md(
`DEFAULT ture` and `DEFAULT CURENT_TIMESTAMP` are no errors to SQLite: it stores
the words, as texts, in every row that does not say otherwise. `DEFAULT "none"`
and `DEFAULT none` are the string `'none'`, even where the table has a column
`none`, and even in builds that take double quotes for names alone; other
databases refuse both.

Write the literal, or the string in single quotes. A default that is computed
stands in parentheses. A table that is made again with the default that it had is
not reported.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    is_open BOOLEAN NOT NULL DEFAULT ture
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    is_open BOOLEAN NOT NULL DEFAULT true
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
