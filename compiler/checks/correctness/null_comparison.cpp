#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kComparison, kNullComparison,
                "`{0} NULL` is never true; write `{1}`", std::string,
                std::string);
PALINDROME_TEXT(kNullFirst, kNullComparison,
                "`NULL {0}` is never true; write `{1}`", std::string,
                std::string);
PALINDROME_TEXT(kNullInList, kNullComparison,
                "`NOT IN` is never true with NULL in the list; take it out");
PALINDROME_TEXT(kFindsNoNull, kNullComparison,
                "`IN` is never true for NULL, with NULL in the list either; "
                "take it out, or add `OR … IS NULL`");
PALINDROME_TEXT(kWhenNull, kNullComparison,
                "`CASE {0} WHEN NULL` is never true; write `CASE WHEN {0} IS "
                "NULL`",
                std::string);
PALINDROME_TEXT(kNotIn, kNullComparison,
                "`NOT IN` is never true if one `{0}` of table `{1}` is NULL; "
                "add `WHERE {0} IS NOT NULL`, or write `NOT EXISTS`",
                std::string, std::string);

using Tokens = std::vector<ast::Token>;

bool IsEqual(const ast::Token& token) {
  return checks::IsSymbol(token, "=") || checks::IsSymbol(token, "==");
}

bool IsUnequal(const ast::Token& token) {
  return checks::IsSymbol(token, "<>") || checks::IsSymbol(token, "!=");
}

// Rows that the comparison keeps from being written or removed would be: by the
// statement, or by each firing of the trigger.
bool WritesRows(const ast::Statement& statement) {
  for (const ast::StatementKind kind :
       {ast::StatementKind::kInsert, ast::StatementKind::kUpdate,
        ast::StatementKind::kDelete, ast::StatementKind::kAlterColumnType}) {
    if (statement.kind() == kind) {
      return true;
    }
  }
  const auto* create = std::get_if<ast::CreateTrigger>(&statement.node);
  if (create == nullptr) {
    return false;
  }
  const Tokens& body = create->trigger.body.tokens;
  for (std::size_t i = 1; i < body.size(); ++i) {
    const bool is_verb =
        checks::IsSymbol(body[i - 1], ";") || IsWord(body[i - 1], "begin");
    if (is_verb && !IsWord(body[i], "select") && i + 1 < body.size()) {
      return true;
    }
  }
  return false;
}

// Walks tokens and knows which `=` assigns: those behind the columns of SET.
class Scan {
 public:
  Scan(const MigrationContext& context, const catalog::Step& step,
       const Tokens& tokens, diagnostics::Emitter& emitter)
      : context_(context), step_(step), tokens_(tokens), emitter_(emitter) {}

