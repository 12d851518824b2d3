// C++ of golden files, as a Clang that knows little would read it: each
// `Run("…")`, or with a raw literal, in a function hands SQL to SQLite,
// `Run("…", N)` binds N parameters to it as well, and `Run(word)` hands it what
// is no constant. Each `struct TABLE("name") Name { type field; … };` is a
// model, whose types are `int`, `string` and others; `#error` is an error.
//
// A pure function.
#ifndef PALINDROME_TESTS_GOLDEN_CPP_READER_H_
#define PALINDROME_TESTS_GOLDEN_CPP_READER_H_

#include <string>

#include "compiler/facts/unit.h"

namespace palindrome::testing {

facts::Unit ReadFewCpp(const std::string& path, const std::string& text);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_GOLDEN_CPP_READER_H_
