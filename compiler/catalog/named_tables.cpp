// Which tables the body of a view or trigger names itself.

#include <algorithm>
#include <initializer_list>
#include <set>

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

// Where the names of a body's tables stand: behind FROM and JOIN, and behind
// the commas of a FROM clause.
class TablePlaces {
 public:
  explicit TablePlaces(const ast::Expression& body) : tokens_(body.tokens) {}

  std::set<std::string> Find() {
    std::set<std::string> names;
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (!Follow() && expects_.back()) {
        // What stands before a dot is the schema.
        if (at_ + 1 < tokens_.size() && tokens_[at_ + 1].spelling == ".") {
          ++at_;
          continue;
        }
        expects_.back() = false;
        for (std::string& name : ast::AllNames({{tokens_[at_]}})) {
          names.insert(std::move(name));
        }
      }
    }
    return names;
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

}  // namespace

std::set<std::string> NamedTables(const ast::Expression& body) {
  return TablePlaces(body).Find();
}

}  // namespace palindrome::catalog
