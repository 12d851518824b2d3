#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/parse/definition.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kKeyExpressionText, kSyntaxError,
                "expected a column name in {0}, found an expression",
                std::string);

PALINDROME_TEXT(kStrayText, kSyntaxError, "expected `,` or `)`, found {0}{1}",
                std::string, diagnostics::Meant);

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// True if the tokens are one parenthesized group or one call of a function, so
// that a COLLATE behind them is about all of them.
bool IsPrimary(const Context& context, Span span) {
  std::size_t at = span.begin;
  if (context.token(at).kind == sql::TokenKind::kWord) {
    ++at;
  }
  if (!context.IsSymbol(at, "(")) {
    return span.end - span.begin == 1;
  }
  std::size_t depth = 0;
  for (; at < span.end; ++at) {
    if (context.IsSymbol(at, "(")) {
      ++depth;
    } else if (context.IsSymbol(at, ")") && --depth == 0) {
      return at + 1 == span.end;
    }
  }
  return false;
}

bool IsColumnToken(const Context& context, std::size_t index) {
  const sql::Token& token = context.token(index);
  return token.kind == sql::TokenKind::kQuotedName ||
         token.kind == sql::TokenKind::kString ||
         (token.kind == sql::TokenKind::kWord &&
          (!IsReserved(token.spelling) || context.IsWord(index, "TRUE") ||
           context.IsWord(index, "FALSE")));
}

// Without parentheses around all of it and COLLATE behind it, as often as they
// are there; of several collations the last counts, whose token `collation` is
// set to.
Span Bare(const Context& context, Span span,
          std::optional<std::size_t>& collation) {
  while (span.end - span.begin >= 3) {
    if (context.IsWord(span.end - 2, "COLLATE")) {
      collation = collation.value_or(span.end - 1);
      span.end -= 2;
    } else if (context.IsSymbol(span.begin, "(") &&
               context.IsSymbol(span.end - 1, ")") &&
               IsPrimary(context, span)) {
      ++span.begin;
      --span.end;
    } else {
      break;
    }
  }
  return span;
}

// Of several COLLATE the last counts.
Span WithoutCollations(const Context& context, Span span) {
  while (span.end - span.begin > 2 && context.IsWord(span.end - 2, "COLLATE")) {
    span.end -= 2;
  }
  return span;
}

ast::Name NameAt(const Context& context, std::size_t index) {
  return {sql::Unquote(context.token(index)), context.RangeOf(index)};
}

ast::KeyPart MakePart(const Context& context, Span span) {
  ast::KeyPart part;
  part.range = context.RangeOf(span.begin, span.end);
  const bool asc = context.IsWord(span.end - 1, "ASC");
  part.descending = context.IsWord(span.end - 1, "DESC");
  if ((asc || part.descending) && span.end - span.begin > 1) {
    --span.end;
  } else {
    part.descending = false;
  }
  // `(a COLLATE x)` means the column as `a COLLATE x` does.
  std::optional<std::size_t> collation;
  const Span inner = Bare(context, span, collation);
  if (inner.end - inner.begin == 1 && IsColumnToken(context, inner.begin)) {
    part.column = NameAt(context, inner.begin);
    if (collation) {
      part.collation = NameAt(context, *collation);
    }
    return part;
  }
  const Span rest = WithoutCollations(context, span);
  if (rest.end < span.end && IsPrimary(context, rest)) {
    part.collation = NameAt(context, span.end - 1);
    span = rest;
  }
  part.expression = context.Expression(span.begin, span.end);
  return part;
}

// A name or value right behind a column.
std::optional<std::size_t> FindStray(const Context& context, Span span) {
  if (span.end - span.begin < 2 || !IsColumnToken(context, span.begin)) {
    return std::nullopt;
  }
  const sql::Token& next = context.token(span.begin + 1);
  const bool is_stray =
      next.kind == sql::TokenKind::kQuotedName ||
      next.kind == sql::TokenKind::kString ||
      next.kind == sql::TokenKind::kNumber ||
      (next.kind == sql::TokenKind::kWord && !sql::IsKeyword(next.spelling));
  return is_stray ? std::optional(span.begin + 1) : std::nullopt;
}

