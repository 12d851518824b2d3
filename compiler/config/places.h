// Where palindrome.toml says what shows to be wrong later, beside a history.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_CONFIG_PLACES_H_
#define PALINDROME_COMPILER_CONFIG_PLACES_H_

#include <string_view>

#include "compiler/source/source.h"

namespace palindrome::config {

// Of the name among the tables that no struct is; without it, of the file.
source::Location FindUnmodelled(const source::File& file,
                                std::string_view name);

}  // namespace palindrome::config

#endif  // PALINDROME_COMPILER_CONFIG_PLACES_H_
