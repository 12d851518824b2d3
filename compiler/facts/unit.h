// What Clang found in one translation unit: the structs that are marked as
// tables, and the calls that are given SQL.
//
// A value, and its form as JSON, in which the program that has Clang hands it
// over, and which is kept between builds.
#ifndef PALINDROME_COMPILER_FACTS_UNIT_H_
#define PALINDROME_COMPILER_FACTS_UNIT_H_

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/facts/calls.h"
#include "compiler/facts/structs.h"
#include "compiler/facts/text.h"

namespace palindrome::facts {

struct SourceFile {
  std::string path;    // Absolute.
  std::string digest;  // SHA-256 of its bytes.

  bool operator==(const SourceFile&) const = default;
};

struct ParseError {
  Place place;
  std::string message;

  bool operator==(const ParseError&) const = default;
};

struct Unit {
  // Every file that was read, the source first.
  std::vector<SourceFile> files;
  // Why Clang could not read all of it; what it could is there all the same.
  std::vector<ParseError> errors;
  std::vector<Struct> structs;
  std::vector<StrayMark> strays;
  Calls calls;

  bool operator==(const Unit&) const = default;
};

std::string WriteUnit(const Unit& unit);

// No value: it is none, or one of another version, or contradicts itself.
std::optional<Unit> ReadUnit(llvm::StringRef json);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_UNIT_H_
