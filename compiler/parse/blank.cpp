#include "compiler/parse/blank.h"

namespace palindrome::parse {

namespace {

bool WantsOperand(const Context& context, std::size_t index) {
  return context.IsSymbol(index, "=") || context.IsSymbol(index, "(") ||
         context.IsSymbol(index, ",") || context.IsWord(index, "DEFAULT") ||
         context.IsWord(index, "USING");
}

}  // namespace

std::optional<source::Range> FindBlank(const Context& context,
                                       std::size_t begin, std::size_t end) {
  for (std::size_t at = begin + 1; at < end; ++at) {
    if (!context.IsSymbol(at, "<") || !WantsOperand(context, at - 1)) {
      continue;
    }
    std::size_t last = at + 1;
    while (last < end && context.token(last).kind == sql::TokenKind::kWord) {
      ++last;
    }
    if (last < end && last > at + 1 && context.IsSymbol(last, ">")) {
      return context.RangeOf(at, last + 1);
    }
  }
  return std::nullopt;
}

}  // namespace palindrome::parse
