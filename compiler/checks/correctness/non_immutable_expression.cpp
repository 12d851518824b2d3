#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/copies.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kRefused, kNonImmutableExpression,
    "`{0}` depends on the clock, and SQLite refuses every row that "
    "is written to table `{1}` for it; store the value in a column, "
    "or check it in a trigger",
    std::string, std::string);

PALINDROME_TEXT(kChecksOtherwise, kNonImmutableExpression,
                "`{0}` is another value each time, so that rows which pass the "
                "check of table `{1}` today fail it when they are copied or "
                "changed; check it in a trigger",
                std::string, std::string);

using sql::EqualsIgnoringCase;

struct Finding {
  std::string text;
  source::Range range;
  bool is_refused = false;
};

bool IsOneOf(const ast::Token& token,
             std::initializer_list<std::string_view> words) {
  return token.kind == sql::TokenKind::kWord &&
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return EqualsIgnoringCase(token.spelling, word);
         });
}

// The arguments of a call, as the tokens between commas; `at` is at its `(`.
std::vector<std::vector<ast::Token>> ArgumentsAt(
    const std::vector<ast::Token>& tokens, std::size_t at, std::size_t& end) {
  std::vector<std::vector<ast::Token>> arguments;
  int depth = 0;
  for (end = at; end < tokens.size(); ++end) {
    const std::string& spelling = tokens[end].spelling;
    depth += spelling == "(" ? 1 : 0;
    depth -= spelling == ")" ? 1 : 0;
    if (depth == 0) {
      break;
    }
    if (depth == 1 && spelling == ",") {
      arguments.emplace_back();
    } else if (end != at) {
      if (arguments.empty()) {
        arguments.emplace_back();
      }
      arguments.back().push_back(tokens[end]);
    }
  }
  return arguments;
}

bool IsText(const std::vector<ast::Token>& argument, std::string_view text) {
  return argument.size() == 1 &&
         argument.front().kind == sql::TokenKind::kString &&
         EqualsIgnoringCase(ast::Meaning(argument.front()), text);
}

// Whether a call of a date function asks for the time or its zone.
bool AsksClock(const ast::Token& function,
               const std::vector<std::vector<ast::Token>>& arguments) {
  const std::size_t time = IsOneOf(function, {"strftime"}) ? 1 : 0;
  if (arguments.size() <= time || IsText(arguments[time], "now")) {
    return true;
  }
  return std::any_of(arguments.begin() + static_cast<std::ptrdiff_t>(time) + 1,
                     arguments.end(), [](const auto& argument) {
                       return IsText(argument, "localtime") ||
                              IsText(argument, "utc");
                     });
}

bool IsSymbol(const ast::Token& token, std::string_view symbol) {
  return token.spelling == symbol;
}

// Whether the tokens [begin, end) are one of the conditions that the expression
// joins by AND and OR alone.
bool IsCondition(const std::vector<ast::Token>& tokens, std::size_t begin,
                 std::size_t end) {
  const auto may_precede = [&](std::size_t at) {
    return at == 0 || IsOneOf(tokens[at - 1], {"and", "or"}) ||
           IsSymbol(tokens[at - 1], "(");
  };
  const auto may_follow = [&](std::size_t at) {
    return at == tokens.size() || IsOneOf(tokens[at], {"and", "or"}) ||
           IsSymbol(tokens[at], ")");
  };
  if (!may_precede(begin) || !may_follow(end)) {
    return false;
  }
  int depth = 0;  // Of parentheses that do not hold it.
  for (std::size_t at = begin; at-- > 0;) {
    depth += IsSymbol(tokens[at], ")") ? 1 : 0;
    if (IsOneOf(tokens[at], {"case"}) ||
        (IsSymbol(tokens[at], "(") && depth == 0 && !may_precede(at))) {
      return false;
    }
    depth -= IsSymbol(tokens[at], "(") && depth > 0 ? 1 : 0;
  }
  depth = 0;
  for (std::size_t at = end; at < tokens.size(); ++at) {
    depth += IsSymbol(tokens[at], "(") ? 1 : 0;
    if (IsSymbol(tokens[at], ")") && depth == 0 && !may_follow(at + 1)) {
      return false;
    }
    depth -= IsSymbol(tokens[at], ")") && depth > 0 ? 1 : 0;
  }
  return true;
}

// `column <= CURRENT_DATE` or `CURRENT_DATE >= column`: a row that passes does
// so later too. A time of the day comes again.
bool StaysTrue(const std::vector<ast::Token>& tokens, std::size_t now) {
  const auto is = [&](std::size_t at, std::string_view first,
                      std::string_view second) {
    return IsSymbol(tokens[at], first) || IsSymbol(tokens[at], second);
  };
  const auto is_column = [&](std::size_t at) {
    return tokens[at].kind == sql::TokenKind::kQuotedName ||
           tokens[at].kind == sql::TokenKind::kWord;
  };
  if (IsOneOf(tokens[now], {"current_time"})) {
    return false;
  }
  return (now >= 2 && is(now - 1, "<", "<=") && is_column(now - 2) &&
          IsCondition(tokens, now - 2, now + 1)) ||
         (now + 2 < tokens.size() && is(now + 1, ">", ">=") &&
          is_column(now + 2) && IsCondition(tokens, now, now + 3));
}