  void Run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      Visit(tokens_[at_]);
    }
  }

 private:
  void Visit(const ast::Token& token) {
    if (checks::IsSymbol(token, "(")) {
      in_set_.push_back(false);
    } else if (checks::IsSymbol(token, ")")) {
      if (in_set_.size() > 1) {
        in_set_.pop_back();
      }
    } else if (IsWord(token, "set")) {
      in_set_.back() = true;
    } else if (IsWord(token, "where") || IsFromClause() ||
               IsWord(token, "returning") || checks::IsSymbol(token, ";")) {
      in_set_.back() = false;
    } else if ((IsEqual(token) || IsUnequal(token)) && Is(at_ + 1, "null") &&
               !Assigns()) {
      const source::Location place =
          context_.At({token.range.begin, tokens_[at_ + 1].range.end});
      const std::string test = IsEqual(token) ? "IS NULL" : "IS NOT NULL";
      emitter_.Emit(
          diagnostics::Make(kComparison, place, token.spelling, test)
              .Mended(diagnostics::Replace(
                  MendedBy(), place, (token.space_before ? "" : " ") + test)));
    } else if (IsWord(token, "null") && StandsFirst()) {
      VisitNullFirst();
    } else if (IsWord(token, "not") && Is(at_ + 1, "in")) {
      VisitNotIn();
      VisitList(at_ + 2, kNullInList);
    } else if (IsWord(token, "in") && !(at_ > 0 && Is(at_ - 1, "not"))) {
      VisitList(at_ + 1, kFindsNoNull);
    } else if (IsWord(token, "when") && Is(at_ + 1, "null") &&
               Is(at_ + 2, "then")) {
      VisitWhenNull();
    }
  }

  diagnostics::By MendedBy() const {
    return WritesRows(step_.item->statement) ? diagnostics::By::kPerson
                                             : diagnostics::By::kTool;
  }

  // `NULL = a`, and not `a IS NULL = b`.
  bool StandsFirst() const {
    static constexpr std::string_view kBefore[] = {
        "and", "case",   "else", "having", "on",
        "or",  "select", "then", "when",   "where"};
    const bool begins =
        at_ == 0 || IsSymbol(at_ - 1, "(") || IsSymbol(at_ - 1, ",") ||
        std::any_of(std::begin(kBefore), std::end(kBefore),
                    [&](std::string_view word) { return Is(at_ - 1, word); });
    return begins && at_ + 2 < tokens_.size() && !Is(at_ + 2, "null") &&
           (IsEqual(tokens_[at_ + 1]) || IsUnequal(tokens_[at_ + 1]));
  }

  // The operand is understood where it is a column.
  void VisitNullFirst() {
    const ast::Token& sign = tokens_[at_ + 1];
    std::size_t last = at_ + 2;
    while (IsSymbol(last + 1, ".") && IsName(last + 2)) {
      last += 2;
    }
    const bool is_column = IsName(at_ + 2) && (last + 1 == tokens_.size() ||
                                               EndsOperand(last + 1));
    ast::Expression value;
    if (is_column) {
      value.tokens.assign(
          tokens_.begin() + static_cast<std::ptrdiff_t>(at_ + 2),
          tokens_.begin() + static_cast<std::ptrdiff_t>(last + 1));
    }
    const std::string test = (is_column ? ast::Print(value) : "…") +
                             (IsEqual(sign) ? " IS NULL" : " IS NOT NULL");
    const std::size_t end = is_column ? last : at_ + 1;
    const source::Location place =
        context_.At({tokens_[at_].range.begin, tokens_[end].range.end});
    auto finding = diagnostics::Make(kNullFirst, place, sign.spelling, test);
    if (is_column) {
      finding.Mended(diagnostics::Replace(MendedBy(), place, test));
    }
    emitter_.Emit(std::move(finding));
  }

  bool EndsOperand(std::size_t at) const {
    static constexpr std::string_view kBehind[] = {
        "and", "begin", "else", "end",   "group", "limit",
        "or",  "order", "then", "union", "when"};
    return IsSymbol(at, ")") || IsSymbol(at, ",") || IsSymbol(at, ";") ||
           std::any_of(std::begin(kBehind), std::end(kBehind),
                       [&](std::string_view word) { return Is(at, word); });
  }

  // Not the FROM of IS DISTINCT FROM.
  bool IsFromClause() const {
    return Is(at_, "from") && !(at_ > 0 && Is(at_ - 1, "distinct"));
  }
  bool Is(std::size_t at, std::string_view word) const {
    return at < tokens_.size() && IsWord(tokens_[at], word);
  }
  bool IsSymbol(std::size_t at, std::string_view symbol) const {
    return at < tokens_.size() && checks::IsSymbol(tokens_[at], symbol);
  }
  bool IsName(std::size_t at) const {
    return at < tokens_.size() &&
           (tokens_[at].kind == sql::TokenKind::kWord ||
            tokens_[at].kind == sql::TokenKind::kQuotedName);
  }

  // `SET a = NULL` and `, a = NULL`, and not `SET a = b = NULL`.
  bool Assigns() const {
    return in_set_.back() && IsEqual(tokens_[at_]) && at_ >= 2 &&
           (Is(at_ - 2, "set") || IsSymbol(at_ - 2, ","));
  }

  // `(1, NULL)`.
  void VisitList(std::size_t open, const diagnostics::Text<>& text) {
    if (!IsSymbol(open, "(") || Is(open + 1, "select") ||
        Is(open + 1, "with")) {
      return;
    }
    std::size_t depth = 0;
    for (std::size_t at = open; at < tokens_.size(); ++at) {
      if (IsSymbol(at, "(")) {
        ++depth;
      } else if (IsSymbol(at, ")") && --depth == 0) {
        return;
      }
      const bool is_value = depth == 1 && Is(at, "null") &&
                            (IsSymbol(at - 1, "(") || IsSymbol(at - 1, ",")) &&
                            (IsSymbol(at + 1, ")") || IsSymbol(at + 1, ","));
      if (is_value) {
        emitter_.Emit(text, context_.At(tokens_[at].range));
        return;
      }
    }
  }

  // `CASE value WHEN NULL THEN`, and no `CASE WHEN NULL THEN`.
  void VisitWhenNull() {
    std::size_t open = 1;  // CASEs whose beginning is not found yet.
    std::size_t at = at_;
    while (at > 0 && open > 0) {
      --at;
      open += Is(at, "end") ? 1 : 0;
      open -= Is(at, "case") ? 1 : 0;
    }
    if (open > 0 || Is(at + 1, "when")) {
      return;
    }
    ast::Expression value;
    for (++at; at < at_ && !Is(at, "when"); ++at) {
      value.tokens.push_back(tokens_[at]);
    }
    emitter_.Emit(
        kWhenNull,
        context_.At({tokens_[at_].range.begin, tokens_[at_ + 1].range.end}),
        ast::Print(value));
  }

  // `NOT IN (SELECT column FROM table)` or with a WHERE that says nothing of
  // NULL or of the column: a comparison lets no NULL pass. Others are not
  // understood.
  void VisitNotIn() {
    std::size_t at = at_ + 2;
    if (!IsSymbol(at, "(") || !Is(at + 1, "select")) {
      return;
    }
    at += Is(at + 2, "distinct") ? 3 : 2;
    if (!IsName(at) || !Is(at + 1, "from") || !IsName(at + 2) ||
        !EndsHere(at + 3, NameOf(tokens_[at])) ||
        IsDefinedByWith(NameOf(tokens_[at + 2]))) {
      return;
    }
    const std::string column = Meaning(tokens_[at]);
    const ast::Table* table = step_.before.FindTable(Meaning(tokens_[at + 2]));
    if (table != nullptr && MayBeNull(*table, column)) {
      emitter_.Emit(kNotIn, context_.At(tokens_[at_].range), column,
                    table->name.text);
    }
  }

  // `WITH name AS (`, `, name (column) AS MATERIALIZED (` and the like.
  bool IsDefinedByWith(const std::string& name) const {
    for (std::size_t i = 1; i + 2 < tokens_.size(); ++i) {
      if (!IsName(i) || NameOf(tokens_[i]) != name ||
          !(Is(i - 1, "with") || Is(i - 1, "recursive") ||
            IsSymbol(i - 1, ","))) {
        continue;
      }
      std::size_t as = i + 1;
      if (IsSymbol(as, "(")) {
        while (as < tokens_.size() && !IsSymbol(as, ")")) {
          ++as;
        }
        ++as;
      }
      if (Is(as, "as") && (IsSymbol(as + 1, "(") || Is(as + 1, "not") ||
                           Is(as + 1, "materialized"))) {
        return true;
      }
    }
    return false;
  }

  // The end of the subquery, or a WHERE without NULL, the column, joins and set
  // operators.
  bool EndsHere(std::size_t at, const std::string& column) const {
    if (IsSymbol(at, ")")) {
      return true;
    }
    if (!Is(at, "where")) {
      return false;
    }
    std::size_t depth = 0;
    for (; at < tokens_.size(); ++at) {
      if (IsSymbol(at, "(")) {
        ++depth;
      } else if (IsSymbol(at, ")")) {
        if (depth-- == 0) {
          return true;
        }
      } else if (Is(at, "null") || Is(at, "notnull") || Is(at, "union") ||
                 Is(at, "intersect") || Is(at, "except") ||
                 (IsName(at) && NameOf(tokens_[at]) == column)) {
        return false;
      }
    }
    return false;
  }

  static bool MayBeNull(const ast::Table& table, const std::string& name) {
    const ast::Column* column = FindColumn(table, name);
    if (column == nullptr || column->not_null) {
      return false;
    }
    const std::vector<std::string> key = ast::PrimaryKey(table);
    return std::none_of(key.begin(), key.end(), [&](const auto& each) {
      return sql::EqualsIgnoringCase(each, name);
    });
  }

  const MigrationContext& context_;
  const catalog::Step& step_;
  const Tokens& tokens_;
  diagnostics::Emitter& emitter_;
  std::vector<bool> in_set_ = {false};  // For each open parenthesis.
  std::size_t at_ = 0;
};

