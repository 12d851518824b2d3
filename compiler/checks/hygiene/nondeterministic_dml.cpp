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

// Behind the `)` of the `(` at `open`.
std::size_t Behind(const Tokens& tokens, std::size_t open) {
  int depth = 1;
  std::size_t at = open + 1;
  for (; at < tokens.size() && depth > 0; ++at) {
    depth += Is(tokens[at], "(") ? 1 : 0;
    depth -= Is(tokens[at], ")") ? 1 : 0;
  }
  return at;
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

// An aggregate whose `(` is the token `open`, over all rows rather than a
// window.
bool IsAggregate(const Tokens& tokens, std::size_t open) {
  static constexpr std::string_view kAggregates[] = {"avg",
                                                     "count",
                                                     "group_concat",
                                                     "json_group_array",
                                                     "json_group_object",
                                                     "jsonb_group_array",
                                                     "jsonb_group_object",
                                                     "max",
                                                     "min",
                                                     "string_agg",
                                                     "sum",
                                                     "total"};
  if (open == 0 || !IsOneOf(tokens[open - 1], kAggregates)) {
    return false;
  }
  std::size_t at = Behind(tokens, open);
  bool has_more_arguments = false;
  for (std::size_t i = open + 1; i < at; ++i) {
    has_more_arguments = has_more_arguments || Is(tokens[i], ",");
    i = Is(tokens[i], "(") ? Behind(tokens, i) - 1 : i;
  }
  const bool is_of_values =
      has_more_arguments &&
      (Is(tokens[open - 1], "max") || Is(tokens[open - 1], "min"));
  while (at < tokens.size() &&
         (Is(tokens[at], "filter") || Is(tokens[at], "("))) {
    at = Is(tokens[at], "(") ? Behind(tokens, at) : at + 1;
  }
  return !is_of_values && (at >= tokens.size() || !Is(tokens[at], "over"));
}

// The LIMITs of SELECTs that have no order, but for those of EXISTS, of a row
// that a WHERE picks out and of the only row of an aggregate.
class Limits {
 public:
  bool Take(const Tokens& tokens, std::size_t at) {
    const ast::Token& token = tokens[at];
    if (Is(token, "(")) {
      if (IsAggregate(tokens, at)) {
        Enclosing().is_aggregate = true;
      }
      Level level;
      level.is_exists = at > 0 && Is(tokens[at - 1], "exists");
      level.is_select =
          at + 1 < tokens.size() &&
          (Is(tokens[at + 1], "select") || Is(tokens[at + 1], "with"));
      levels_.push_back(level);
    } else if (Is(token, ")") && levels_.size() > 1) {
      levels_.pop_back();
    } else if (token.kind == sql::TokenKind::kWord) {
      return TakeWord(token);
    }
    return false;
  }

 private:
  struct Level {
    bool is_ordered = false;
    bool is_exists = false;
    bool is_chosen = false;  // By a WHERE, most often for one row.
    bool is_select = false;
    bool is_aggregate = false;
    bool has_groups = false;  // Or rows of several SELECTs.
  };

  bool TakeWord(const ast::Token& word) {
    Level& level = levels_.back();
    if (Is(word, "order")) {
      level.is_ordered = true;
    } else if (Is(word, "where")) {
      level.is_chosen = levels_.size() > 1;
    } else if (Is(word, "group") || Is(word, "union") || Is(word, "except") ||
               Is(word, "intersect")) {
      level.has_groups = true;
    } else if (Is(word, "limit")) {
      const bool is_one_row = level.is_aggregate && !level.has_groups;
      return !level.is_ordered && !level.is_exists && !level.is_chosen &&
             !is_one_row;
    }
    return false;
  }

  // The SELECT or statement that the token stands in.
  Level& Enclosing() {
    const auto found =
        std::find_if(levels_.rbegin(), levels_.rend(),
                     [](const Level& level) { return level.is_select; });
    return found == levels_.rend() ? levels_.front() : *found;
  }

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
