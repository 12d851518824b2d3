// Names, types and expressions of random schemas, as SQL. There are few names,
// so that they meet. Pure functions of the random numbers, for any thread.
#ifndef PALINDROME_TESTS_PROPERTY_GENERATE_WORDS_H_
#define PALINDROME_TESTS_PROPERTY_GENERATE_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tests/property/random.h"

namespace palindrome::property {

// Without quotes.
std::string TableName(Random& random);
std::string ColumnName(Random& random);
std::string ConstraintName(Random& random);
std::string IndexName(Random& random);
std::string ViewName(Random& random);
std::string TriggerName(Random& random);

// The name in one of the spellings that mean it.
std::string Spelt(std::string_view name, Random& random);
// `(a, "b")`.
std::string Spelt(const std::vector<std::string>& names, Random& random);

std::string TypeName(bool strict, Random& random);
std::string Literal(Random& random);
// What may stand behind DEFAULT.
std::string DefaultValue(Random& random);

// A value or a condition over columns, which come as SQL.
std::string Value(const std::vector<std::string>& columns, Random& random);
std::string Condition(const std::vector<std::string>& columns, Random& random);

// Some of the names in random order, at least one.
std::vector<std::string> Some(std::vector<std::string> names, std::size_t most,
                              Random& random);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_GENERATE_WORDS_H_
