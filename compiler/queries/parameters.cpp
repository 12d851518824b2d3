// The parameters of a statement, and those that the program binds.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "compiler/queries/checker.h"
#include "compiler/queries/words.h"

namespace palindrome::queries {

using diagnostics::Kind;
using sql::Token;

namespace {

// The numbers that the statement's parameters have.
std::set<std::uint32_t> NumbersOf(std::string_view statement) {
  std::set<std::uint32_t> numbers;
  std::map<std::string_view, std::uint32_t> named;
  for (const Token& token : Tokens(statement)) {
    if (token.kind != sql::TokenKind::kVariable) {
      continue;
    }
    const std::uint32_t next = numbers.empty() ? 1 : *numbers.rbegin() + 1;
    std::uint32_t number = next;
    if (token.spelling.front() != '?') {
      number = named.emplace(token.spelling, next).first->second;
    } else if (token.spelling.size() > 1) {
      number = 0;
      for (const char digit : token.spelling.substr(1)) {
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
      }
    }
    numbers.insert(number);
  }
  return numbers;
}

std::string InWords(std::uint32_t count) {
  return count == 0   ? std::string("no parameter")
         : count == 1 ? std::string("1 parameter")
                      : std::to_string(count) + " parameters";
}

// "2", "2 and 3", "2, 3 and 4".
std::string Listed(const std::vector<std::uint32_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    text += i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ";
    text += std::to_string(numbers[i]);
  }
  return text;
}

}  // namespace

// `parameters`: the highest number, as the engine counts.
void Checker::JudgeParameters(const Query& query, std::string_view statement,
                              std::uint32_t parameters, Verdict& verdict) {
  if (!query.binds) {
    return;
  }
  const std::vector<std::uint32_t>& bound = query.binds->bound;
  const std::set<std::uint32_t> numbers = NumbersOf(statement);
  const auto is_bound = [&](std::uint32_t number) {
    return std::binary_search(bound.begin(), bound.end(), number);
  };
  const auto foreign = std::find_if(
      bound.begin(), bound.end(),
      [&](std::uint32_t number) { return !numbers.contains(number); });
  std::vector<std::uint32_t> missing;
  std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(missing),
               [&](std::uint32_t number) { return !is_bound(number); });
  Problem problem;
  problem.kind = Kind::kQueryParameters;
  if (!bound.empty() && bound.back() > parameters) {
    problem.message = "parameter " + std::to_string(bound.back()) +
                      " is bound, and the statement has " + InWords(parameters);
  } else if (foreign != bound.end()) {
    problem.message = "parameter " + std::to_string(*foreign) +
                      " is bound, and " +
                      (*foreign == 0 ? std::string("the first is 1")
                                     : "the statement has none of that number");
  } else if (!query.binds->complete || missing.empty()) {
    return;
  } else {
    problem.message = "the statement has " +
                      InWords(static_cast<std::uint32_t>(numbers.size())) +
                      ", and ";
    if (bound.empty()) {
      problem.message += "none is bound";
    } else if (missing.front() > bound.back()) {
      problem.message +=
          "none after " + std::to_string(bound.back()) + " is bound";
    } else {
      problem.message +=
          Listed(missing) +
          (missing.size() == 1 ? " is not bound" : " are not bound");
    }
  }
  verdict.problems.push_back(std::move(problem));
}

}  // namespace palindrome::queries