bool RequireColumns(Cursor& cursor, const ast::Constraint& constraint,
                    const char* what) {
  for (const ast::KeyPart& part : constraint.columns) {
    if (part.column.empty()) {
      cursor.context().Report(
          Make(kKeyExpressionText, cursor.context().At(part.range), what));
      return false;
    }
  }
  return true;
}

bool ParseReferenceAction(Cursor& cursor, ast::ReferenceAction& action) {
  const auto chosen = cursor.ExpectOneOf({"CASCADE", "RESTRICT", "SET", "NO"});
  if (!chosen.has_value()) {
    return false;
  }
  switch (*chosen) {
    case 0:
      action = ast::ReferenceAction::kCascade;
      return true;
    case 1:
      action = ast::ReferenceAction::kRestrict;
      return true;
    case 2: {
      const auto what = cursor.ExpectOneOf({"NULL", "DEFAULT"});
      action = what == 0U ? ast::ReferenceAction::kSetNull
                          : ast::ReferenceAction::kSetDefault;
      return what.has_value();
    }
    default:
      action = ast::ReferenceAction::kNoAction;
      return cursor.ExpectWord("ACTION");
  }
}

// ON and an event with its action.
bool ParseReferenceEvent(Cursor& cursor, ast::References& references) {
  cursor.Advance();
  if (cursor.AcceptWord("INSERT")) {
    ast::ReferenceAction forgotten = ast::ReferenceAction::kUnspecified;
    return ParseReferenceAction(cursor, forgotten);
  }
  const auto event = cursor.ExpectOneOf({"DELETE", "UPDATE"});
  return event.has_value() &&
         ParseReferenceAction(
             cursor, *event == 0 ? references.on_delete : references.on_update);
}

bool ParsePrimaryKey(Cursor& cursor, ast::Constraint& constraint) {
  constraint.kind = ast::ConstraintKind::kPrimaryKey;
  return cursor.ExpectWord("KEY") &&
         ParseKeyParts(cursor, constraint.columns, &constraint.autoincrement) &&
         RequireColumns(cursor, constraint, "a primary key") &&
         ParseConflict(cursor, constraint.on_conflict);
}

bool ParseUnique(Cursor& cursor, ast::Constraint& constraint) {
  constraint.kind = ast::ConstraintKind::kUnique;
  return ParseKeyParts(cursor, constraint.columns) &&
         RequireColumns(cursor, constraint, "a unique constraint") &&
         ParseConflict(cursor, constraint.on_conflict);
}

bool ParseCheck(Cursor& cursor, ast::Constraint& constraint) {
  constraint.kind = ast::ConstraintKind::kCheck;
  auto check = cursor.ExpectParenthesized("an expression");
  if (!check.has_value()) {
    return false;
  }
  constraint.check = std::move(*check);
  return ParseConflict(cursor, constraint.on_conflict);
}

bool ParseForeignKey(Cursor& cursor, ast::Constraint& constraint) {
  constraint.kind = ast::ConstraintKind::kForeignKey;
  if (!cursor.ExpectWord("KEY")) {
    return false;
  }
  auto names = cursor.ExpectNameList("a column name");
  if (!names.has_value()) {
    return false;
  }
  for (ast::Name& name : *names) {
    ast::KeyPart part;
    part.range = name.range;
    part.column = std::move(name);
    constraint.columns.push_back(std::move(part));
  }
  return ParseReferences(cursor, constraint.references);
}

bool ParseBody(Cursor& cursor, ast::Constraint& constraint) {
  const auto kind =
      cursor.ExpectOneOf({"PRIMARY", "UNIQUE", "CHECK", "FOREIGN"});
  if (!kind.has_value()) {
    return false;
  }
  switch (*kind) {
    case 0:
      return ParsePrimaryKey(cursor, constraint);
    case 1:
      return ParseUnique(cursor, constraint);
    case 2:
      return ParseCheck(cursor, constraint);
    default:
      return ParseForeignKey(cursor, constraint);
  }
}

}  // namespace

