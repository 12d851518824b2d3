#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kCall, kNondeterministicDml,
                "`{0}` has another value in every database; write the value "
                "out, or take it from columns that are there",
                std::string);
PALINDROME_TEXT(kLimit, kNondeterministicDml,
                "without `ORDER BY`, which rows `LIMIT` leaves may differ from "
                "one database to the next; say which come first");

using Tokens = std::vector<ast::Token>;

bool Is(const ast::Token& token, std::string_view word) {
  return sql::EqualsIgnoringCase(token.spelling, word);
}

template <std::size_t Size>
bool IsOneOf(const ast::Token& token, const std::string_view (&words)[Size]) {
  return token.kind == sql::TokenKind::kWord &&
         std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return Is(token, word); });
}

// Whether the call whose `(` is the token `open` is of the time as it is now:
// it says 'now', or has `fewest` arguments, which leave the time out.
bool MeansNow(const Tokens& tokens, std::size_t open, std::size_t fewest) {
  std::size_t arguments = 0;
  int depth = 1;
  for (std::size_t i = open + 1; i < tokens.size() && depth > 0; ++i) {
    depth += Is(tokens[i], "(") ? 1 : 0;
    depth -= Is(tokens[i], ")") ? 1 : 0;
    if (depth == 1 && tokens[i].kind == sql::TokenKind::kString &&
        sql::EqualsIgnoringCase(ast::Meaning(tokens[i]), "now")) {
      return true;
    }
    if (depth > 0) {
      arguments += arguments == 0 || (depth == 1 && Is(tokens[i], ",")) ? 1 : 0;
    }
  }
  return arguments == fewest;
}

bool IsCall(const Tokens& tokens, std::size_t at) {
  return at + 1 < tokens.size() && Is(tokens[at + 1], "(") &&
         (at == 0 || (!Is(tokens[at - 1], "into") && !Is(tokens[at - 1], ".")));
}

bool VariesAt(const Tokens& tokens, std::size_t at) {
  static constexpr std::string_view kWords[] = {"current_timestamp",
                                                "current_date", "current_time"};
  static constexpr std::string_view kRandom[] = {"random", "randomblob"};
  static constexpr std::string_view kTimes[] = {"date", "time", "datetime",
                                                "julianday", "unixepoch"};
  const ast::Token& token = tokens[at];
  if (IsOneOf(token, kWords)) {
    return at == 0 || !Is(tokens[at - 1], ".");
  }
  if (!IsCall(tokens, at)) {
    return false;
  }
  return IsOneOf(token, kRandom) ||
         (IsOneOf(token, kTimes) && MeansNow(tokens, at + 1, 0)) ||
         (token.kind == sql::TokenKind::kWord && Is(token, "strftime") &&
          MeansNow(tokens, at + 1, 1));
}

// The LIMITs of SELECTs that have no order, but for those of EXISTS and of a
// row that a WHERE picks out.
class Limits {
 public:
  bool Take(const Tokens& tokens, std::size_t at) {
    const ast::Token& token = tokens[at];
    if (Is(token, "(")) {
      levels_.push_back({false, at > 0 && Is(tokens[at - 1], "exists")});
    } else if (Is(token, ")") && levels_.size() > 1) {
      levels_.pop_back();
    } else if (token.kind == sql::TokenKind::kWord && Is(token, "order")) {
      levels_.back().ordered = true;
    } else if (token.kind == sql::TokenKind::kWord && Is(token, "where")) {
      levels_.back().chosen = levels_.size() > 1;
    } else if (token.kind == sql::TokenKind::kWord && Is(token, "limit")) {
      const Level& level = levels_.back();
      return !level.ordered && !level.exists && !level.chosen;
    }
    return false;
  }

 private:
  struct Level {
    bool ordered = false;
    bool exists = false;
    bool chosen = false;  // By a WHERE, most often for one row.
  };
  std::vector<Level> levels_ = {{}};
};

void CheckStatement(const MigrationContext& context,
                    const ast::Statement& statement,
                    diagnostics::Emitter& emitter) {
  const Tokens& tokens = statement.tokens.tokens;
  Limits limits;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (VariesAt(tokens, i)) {
      emitter.Emit(kCall, context.At(tokens[i].range), tokens[i].spelling);
      return;
    }
    if (limits.Take(tokens, i)) {
      emitter.Emit(kLimit, context.At(tokens[i].range));
      return;
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : context.upgrade.steps) {
    // What goes is no stored result.
    if (IsData(step) && As<ast::Delete>(step) == nullptr &&
        !catalog::IsTemporaryWork(step) &&
        !context.migration().header.squashes) {
      CheckStatement(context, step.item->statement, emitter);
    }
  }
}

}  // namespace

constinit const Rule kNondeterministicDmlRule = {
    .kind = diagnostics::Kind::kNondeterministicDml,
    .summary =
        "a data statement stores what differs from one database to the next",
    .rationale = R"md(
The time, random numbers and rows that LIMIT picks without an order are other ones
in every database that runs the migration. Then no two databases have the same
rows, nobody can tell whether a copy is complete, and what the rehearsal has shown
for its own values says less about others.

Write the value out, or derive it from columns that are there. Where each row needs
the time of its making, let the column have a default.
)md",
    .bad = R"sql(=== 20250115_143022_create_labels.sql
MIGRATION 'create labels'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, made TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_insert_first_label.sql
MIGRATION 'insert first label'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  INSERT INTO labels (id, made) VALUES (1, CURRENT_TIMESTAMP);
END;

DOWNGRADE BEGIN
  DELETE FROM labels WHERE id = 1;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_labels.sql
MIGRATION 'create labels'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, made TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_insert_first_label.sql
MIGRATION 'insert first label'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  INSERT INTO labels (id, made) VALUES (1, '2025-01-16 09:00:00');
END;

DOWNGRADE BEGIN
  DELETE FROM labels WHERE id = 1;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
