#include "compiler/lower/sqlite/features.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::FoldCase;
using palindrome::sql::TokenKind;

constexpr std::uint32_t kGenerated = 3031000;
constexpr std::uint32_t kStrict = 3037000;

struct Function {
  std::string_view name;
  std::uint32_t since;
};

// Those that came with or after the oldest engine. The mathematical ones are a
// build option as well, which no version tells.
constexpr Function kFunctions[] = {
    {"acos", 3035000},
    {"acosh", 3035000},
    {"asin", 3035000},
    {"asinh", 3035000},
    {"atan", 3035000},
    {"atan2", 3035000},
    {"atanh", 3035000},
    {"ceil", 3035000},
    {"ceiling", 3035000},
    {"concat", 3044000},
    {"concat_ws", 3044000},
    {"cos", 3035000},
    {"cosh", 3035000},
    {"degrees", 3035000},
    {"exp", 3035000},
    {"floor", 3035000},
    {"format", 3038000},
    {"if", 3048000},
    {"json_error_position", 3042000},
    {"json_pretty", 3046000},
    {"jsonb", 3045000},
    {"jsonb_array", 3045000},
    {"jsonb_each", 3051000},
    {"jsonb_extract", 3045000},
    {"jsonb_group_array", 3045000},
    {"jsonb_group_object", 3045000},
    {"jsonb_insert", 3045000},
    {"jsonb_object", 3045000},
    {"jsonb_patch", 3045000},
    {"jsonb_remove", 3045000},
    {"jsonb_replace", 3045000},
    {"jsonb_set", 3045000},
    {"jsonb_tree", 3051000},
    {"ln", 3035000},
    {"log", 3035000},
    {"log10", 3035000},
    {"log2", 3035000},
    {"mod", 3035000},
    {"octet_length", 3043000},
    {"pi", 3035000},
    {"pow", 3035000},
    {"power", 3035000},
    {"radians", 3035000},
    {"sign", 3035000},
    {"sin", 3035000},
    {"sinh", 3035000},
    {"sqrt", 3035000},
    {"string_agg", 3044000},
    {"substring", 3034000},
    {"tan", 3035000},
    {"tanh", 3035000},
    {"timediff", 3043000},
    {"trunc", 3035000},
    {"unhex", 3041000},
    {"unistr", 3050000},
    {"unistr_quote", 3050000},
    {"unixepoch", 3038000},
};

constexpr bool IsBefore(const Function& left, const Function& right) {
  return left.name < right.name;
}
static_assert(std::is_sorted(std::begin(kFunctions), std::end(kFunctions),
                             IsBefore));

struct Word {
  std::string folded;  // Empty for a name in quotes and a blob.
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
    const bool quoted =
        token.kind == TokenKind::kQuotedName || token.kind == TokenKind::kBlob;
    depth -= token.spelling == ")" ? 1 : 0;
    // The case of a string tells formats apart.
    words.push_back({quoted ? std::string()
                     : token.kind == TokenKind::kString
                         ? std::string(token.spelling)
                         : FoldCase(token.spelling),
                     depth});
    depth += token.spelling == "(" ? 1 : 0;
  }
}

class Scan {
 public:
  Scan(std::string_view sql, const std::vector<std::string>& stand_ins)
      : words_(Words(sql)), stand_ins_(stand_ins) {}

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

  bool IsOneOf(std::size_t at,
               std::initializer_list<std::string_view> set) const {
    return at < words_.size() &&
           std::find(set.begin(), set.end(), words_[at].folded) != set.end();
  }

  // Behind the parenthesis that closes the one at `at`.
  std::size_t Behind(std::size_t at) const {
    const int depth = words_[at].depth;
    ++at;
    while (at < words_.size() && words_[at].depth > depth) {
      ++at;
    }
    return at + 1;
  }

  // A column may be called `returning` too: the clause stands outside of
  // parentheses, and neither an operator nor a keyword of an expression stands
  // beside it.
  bool IsReturning(std::size_t at) const {
    return Is(at, {"returning"}) && words_[at].depth == 0 && at != 0 &&
           at + 1 != words_.size() &&
           !IsOneOf(at - 1, {".", ",", "=", "<", ">", "and", "or", "not", "set",
                             "where", "+", "-", "/", "||", "by", "into",
                             "update", "from", "table"}) &&
           !IsOneOf(at + 1, {".", ",", "=", "<", ">", "and", "or", "is", "in",
                             "+", "/", "||", "between", "like", "(", "set"});
  }

