// Places in C++ files and string constants of C++, as Clang found them.
//
// Values. A place's file is an index into `Unit::files` of the unit that the
// place is of.
#ifndef PALINDROME_COMPILER_FACTS_TEXT_H_
#define PALINDROME_COMPILER_FACTS_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace palindrome::facts {

// A half-open range of a file's bytes.
struct Place {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Place&) const = default;
};

// From byte `at` of a constant's value on, until the next run, byte follows
// byte in the file as in the value.
struct Run {
  std::uint32_t at = 0;
  std::uint32_t file = 0;
  std::uint32_t offset = 0;

  bool operator==(const Run&) const = default;
};

// A string constant. Its literals may be several, of several files, with
// escapes between: the runs lead from its bytes to those of the files.
struct Text {
  std::string value;  // UTF-8.
  Place place;        // The whole expression.
  std::vector<Run> runs;
  // Why the program says, where it is set, that it is not to be checked; empty:
  // it does not.
  std::string unchecked = {};

  bool operator==(const Text&) const = default;
};

// Where bytes of the value are written. The whole expression, if that is not
// known or is in several files.
Place PlaceOf(const Text& text, std::uint32_t begin, std::uint32_t end);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_TEXT_H_
