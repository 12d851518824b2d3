#include <string>
#include <utility>
#include <vector>

#include "compiler/parse/beginnings.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kEmptyBodyText, kSyntaxError,
                "the trigger does nothing; write a statement between `BEGIN` "
                "and `END`");
PALINDROME_TEXT(kMissingSemicolonText, kSyntaxError,
                "expected `;` behind the last statement of the trigger");
PALINDROME_TEXT(kMissingBetweenText, kSyntaxError,
                "expected `;` behind the statement");
PALINDROME_TEXT(kMissingEndText, kSyntaxError,
                "expected `END` of the trigger, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kBodyStatementText, kSyntaxError,
                "`{0}` in a trigger; it may INSERT, UPDATE, DELETE and "
                "SELECT{1}",
                std::string, diagnostics::Meant);

void ParseTiming(Cursor& cursor, ast::Trigger& trigger) {
  if (cursor.AcceptWord("AFTER")) {
    trigger.timing = ast::TriggerTiming::kAfter;
  } else if (cursor.AcceptWords({"INSTEAD", "OF"})) {
    trigger.timing = ast::TriggerTiming::kInsteadOf;
  } else {
    cursor.AcceptWord("BEFORE");
  }
}

// A word before the event that is none of those above.
bool IsWrongTiming(const Cursor& cursor) {
  const auto is_event = [&](std::size_t ahead) {
    return cursor.IsWord("INSERT", ahead) || cursor.IsWord("UPDATE", ahead) ||
           cursor.IsWord("DELETE", ahead);
  };
  return !is_event(0) && (is_event(1) || is_event(2));
}

void ReportTiming(Cursor& cursor) {
  if (cursor.IsWord("INSTEAD") && !cursor.IsWord("OF", 1)) {
    cursor.AcceptWord("INSTEAD");
    cursor.ExpectWord("OF");
  } else if (cursor.IsWord("BEFORE") || cursor.IsWord("AFTER") ||
             cursor.IsWord("INSTEAD")) {
    cursor.ExpectOneOf({"INSERT", "UPDATE", "DELETE"});  // A second timing.
  } else {
    cursor.ExpectOneOf({"BEFORE", "AFTER", "INSTEAD"});
  }
}

bool ParseEvent(Cursor& cursor, ast::Trigger& trigger) {
  if (IsWrongTiming(cursor)) {
    ReportTiming(cursor);
    return false;
  }
  const auto event = cursor.ExpectOneOf({"INSERT", "UPDATE", "DELETE"});
  if (!event.has_value()) {
    return false;
  }
  static constexpr ast::TriggerEvent kEvents[] = {ast::TriggerEvent::kInsert,
                                                  ast::TriggerEvent::kUpdate,
                                                  ast::TriggerEvent::kDelete};
  trigger.event = kEvents[*event];
  if (trigger.event != ast::TriggerEvent::kUpdate || !cursor.AcceptWord("OF")) {
    return true;
  }
  do {
    auto column = cursor.ExpectName("a column name");
    if (!column.has_value()) {
      return false;
    }
    trigger.columns.push_back(std::move(*column));
  } while (cursor.AcceptSymbol(","));
  return true;
}

bool ReportBodyStatement(Context& context, std::size_t index) {
  const std::string_view word = context.token(index).spelling;
  context.Report(Make(kBodyStatementText, context.At(index), std::string(word),
                      context.MeantAt(index, {"INSERT", "UPDATE", "DELETE",
                                              "SELECT", "REPLACE", "WITH"})));
  return false;
}

std::size_t DepthBehind(const Context& context, std::size_t index,
                        std::size_t depth) {
  if (context.IsSymbol(index, "(")) {
    return depth + 1;
  }
  return context.IsSymbol(index, ")") && depth > 0 ? depth - 1 : depth;
}

// Tokens [begin, end) are the body, from BEGIN to END.
bool CheckBody(Context& context, std::size_t begin, std::size_t end) {
  const std::size_t last = end - 1;
  if (begin + 1 == last) {
    context.Report(Make(kEmptyBodyText, context.At(begin)));
    return false;
  }
  if (!context.IsSymbol(last - 1, ";")) {
    context.Report(
        MakeMissing(kMissingSemicolonText, context.Behind(last - 1)));
    return false;
  }
  std::size_t depth = 0;
  std::size_t verb = begin;  // Of the statement that the token is in.
  for (std::size_t at = begin; at + 1 < last; ++at) {
    const bool before_statement = at == begin || context.IsSymbol(at, ";");
    if (before_statement && !IsBodyVerb(context, at + 1)) {
      return ReportBodyStatement(context, at + 1);
    }
    if (before_statement) {
      depth = 0;
      verb = context.IsWord(at + 1, "WITH") ? SkipWith(context, at + 1, last)
                                            : at + 1;
    }
    depth = DepthBehind(context, at, depth);
    if (at + 1 != verb && depth == 0 && context.StartsLine(at + 1) &&
        StartsDataStatement(context, at + 1)) {
      context.Report(MakeMissing(kMissingBetweenText, context.Behind(at)));
      return false;
    }
  }
  return true;
}

// `end` is behind the last token of the trigger.
void ReportMissingEnd(Context& context, std::size_t end) {
  const auto meant = context.MeantAt(end - 1, {"END"});
  const std::size_t at = meant.name.empty() ? end : end - 1;
  context.Report(
      Make(kMissingEndText, context.At(at), context.Describe(at), meant));
}

bool ParseBody(Cursor& cursor, ast::Trigger& trigger) {
  Context& context = cursor.context();
  const std::size_t body =
      FindTriggerBody(context, cursor.begin(), cursor.end());
  if (cursor.AcceptWord("WHEN")) {
    auto when = cursor.ExpectTokens("an expression", [&](std::size_t index) {
      return index == body ||
             (body == cursor.end() && IsBodyVerb(context, index));
    });
    if (!when.has_value()) {
      return false;
    }
    trigger.when = std::move(*when);
  }
  const std::size_t begin = cursor.position();
  if (!cursor.ExpectWord("BEGIN")) {
    return false;
  }
  if (!context.IsWord(cursor.end() - 1, "END")) {
    ReportMissingEnd(context, cursor.end());
    return false;
  }
  if (!CheckBody(context, begin, cursor.end())) {
    return false;
  }
  cursor.Advance(cursor.end() - cursor.position());
  trigger.body = context.Expression(begin, cursor.end());
  return true;
}

}  // namespace

Node ParseCreateTrigger(Cursor& cursor) {
  ast::CreateTrigger node;
  ast::Trigger& trigger = node.trigger;
  auto name = ExpectCreated(cursor, "a trigger name", trigger.temporary,
                            node.if_not_exists);
  if (!name.has_value()) {
    return std::nullopt;
  }
  trigger.name = std::move(*name);
  ParseTiming(cursor, trigger);
  if (!ParseEvent(cursor, trigger) || !cursor.ExpectWord("ON")) {
    return std::nullopt;
  }
  auto table = cursor.ExpectObjectName("a table name");
  if (!table.has_value()) {
    return std::nullopt;
  }
  trigger.table = std::move(*table);
  if (cursor.AcceptWord("FOR")) {
    if (!cursor.ExpectWords({"EACH", "ROW"})) {
      return std::nullopt;
    }
    trigger.for_each_row = true;
  }
  if (!ParseBody(cursor, trigger)) {
    return std::nullopt;
  }
  return node;
}

}  // namespace palindrome::parse
