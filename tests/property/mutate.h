// Downgrades that are not quite right: a list of statements with one thing
// changed.
//
// Pure functions of the random numbers, for any thread.
#ifndef PALINDROME_TESTS_PROPERTY_MUTATE_H_
#define PALINDROME_TESTS_PROPERTY_MUTATE_H_

#include <string>
#include <vector>

#include "tests/property/random.h"

namespace palindrome::property {

struct Mutant {
  std::vector<std::string> statements;
  std::string what;  // "drop", "repeat", "swap", "name", "type", …
};

// One statement is dropped, repeated, moved behind the next one or altered:
// in a name (for one of `names`), a type, a literal, a clause that is left out
// or put in, an action, an operator, or the order of a list. The statements are
// not none.
Mutant Mutate(const std::vector<std::string>& statements,
              const std::vector<std::string>& names, Random& random);

// The words and quoted names of the text that are no keywords, without their
// quotes.
std::vector<std::string> NamesIn(const std::vector<std::string>& statements);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_MUTATE_H_