void CheckSteps(const MigrationContext& context,
                const std::vector<catalog::Step>& steps,
                diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : steps) {
    if (!step.applies) {
      continue;
    }
    for (const ast::Expression* expression :
         ExpressionsOf(step.item->statement)) {
      Scan(context, step, expression->tokens, emitter).Run();
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  CheckSteps(context, context.upgrade.steps, emitter);
  if (!context.downgrade.is_auto) {
    CheckSteps(context, context.downgrade.simulation.steps, emitter);
  }
}

}  // namespace

constinit const Rule kNullComparisonRule = {
    .kind = diagnostics::Kind::kNullComparison,
    .summary = "a comparison with NULL is never true",
    .rationale = R"md(
`a = NULL`, `a <> NULL` and `NULL = a` are NULL, whatever `a` is. A WHERE with one finds no
row, so that a backfill changes nothing, and a CHECK with one lets every row
pass. `a NOT IN (SELECT b …)` is never true either once one `b` is NULL, nor is
`a NOT IN ('x', NULL)`; `a IN ('x', NULL)` finds `'x'` alone, and `CASE a WHEN
NULL` never gets there.

Write `a IS NULL`, `a IS NOT NULL`, or `NOT EXISTS (SELECT …)`; or leave the
NULLs out of the list with `WHERE b IS NOT NULL`.
)md",
    .bad = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
  CREATE VIEW unowned AS SELECT id FROM tasks WHERE owner = NULL;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
  CREATE VIEW unowned AS SELECT id FROM tasks WHERE owner IS NULL;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