bool ParseKeyParts(Cursor& cursor, std::vector<ast::KeyPart>& parts,
                   bool* autoincrement) {
  if (!cursor.ExpectSymbol("(")) {
    return false;
  }
  Context& context = cursor.context();
  do {
    const std::size_t begin = cursor.position();
    const auto tokens = cursor.ExpectTokens(
        "a column name or an expression", [&](std::size_t index) {
          return context.IsSymbol(index, ",") || context.IsSymbol(index, ")") ||
                 context.IsWord(index, "AUTOINCREMENT");
        });
    if (!tokens.has_value()) {
      return false;
    }
    if (const auto stray = FindStray(context, {begin, cursor.position()})) {
      context.Report(Make(kStrayText, context.At(*stray),
                          context.Describe(*stray),
                          context.MeantAt(*stray, {"COLLATE", "ASC", "DESC"})));
      return false;
    }
    parts.push_back(MakePart(context, {begin, cursor.position()}));
  } while (cursor.AcceptSymbol(","));
  if (autoincrement != nullptr) {
    *autoincrement = cursor.AcceptWord("AUTOINCREMENT");
  }
  if (!cursor.AcceptSymbol(")")) {
    cursor.ReportExpected("`,` or `)`");
    return false;
  }
  return true;
}

bool ParseConflict(Cursor& cursor, ast::ConflictAction& action) {
  if (!cursor.AcceptWords({"ON", "CONFLICT"})) {
    return true;
  }
  static constexpr ast::ConflictAction kActions[] = {
      ast::ConflictAction::kRollback, ast::ConflictAction::kAbort,
      ast::ConflictAction::kFail, ast::ConflictAction::kIgnore,
      ast::ConflictAction::kReplace};
  const auto chosen =
      cursor.ExpectOneOf({"ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"});
  if (!chosen.has_value()) {
    return false;
  }
  action = kActions[*chosen];
  return true;
}

bool ParseDeferrable(Cursor& cursor, std::string& text) {
  if (cursor.AcceptWords({"NOT", "DEFERRABLE"})) {
    text = "NOT DEFERRABLE";
  } else if (cursor.AcceptWord("DEFERRABLE")) {
    text = "DEFERRABLE";
  } else {
    return true;
  }
  if (cursor.AcceptWord("INITIALLY")) {
    const auto when = cursor.ExpectOneOf({"DEFERRED", "IMMEDIATE"});
    if (!when.has_value()) {
      return false;
    }
    text += *when == 0 ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE";
  }
  return true;
}

bool ParseReferences(Cursor& cursor, ast::References& references) {
  if (!cursor.ExpectWord("REFERENCES")) {
    return false;
  }
  auto table = cursor.ExpectName("a table name");
  if (!table.has_value()) {
    return false;
  }
  references.table = std::move(*table);
  if (cursor.IsSymbol("(")) {
    auto columns = cursor.ExpectNameList("a column name");
    if (!columns.has_value()) {
      return false;
    }
    references.columns = std::move(*columns);
  }
  while (true) {
    if (cursor.IsWord("ON") && !cursor.IsWord("CONFLICT", 1)) {
      if (!ParseReferenceEvent(cursor, references)) {
        return false;
      }
    } else if (cursor.AcceptWord("MATCH")) {
      auto match = cursor.ExpectName("a kind of match");
      if (!match.has_value()) {
        return false;
      }
      references.match = std::move(*match);
    } else {
      return ParseDeferrable(cursor, references.deferrable);
    }
  }
}

bool ParseConstraintName(Cursor& cursor, ast::Name& name) {
  if (!cursor.AcceptWord("CONSTRAINT")) {
    return true;
  }
  auto given = cursor.ExpectName("a constraint name");
  if (given.has_value()) {
    name = std::move(*given);
  }
  return given.has_value();
}

bool AcceptNameAlone(Cursor& cursor) {
  const bool is_alone =
      cursor.IsWord("CONSTRAINT") && cursor.IsName(1) &&
      (cursor.IsSymbol(",", 2) || cursor.IsSymbol(")", 2) ||
       cursor.IsWord("CONSTRAINT", 2) || cursor.position() + 2 == cursor.end());
  if (is_alone) {
    cursor.Advance(2);
  }
  return is_alone;
}

bool IsTableConstraint(const Cursor& cursor) {
  for (const char* word :
       {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}) {
    if (cursor.IsWord(word)) {
      return true;
    }
  }
  return false;
}

std::optional<ast::Constraint> ParseTableConstraint(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  ast::Constraint constraint;
  if (!ParseConstraintName(cursor, constraint.name)) {
    return std::nullopt;
  }
  if (!ParseBody(cursor, constraint)) {
    return std::nullopt;
  }
  constraint.range = cursor.RangeSince(begin);
  return constraint;
}

}  // namespace palindrome::parse
