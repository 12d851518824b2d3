// Which tables the body of a view or trigger names itself.

#include <algorithm>
#include <initializer_list>
#include <set>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/slice.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

// Where the names of a body's tables stand: behind FROM and JOIN, and behind
// the commas of a FROM clause.
class TablePlaces {
 public:
  explicit TablePlaces(const ast::Expression& body) : tokens_(body.tokens) {}

  // The numbers of the tokens.
  std::vector<std::size_t> Find() {
    std::vector<std::size_t> places;
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (!Follow() && expects_.back()) {
        // What stands before a dot is the schema.
        if (at_ + 1 < tokens_.size() && tokens_[at_ + 1].spelling == ".") {
          ++at_;
          continue;
        }
        expects_.back() = false;
        places.push_back(at_);
      }
    }
    return places;
  }

 private:
  bool Is(std::string_view word) const {
    return sql::EqualsIgnoringCase(tokens_[at_].spelling, word);
  }

  bool IsOneOf(std::initializer_list<std::string_view> words) const {
    return std::any_of(words.begin(), words.end(),
                       [this](std::string_view word) { return Is(word); });
  }

  // Whether the token moves the clause that the names stand in.
  bool Follow() {
    if (Is("(")) {
      // A list of tables goes on inside; so does nothing else.
      const bool expects = expects_.back();
      expects_.back() = false;
      in_from_.push_back(expects);
      expects_.push_back(expects);
    } else if (Is(")")) {
      if (expects_.size() > 1) {
        in_from_.pop_back();
        expects_.pop_back();
      }
    } else if (IsOneOf({"from", "join"})) {
      in_from_.back() = true;
      expects_.back() = true;
    } else if (Is(",")) {
      expects_.back() = in_from_.back();
    } else if (IsOneOf({"select", "where", "group", "order", "having", "limit",
                        "union", "except", "intersect", "window", "values",
                        "set", "returning", ";"})) {
      in_from_.back() = false;
      expects_.back() = false;
    } else {
      return false;
    }
    return true;
  }

  const std::vector<ast::Token>& tokens_;
  std::size_t at_ = 0;
  // For each open parenthesis.
  std::vector<bool> in_from_ = {false};
  std::vector<bool> expects_ = {false};
};

std::set<std::string> NamesOf(const ast::Token& token) {
  const auto names = ast::AllNames({{token}});
  return {names.begin(), names.end()};
}

}  // namespace

std::set<std::string> NamedTables(const ast::Expression& body) {
  std::set<std::string> names;
  for (const std::size_t place : TablePlaces(body).Find()) {
    names.merge(NamesOf(body.tokens[place]));
  }
  return names;
}

ast::Expression WithoutTables(const ast::Expression& body) {
  const auto places = TablePlaces(body).Find();
  ast::Expression rest;
  for (std::size_t i = 0; i < body.tokens.size(); ++i) {
    const std::string_view before =
        i == 0 ? std::string_view() : body.tokens[i - 1].spelling;
    const bool is_written = sql::EqualsIgnoringCase(before, "into") ||
                            sql::EqualsIgnoringCase(before, "update");
    if (!is_written && !std::binary_search(places.begin(), places.end(), i)) {
      rest.tokens.push_back(body.tokens[i]);
    }
  }
  return rest;
}

}  // namespace palindrome::catalog
