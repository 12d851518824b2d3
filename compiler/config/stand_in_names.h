// The names that a configuration may give to stand-ins for the application's
// functions and collations.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CONFIG_STAND_IN_NAMES_H_
#define PALINDROME_COMPILER_CONFIG_STAND_IN_NAMES_H_

#include <string>
#include <string_view>

#include "compiler/rehearse/sqlite/facts.h"

namespace palindrome::config {

// What is wrong with the name, or an empty string.
std::string CheckFunction(std::string_view name,
                          const rehearse::sqlite::EngineFacts& engine);
std::string CheckCollation(std::string_view name,
                           const rehearse::sqlite::EngineFacts& engine);

}  // namespace palindrome::config

#endif  // PALINDROME_COMPILER_CONFIG_STAND_IN_NAMES_H_
