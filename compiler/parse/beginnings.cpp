#include "compiler/parse/beginnings.h"

namespace palindrome::parse {

namespace {

using sql::TokenKind;

std::size_t FindSemicolon(const Context& context, std::size_t begin) {
  while (context.token(begin).kind != TokenKind::kEnd &&
         !context.IsSymbol(begin, ";")) {
    ++begin;
  }
  return begin;
}

}  // namespace

bool ExpectsName(const Context& context, std::size_t index) {
  static constexpr std::string_view kReserved[] = {"EXISTS", "ON"};
  static constexpr std::string_view kBeforeTrigger[] = {"CREATE", "TEMP",
                                                        "TEMPORARY"};
  return context.IsSymbol(index - 1, ".") || context.IsSymbol(index - 1, ",") ||
         IsOneOf(context, index - 1, kReserved) ||
         (context.IsWord(index - 1, "OF") &&
          context.IsWord(index - 2, "UPDATE")) ||
         (context.IsWord(index - 1, "TRIGGER") &&
          IsOneOf(context, index - 2, kBeforeTrigger));
}

bool StartsItem(const Context& context, std::size_t index) {
  static constexpr std::string_view kFirst[] = {"CREATE", "ALTER",    "DROP",
                                                "ALLOW",  "PRESERVE", "FOR"};
  return IsOneOf(context, index, kFirst) || context.IsSymbol(index, ";");
}

bool IsMisspeltVerb(const Context& context, std::size_t index) {
  return (context.IsWord(index + 1, "TABLE") ||
          context.IsWord(index + 1, "INDEX") ||
          (context.IsWord(index + 1, "UNIQUE") &&
           context.IsWord(index + 2, "INDEX"))) &&
         !context.MeantAt(index, {"CREATE", "ALTER", "DROP"}).name.empty();
}

bool IsDialect(const Context& context, std::size_t index) {
  static constexpr std::string_view kDialects[] = {"sqlite", "postgresql"};
  return IsOneOf(context, index, kDialects);
}

bool IsSectionStart(const Context& context, std::size_t index) {
  static constexpr std::string_view kSections[] = {"UPGRADE", "DOWNGRADE"};
  static constexpr std::string_view kStarts[] = {"BEGIN", "AUTO"};
  return IsOneOf(context, index, kSections) &&
         IsOneOf(context, index + 1, kStarts);
}

bool IsBodyVerb(const Context& context, std::size_t index) {
  return IsOneOf(context, index, kBodyVerbs) ||
         context.IsWord(index, "REPLACE") || context.IsWord(index, "WITH");
}

std::size_t SkipWith(const Context& context, std::size_t begin,
                     std::size_t end) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < end; ++at) {
    if (context.IsSymbol(at, "(")) {
      ++depth;
    } else if (context.IsSymbol(at, ")") && depth > 0) {
      --depth;
    } else if (depth == 0 && (IsOneOf(context, at, kBodyVerbs) ||
                              (context.IsWord(at, "REPLACE") &&
                               context.IsWord(at + 1, "INTO")))) {
      return at;
    }
  }
  return end;
}

bool StartsDataStatement(const Context& context, std::size_t index) {
  static constexpr std::string_view kWritten[] = {"INTO", "OR"};
  static constexpr std::string_view kBeforeUpdate[] = {"DO",     "ON", "AFTER",
                                                       "BEFORE", "OF", "OR"};
  if (context.IsWord(index, "WITH")) {
    const std::size_t verb =
        SkipWith(context, index, FindSemicolon(context, index));
    return verb != index && !context.IsSymbol(verb, ";") &&
           StartsDataStatement(context, verb);
  }
  if (context.IsWord(index, "UPDATE")) {
    const sql::Token& next = context.token(index + 1);
    return !IsOneOf(context, index - 1, kBeforeUpdate) &&
           (context.IsWord(index + 1, "OR") ||
            next.kind == TokenKind::kQuotedName ||
            (next.kind == TokenKind::kWord && !IsReserved(next.spelling)));
  }
  return (context.IsWord(index, "INSERT") &&
          IsOneOf(context, index + 1, kWritten)) ||
         (context.IsWord(index, "REPLACE") &&
          context.IsWord(index + 1, "INTO") &&
          !context.IsWord(index - 1, "OR")) ||
         (context.IsWord(index, "DELETE") && context.IsWord(index + 1, "FROM"));
}

std::size_t FindTriggerBody(const Context& context, std::size_t begin,
                            std::size_t end) {
  static constexpr std::string_view kBehindName[] = {
      "AND",     "OR",     "IS",    "NOT",     "LIKE",   "GLOB",   "IN",
      "BETWEEN", "BEFORE", "AFTER", "MATCH",   "REGEXP", "ISNULL", "NOTNULL",
      "COLLATE", "BEGIN",  "THEN",  "INSTEAD", "WHEN",   "ELSE",   "ESCAPE"};
  std::size_t depth = 0;
  for (std::size_t at = begin + 2; at < end; ++at) {
    if (context.IsSymbol(at, ";")) {
      return end;
    }
    if (context.IsSymbol(at, "(")) {
      ++depth;
    } else if (context.IsSymbol(at, ")") && depth > 0) {
      --depth;
    }
    if (context.IsWord(at, "BEGIN") && !ExpectsName(context, at) &&
        context.token(at + 1).kind == TokenKind::kWord &&
        !IsOneOf(context, at + 1, kBehindName) &&
        (depth == 0 || IsOneOf(context, at + 1, kBodyVerbs))) {
      return at;
    }
  }
  return end;
}

}  // namespace palindrome::parse
