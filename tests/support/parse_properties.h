// What holds of any text that the front end is given; unit tests and fuzzers
// check it.
//
// Pure functions: empty, or what does not hold, with the text that shows it.
#ifndef PALINDROME_TESTS_SUPPORT_PARSE_PROPERTIES_H_
#define PALINDROME_TESTS_SUPPORT_PARSE_PROPERTIES_H_

#include <string>

#include "compiler/ast/statement.h"

namespace palindrome::testing {

// Printed and parsed again, a statement is what it was.
std::string FindRoundTripFault(const ast::Statement& statement);

// Parsing ends and finds fault with what it could not read, within the file;
// what it could read prints and parses again.
std::string FindStatementFault(const std::string& text);
std::string FindMigrationFault(const std::string& text);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_PARSE_PROPERTIES_H_
