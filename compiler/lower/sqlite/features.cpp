#include "compiler/lower/sqlite/features.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::FoldCase;
using palindrome::sql::TokenKind;

constexpr std::uint32_t kGenerated = 3031000;
constexpr std::uint32_t kStrict = 3037000;

struct Word {
  std::string folded;  // Empty for anything quoted.
  int depth = 0;
};

std::vector<Word> Words(std::string_view sql) {
  std::vector<Word> words;
  int depth = 0;
  std::uint32_t offset = 0;
  for (;;) {
    const auto token = palindrome::sql::NextToken(sql, offset);
    if (token.kind == TokenKind::kEnd) {
      return words;
    }
    offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind == TokenKind::kComment) {
      continue;
    }
    const bool quoted = token.kind == TokenKind::kString ||
                        token.kind == TokenKind::kQuotedName ||
                        token.kind == TokenKind::kBlob;
    depth -= token.spelling == ")" ? 1 : 0;
    words.push_back({quoted ? std::string() : FoldCase(token.spelling), depth});
    depth += token.spelling == "(" ? 1 : 0;
  }
}

class Scan {
 public:
  explicit Scan(std::string_view sql) : words_(Words(sql)) {}

  std::uint32_t Needed() const {
    std::uint32_t needed = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      needed = std::max(needed, NeededAt(i));
    }
    return needed;
  }

 private:
  // The words from `at` on are these.
  bool Is(std::size_t at, std::initializer_list<std::string_view> words) const {
    return at + words.size() <= words_.size() &&
           std::equal(words.begin(), words.end(),
                      words_.begin() + static_cast<std::ptrdiff_t>(at),
                      [](std::string_view word, const Word& found) {
                        return found.folded == word;
                      });
  }

  bool IsJoin(std::size_t at, std::string_view side) const {
    return Is(at, {side, "join"}) || Is(at, {side, "outer", "join"});
  }

  // A column may be called `returning` too: the clause stands outside of
  // parentheses, and neither an operator nor a keyword of an expression stands
  // beside it.
  bool IsReturning(std::size_t at) const {
    if (!Is(at, {"returning"}) || words_[at].depth != 0 || at == 0 ||
        at + 1 == words_.size()) {
      return false;
    }
    const auto one_of = [](const std::string& word,
                           std::initializer_list<std::string_view> set) {
      return std::find(set.begin(), set.end(), word) != set.end();
    };
    const std::string& before = words_[at - 1].folded;
    const std::string& after = words_[at + 1].folded;
    return !one_of(before, {".", ",", "=", "<", ">", "and", "or", "not", "set",
                            "where", "+", "-", "/", "||", "by", "into",
                            "update", "from", "table"}) &&
           !one_of(after, {".", ",", "=", "<", ">", "and", "or", "is", "in",
                           "+", "/", "||", "between", "like", "(", "set"});
  }

  std::uint32_t NeededAt(std::size_t at) const {
    if (IsReturning(at) || Is(at, {"as", "materialized", "("}) ||
        Is(at, {"as", "not", "materialized", "("})) {
      return 3035000;
    }
    if (Is(at, {"->"}) || Is(at, {"->>"})) {
      return 3038000;
    }
    if (Is(at, {"is", "distinct", "from"}) ||
        Is(at, {"is", "not", "distinct", "from"}) || IsJoin(at, "right") ||
        IsJoin(at, "full")) {
      return 3039000;
    }
    if (Is(at, {"iif", "("})) {
      return 3032000;
    }
    if (Is(at, {"nulls", "first"}) || Is(at, {"nulls", "last"}) ||
        Is(at, {")", "filter", "(", "where"})) {
      return 3030000;
    }
    return 0;
  }

  std::vector<Word> words_;
};

}  // namespace

std::uint32_t NeededBy(const ast::Column& column) {
  return column.generated ? kGenerated : 0;
}

std::uint32_t NeededBy(const ast::Table& table) {
  std::uint32_t needed = table.strict ? kStrict : 0;
  for (const ast::Column& column : table.columns) {
    needed = std::max(needed, NeededBy(column));
  }
  return needed;
}

std::uint32_t NeededBy(std::string_view sql) {
  return Scan(sql).Needed();
}

}  // namespace palindrome::lower::sqlite