  // A name before a parenthesis that is neither a table with its columns nor
  // a common table expression.
  bool IsCall(std::size_t at) const {
    if (at + 1 >= words_.size() || words_[at + 1].folded != "(" ||
        (at != 0 && IsOneOf(at - 1, {".", "into", "table", "references",
                                     "exists", "view", "index", "trigger"}))) {
      return false;
    }
    const bool is_indexed_table = at != 0 && IsOneOf(at - 1, {"on"}) &&
                                  words_[0].folded == "create" &&
                                  words_[at].depth == 0;
    const std::size_t behind = Behind(at + 1);
    return !is_indexed_table &&
           !(Is(behind, {"as", "("}) || Is(behind, {"as", "materialized"}) ||
             Is(behind, {"as", "not"}));
  }

  // How many arguments the call at `at` has.
  std::size_t Arguments(std::size_t at) const {
    const int depth = words_[at].depth + 1;
    const std::size_t behind = Behind(at + 1);
    std::size_t count = 1;
    for (std::size_t i = at + 2; i + 1 < behind; ++i) {
      count += words_[i].depth == depth && words_[i].folded == "," ? 1U : 0U;
    }
    return count;
  }

  // UPDATE … SET … FROM.
  bool IsUpdateFrom(std::size_t at) const {
    if (!Is(at, {"update"})) {
      return false;
    }
    const int depth = words_[at].depth;
    bool is_set = false;
    for (++at; at < words_.size() && words_[at].depth >= depth; ++at) {
      if (words_[at].depth != depth) {
        continue;
      }
      if (IsOneOf(at, {";", "where"})) {
        return false;
      }
      if (Is(at, {"from"}) && !IsOneOf(at - 1, {"distinct"})) {
        return is_set;
      }
      is_set = is_set || Is(at, {"set"});
    }
    return false;
  }

  bool IsUpsert(std::size_t at) const {
    return Is(at, {"on", "conflict", "("}) || Is(at, {"on", "conflict", "do"});
  }

  // The second ON CONFLICT of an INSERT, or one without columns that updates.
  bool IsGeneralUpsert(std::size_t at) const {
    if (!IsUpsert(at)) {
      return false;
    }
    if (Is(at + 2, {"do", "update"})) {
      return true;
    }
    while (at-- > 0 && words_[at].folded != ";") {
      if (IsUpsert(at)) {
        return true;
      }
    }
    return false;
  }

  // `USING fts5(a, tokenize = 'trigram')`.
  bool IsTrigramIndex(std::size_t at) const {
    return Is(at, {"tokenize", "="}) && at + 2 < words_.size() &&
           FoldCase(words_[at + 2].folded).rfind("'trigram", 0) == 0;
  }

  // `1_000`.
  bool IsGroupedNumber(std::size_t at) const {
    const std::string& word = words_[at].folded;
    return !word.empty() && word[0] >= '0' && word[0] <= '9' &&
           word.find('_') != std::string::npos;
  }

  // ORDER BY among the arguments of an aggregate: neither of a SELECT nor of a
  // window.
  bool IsOrderedAggregate(std::size_t at) const {
    if (!Is(at, {"order", "by"}) || words_[at].depth == 0) {
      return false;
    }
    std::size_t open = at;
    while (open > 0 && words_[open].depth >= words_[at].depth) {
      --open;
    }
    return open != 0 && !IsOneOf(open - 1, {"over", "as"}) &&
           !IsOneOf(open + 1, {"select", "with", "values"});
  }

  // RAISE with a message that is computed.
  bool IsComputedRaise(std::size_t at) const {
    return Is(at, {"raise", "("}) && Behind(at + 1) > at + 7;
  }

  bool IsNewFrame(std::size_t at) const {
    return Is(at, {"exclude", "no", "others"}) ||
           Is(at, {"exclude", "current", "row"}) ||
           Is(at, {"exclude", "group"}) || Is(at, {"exclude", "ties"}) ||
           Is(at, {"groups", "between"}) || Is(at, {"groups", "unbounded"}) ||
           Is(at, {"groups", "current", "row"}) ||
           (Is(at, {"groups"}) && at + 2 < words_.size() &&
            words_[at + 2].folded == "preceding") ||
           IsRangeOfValues(at);
  }

  // RANGE BETWEEN 5 PRECEDING AND …
  bool IsRangeOfValues(std::size_t at) const {
    const std::size_t bound = Is(at + 1, {"between"}) ? at + 2 : at + 1;
    return Is(at, {"range"}) && words_[at].depth > 0 &&
           !IsOneOf(bound, {"unbounded", "current"}) &&
           IsOneOf(bound + 1, {"preceding", "following"});
  }

