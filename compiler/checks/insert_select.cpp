#include "compiler/checks/insert_select.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

// Words by which a row that is selected is no longer a row of the table.
bool MakesOtherRows(const ast::Token& token) {
  static constexpr std::string_view kWords[] = {
      "avg",       "count",     "cross",  "distinct",     "except",
      "full",      "group",     "having", "group_concat", "inner",
      "join",      "intersect", "left",   "limit",        "max",
      "min",       "natural",   "on",     "over",         "right",
      "returning", "sum",       "total",  "union",        "window"};
  return std::any_of(
      std::begin(kWords), std::end(kWords),
      [&](std::string_view word) { return IsWord(token, word); });
}

class InsertSelectReader {
 public:
  explicit InsertSelectReader(const Tokens& tokens) : tokens_(tokens) {}

  std::vector<std::string> ReadTargets() {
    InsertSelect copy;
    return FindTargets(copy) ? copy.targets : std::vector<std::string>();
  }

  // No value if it is none.
  std::optional<InsertSelect> Read() {
    InsertSelect copy;
    if (!FindTargets(copy) || !Word("select")) {
      return std::nullopt;
    }
    Word("all");
    if (!Values(copy)) {
      return std::nullopt;
    }
    const auto source = Name();
    if (!source) {
      return std::nullopt;
    }
    copy.source = *source;
    if (Word("as") || !(At("") || IsWord(tokens_[at_], "where") ||
                        IsWord(tokens_[at_], "order"))) {
      if (!Name()) {
        return std::nullopt;
      }
    }
    return Ends(copy) ? std::optional(std::move(copy)) : std::nullopt;
  }

 private:
  bool FindTargets(InsertSelect& copy) {
    while (at_ < tokens_.size() && !IsWord(tokens_[at_], "into")) {
      ++at_;
    }
    ++at_;
    if (!Name()) {
      return false;
    }
    if (Word("as")) {
      Name();
    }
    return Targets(copy);
  }

  // Of the token here; "" at the end.
  bool At(std::string_view spelling) const {
    return at_ < tokens_.size() ? tokens_[at_].spelling == spelling
                                : spelling.empty();
  }

  bool Word(std::string_view word) {
    const bool is = at_ < tokens_.size() && IsWord(tokens_[at_], word);
    at_ += is ? 1 : 0;
    return is;
  }

  // A name without its schema.
  std::optional<std::string> Name() {
    if (at_ + 2 < tokens_.size() && tokens_[at_ + 1].spelling == ".") {
      at_ += 2;
    }
    if (at_ >= tokens_.size() || !IsName(tokens_[at_])) {
      return std::nullopt;
    }
    return NameOf(tokens_[at_++]);
  }

  bool Targets(InsertSelect& copy) {
    if (!At("(")) {
      return true;
    }
    do {
      ++at_;
      const auto name = Name();
      if (!name) {
        return false;
      }
      copy.targets.push_back(*name);
    } while (At(","));
    const bool is_closed = At(")");
    ++at_;
    return is_closed;
  }

  // Up to FROM, which is passed.
  bool Values(InsertSelect& copy) {
    copy.values.emplace_back();
    for (int depth = 0; at_ < tokens_.size(); ++at_) {
      const ast::Token& token = tokens_[at_];
      if (MakesOtherRows(token)) {
        return false;
      }
      depth += token.spelling == "(" ? 1 : token.spelling == ")" ? -1 : 0;
      if (depth == 0 && Word("from")) {
        return true;
      }
      if (depth == 0 && token.spelling == ",") {
        copy.values.emplace_back();
      } else {
        copy.values.back().push_back(token);
      }
    }
    return false;
  }

  // Whether nothing stands here but a condition and an order.
  bool Ends(InsertSelect& copy) {
    copy.is_whole = !Word("where");
    bool is_order = false;
    int depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      const ast::Token& token = tokens_[at_];
      depth += token.spelling == "(" ? 1 : token.spelling == ")" ? -1 : 0;
      is_order = is_order || (depth == 0 && IsWord(token, "order"));
      if (depth == 0 &&
          (MakesOtherRows(token) || (copy.is_whole && !is_order) ||
           (token.spelling == "," && !is_order))) {
        return false;
      }
      if (!is_order) {
        copy.filtered.insert(NameOf(token));
      }
    }
    return true;
  }

  const Tokens& tokens_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<InsertSelect> ReadInsertSelect(const Tokens& tokens) {
  return InsertSelectReader(tokens).Read();
}

std::vector<std::string> InsertTargets(const Tokens& tokens) {
  return InsertSelectReader(tokens).ReadTargets();
}

std::string BareColumn(const Tokens& value) {
  std::size_t size = value.size();
  if (size > 2 && IsWord(value[size - 2], "as")) {
    size -= 2;
  }
  const bool is_qualified = size == 3 && value[1].spelling == ".";
  if (size != 1 && !is_qualified) {
    return "";
  }
  const ast::Token& last = value[size - 1];
  return last.spelling == "*" || IsName(last) ? NameOf(last) : "";
}

}  // namespace palindrome::checks