std::vector<Finding> FindIn(const ast::Expression& expression) {
  std::vector<Finding> findings;
  const auto& tokens = expression.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && tokens[i - 1].spelling == ".") {
      continue;
    }
    if (IsOneOf(tokens[i],
                {"current_time", "current_date", "current_timestamp"}) &&
        !StaysTrue(tokens, i)) {
      findings.push_back({tokens[i].spelling, tokens[i].range, false});
    }
    if (i + 1 == tokens.size() || tokens[i + 1].spelling != "(") {
      continue;
    }
    std::size_t end = 0;
    const auto arguments = ArgumentsAt(tokens, i + 1, end);
    const bool is_clock =
        IsOneOf(tokens[i], {"date", "time", "datetime", "julianday",
                            "unixepoch", "strftime"}) &&
        AsksClock(tokens[i], arguments);
    if (end < tokens.size() &&
        (is_clock || IsOneOf(tokens[i], {"random", "randomblob"}))) {
      const ast::Expression call = {
          {tokens.begin() + static_cast<std::ptrdiff_t>(i),
           tokens.begin() + static_cast<std::ptrdiff_t>(end) + 1}};
      findings.push_back({ast::Print(call),
                          {tokens[i].range.begin, tokens[end].range.end},
                          is_clock});
    }
  }
  return findings;
}

// What an engine refuses at once is no matter for a rule.
void Report(const MigrationContext& context, const ast::Expression& expression,
            const std::string& table, bool is_check,
            diagnostics::Emitter& emitter) {
  for (const Finding& finding : FindIn(expression)) {
    if (finding.is_refused) {
      emitter.Emit(kRefused, context.At(finding.range), finding.text, table);
    } else if (is_check) {
      emitter.Emit(kChecksOtherwise, context.At(finding.range), finding.text,
                   table);
    }
  }
}

// A table that takes the place of another one keeps its checks.
bool HasCheck(const ast::Table* before, const ast::Constraint& check) {
  return before != nullptr &&
         std::any_of(before->constraints.begin(), before->constraints.end(),
                     [&](const ast::Constraint& old) {
                       return ast::SameTokens(old.check, check.check);
                     });
}

void ReportChecks(const MigrationContext& context, const std::string& table,
                  const std::vector<ast::Constraint>& constraints,
                  const ast::Table* before, diagnostics::Emitter& emitter) {
  for (const ast::Constraint& constraint : constraints) {
    if (!HasCheck(before, constraint)) {
      Report(context, constraint.check, table, /*is_check=*/true, emitter);
    }
  }
}

void ReportGenerated(const MigrationContext& context, const std::string& table,
                     const ast::Column& column, diagnostics::Emitter& emitter) {
  if (column.generated) {
    Report(context, column.generated->expression, table, /*is_check=*/false,
           emitter);
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const catalog::Step& step = context.upgrade.steps[i];
    if (const auto* create = As<ast::CreateTable>(step)) {
      const std::string& table = create->table.name.text;
      ReportChecks(context, table, create->table.constraints,
                   PredecessorOf(context.upgrade, i, table), emitter);
      for (const ast::Column& column : create->table.columns) {
        ReportGenerated(context, table, column, emitter);
      }
    } else if (const auto* add = As<ast::AddColumn>(step)) {
      ReportChecks(context, add->table.text, add->constraints, nullptr,
                   emitter);
      ReportGenerated(context, add->table.text, add->column, emitter);
    } else if (const auto* constraint = As<ast::AddConstraint>(step)) {
      ReportChecks(context, constraint->table.text, {constraint->constraint},
                   nullptr, emitter);
    } else if (const auto* index = As<ast::CreateIndex>(step)) {
      const std::string& table = index->index.table.text;
      Report(context, index->index.where, table, /*is_check=*/false, emitter);
      for (const ast::KeyPart& part : index->index.parts) {
        Report(context, part.expression, table, /*is_check=*/false, emitter);
      }
    }
  }
}

}  // namespace

constinit const Rule kNonImmutableExpressionRule = {
    .kind = diagnostics::Kind::kNonImmutableExpression,
    .summary =
        "a check, an index or a computed column depends on the clock or on "
        "chance",
    .rationale = R"md(
What a table checks, indexes or computes has to be the same whenever it is looked
at. SQLite takes `CHECK (due > date('now'))` when the table is made, and then
refuses every row that is written to it: "non-deterministic use of date()". It
takes CURRENT_TIMESTAMP and `random()` in a CHECK as well, and a row that passed
yesterday fails when the table is rebuilt tomorrow.

Store the time in a column, with a DEFAULT if need be, and compare with that; or
check it in a trigger, which looks at the moment of the change alone. What is
past stays past: `CHECK (born <= CURRENT_DATE)` is no finding.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    due TEXT,
    CONSTRAINT ck_tasks_due CHECK (due > date('now'))
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
    due TEXT,
    CONSTRAINT ck_tasks_due CHECK (due > '2000-01-01')
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
