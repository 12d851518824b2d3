// A golden file: commands, the files that they meet, and what they say.
//
//   # Comments.
//   === 20250101_120000_create_users.sql
//   …                               a file of migrations/; with a `/` in its
//                                   name it stands below the project instead
//   === delete NAME                 takes a file away again
//   === args
//   check --locked                  one command a line; without: `check`
//   === expect
//   …                               stdout, stderr and the files written
//   exit: 1
//
// Sections count from their place on: after an `expect`, files may change and
// another command may follow, which meets what the one before has written.
// Values; one thread.
#ifndef PALINDROME_TESTS_GOLDEN_GOLDEN_FILE_H_
#define PALINDROME_TESTS_GOLDEN_GOLDEN_FILE_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "tests/golden/world.h"

namespace palindrome::testing {

struct Section {
  std::string heading;  // What follows `=== `; empty for what comes first.
  std::string body;
};

struct GoldenFile {
  std::vector<Section> sections;
};

GoldenFile ParseGolden(std::string_view text);
std::string FormatGolden(const GoldenFile& golden);

// The paths of the golden files below tests/golden, sorted.
std::vector<std::string> GoldenNames();
std::filesystem::path GoldenPath(const std::string& name);
std::string ReadGolden(const std::string& name);

std::vector<std::string> SplitArguments(llvm::StringRef line);

// What one `expect` meets, but for the files that commands have written.
struct Stage {
  FileMap files;
  std::vector<std::string> commands;
  std::string expected;
};

std::vector<Stage> StagesOf(const GoldenFile& golden);

// The file with the bodies of its `expect` sections as they come out.
GoldenFile RunGolden(const GoldenFile& golden);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_GOLDEN_GOLDEN_FILE_H_
