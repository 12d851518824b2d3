#include "compiler/parse/recovery.h"

#include "compiler/parse/beginnings.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

// Where an item of a block begins, or what ends it.
bool StartsSomething(const Context& context, std::size_t index) {
  return context.token(index).kind == sql::TokenKind::kEnd ||
         IsSectionStart(context, index) || context.IsSymbol(index, ";") ||
         context.IsWord(index, "END") || StartsStatement(context, index);
}

}  // namespace

std::optional<ForHead> FindBrokenFor(const Context& context,
                                     std::size_t begin) {
  const auto head = [&](std::size_t words, std::size_t dialect) {
    return ForHead{words,
                   sql::FoldCase(context.token(begin + dialect).spelling)};
  };
  if (context.IsWord(begin, "FOR")) {
    return std::nullopt;
  }
  if (context.IsWord(begin + 1, "BEGIN") && IsDialect(context, begin)) {
    return head(1, 0);
  }
  if (!context.IsWord(begin + 2, "BEGIN")) {
    return std::nullopt;
  }
  if (IsDialect(context, begin + 1)) {
    return head(2, 1);
  }
  return IsDialect(context, begin) && context.IsWord(begin + 1, "FOR")
             ? std::optional(head(2, 0))
             : std::nullopt;
}

bool IsCutOff(const Context& context, std::size_t begin) {
  if (begin < 3 || !context.IsSymbol(begin - 1, ";") ||
      context.error_count() == 0) {
    return false;
  }
  const std::uint32_t error = context.last_error().begin;
  return error >= context.RangeOf(begin - 2).begin ||
         error == context.RangeOf(begin - 3).end;
}

std::size_t SkipCutOff(const Context& context, std::size_t begin,
                       Around around) {
  if (!IsCutOff(context, begin) || StartsSomething(context, begin) ||
      FindBrokenFor(context, begin)) {
    return begin;
  }
  const Extent extent = FindExtent(context, begin, around);
  for (std::size_t at = begin + 1; at < extent.end; ++at) {
    if (context.StartsLine(at) && StartsSomething(context, at)) {
      return at;
    }
  }
  return extent.terminated ? extent.end + 1 : extent.end;
}

}  // namespace palindrome::parse