  // What the engine does not know in a format gives NULL.
  std::uint32_t NeededByFormat(std::string_view format) const {
    std::uint32_t needed = 0;
    for (std::size_t i = 0; i + 1 < format.size(); ++i) {
      if (format[i] != '%') {
        continue;
      }
      ++i;
      const std::string_view newer = "eFIklpPRTu";
      const std::string_view newest = "GgUV";
      needed =
          std::max<std::uint32_t>(needed, Holds(newer, format[i])    ? 3044000
                                          : Holds(newest, format[i]) ? 3046000
                                                                     : 0);
    }
    return needed;
  }
  static bool Holds(std::string_view letters, char letter) {
    return letters.find(letter) != std::string_view::npos;
  }

  // Of a function of times, by its format and modifiers.
  std::uint32_t NeededByTime(std::size_t at) const {
    if (!IsOneOf(at, {"date", "time", "datetime", "julianday", "unixepoch",
                      "strftime"})) {
      return 0;
    }
    std::uint32_t needed = Is(at, {"strftime"}) && at + 2 < words_.size()
                               ? NeededByFormat(words_[at + 2].folded)
                               : 0;
    const std::size_t behind = Behind(at + 1);
    for (std::size_t i = at + 2; i + 1 < behind; ++i) {
      const std::string word = FoldCase(words_[i].folded);
      if (word == "'auto'" || word == "'julianday'") {
        needed = std::max<std::uint32_t>(needed, 3038000);
      } else if (word == "'subsec'" || word == "'subsecond'") {
        needed = std::max<std::uint32_t>(needed, 3042000);
      } else if (word == "'ceiling'" || word == "'floor'") {
        needed = std::max<std::uint32_t>(needed, 3046000);
      }
    }
    return needed;
  }

  std::uint32_t NeededByCall(std::size_t at) const {
    const std::string& name = words_[at].folded;
    if (!IsCall(at) || std::find(stand_ins_.begin(), stand_ins_.end(), name) !=
                           stand_ins_.end()) {
      return 0;
    }
    if (const std::uint32_t needed = NeededByTime(at); needed != 0) {
      return std::max<std::uint32_t>(needed, name == "unixepoch" ? 3038000 : 0);
    }
    if (name == "iif" || name == "if") {
      const std::size_t arguments = Arguments(at);
      const std::uint32_t since = name == "if" ? 3048000 : 3032000;
      return std::max<std::uint32_t>(
          since, arguments > 3 ? 3049000 : (arguments < 3 ? 3048000 : 0));
    }
    const auto* found =
        std::lower_bound(std::begin(kFunctions), std::end(kFunctions),
                         Function{name, 0}, IsBefore);
    return found != std::end(kFunctions) && found->name == name ? found->since
                                                                : 0;
  }

  std::uint32_t NeededByClause(std::size_t at) const {
    if (IsComputedRaise(at)) {
      return 3047000;
    }
    if (IsGroupedNumber(at)) {
      return 3046000;
    }
    if (Is(at, {"contentless_delete", "="})) {
      return 3043000;
    }
    if (IsOrderedAggregate(at)) {
      return 3044000;
    }
    if (Is(at, {"is", "distinct", "from"}) ||
        Is(at, {"is", "not", "distinct", "from"}) || IsJoin(at, "right") ||
        IsJoin(at, "full")) {
      return 3039000;
    }
    if (Is(at, {"->"}) || Is(at, {"->>"})) {
      return 3038000;
    }
    if (IsReturning(at) || IsGeneralUpsert(at) ||
        Is(at, {"as", "materialized", "("}) ||
        Is(at, {"as", "not", "materialized", "("})) {
      return 3035000;
    }
    if (IsTrigramIndex(at)) {
      return 3034000;
    }
    if (IsUpdateFrom(at)) {
      return 3033000;
    }
    if (Is(at, {"nulls", "first"}) || Is(at, {"nulls", "last"}) ||
        Is(at, {")", "filter", "(", "where"})) {
      return 3030000;
    }
    return IsNewFrame(at) ? 3028000 : 0;
  }

  std::uint32_t NeededAt(std::size_t at) const {
    return std::max(NeededByClause(at), NeededByCall(at));
  }

  std::vector<Word> words_;
  const std::vector<std::string>& stand_ins_;
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

std::uint32_t NeededBy(std::string_view sql,
                       const std::vector<std::string>& stand_ins) {
  return Scan(sql, stand_ins).Needed();
}

}  // namespace palindrome::lower::sqlite
