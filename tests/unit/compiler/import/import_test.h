// A history spelt as text, so that a test reads as a folder and what is made
// of it.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_IMPORT_IMPORT_TEST_H_
#define PALINDROME_TESTS_UNIT_COMPILER_IMPORT_IMPORT_TEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/formats.h"

namespace palindrome::importer {

using Texts = std::vector<std::string>;

// Checks what is true of every history, and that `format` reads it.
ForeignHistory ReadAs(std::string_view format, ForeignFolder folder);

Texts Names(const ForeignHistory& history);
Texts Titles(const ForeignHistory& history);
Texts Dates(const ForeignHistory& history);
Texts Ups(const ForeignHistory& history);
Texts Downs(const ForeignHistory& history);  // "none" where there is none.
Texts Failures(const ForeignHistory& history);

// The name of the format that is recognized; "none".
std::string Recognized(ForeignFolder folder);

}  // namespace palindrome::importer

#endif  // PALINDROME_TESTS_UNIT_COMPILER_IMPORT_IMPORT_TEST_H_
