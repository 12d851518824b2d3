// One mistake gives one error: each token of the example's migrations is left
// out, written twice or misspelt, one at a time.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/sql_lexer.h"
#include "tests/golden/world.h"
#include "tests/support/files.h"
#include "tests/unit/compiler/driver/mistakes.h"

namespace palindrome::driver {
namespace {

using testing::FileMap;

// The example's history; not its lock file, under which each would be an edit.
FileMap Migrations() {
  FileMap files;
  for (const auto& entry : std::filesystem::directory_iterator(
           PALINDROME_TEST_ROOT "/migrations")) {
    if (entry.path().extension() == ".sql") {
      files["migrations/" + entry.path().filename().string()] =
          testing::ReadFile(entry.path());
    }
  }
  return files;
}

class OneMistakeTest : public ::testing::TestWithParam<int> {};

constexpr int kParts = 4;

TEST_P(OneMistakeTest, GivesOneError) {
  const FileMap kFiles = Migrations();
  History history(kFiles, {"check"});
  ASSERT_FALSE(history.HasErrors());
  std::size_t mistakes = 0;
  std::size_t found = 0;
  int number = 0;
  for (const auto& [path, text] : kFiles) {
    for (const sql::Token& token : TokensOf(text)) {
      for (const Mistake mistake : kMistakes) {
        if (Make(text, token, mistake) == text ||
            number++ % kParts != GetParam()) {
          continue;
        }
        const std::size_t errors =
            ExpectOneError(history, path, text, token, mistake);
        ++mistakes;
        found += errors > 0 ? 1 : 0;
      }
    }
  }
  // The rest is valid, such as an index of another name.
  EXPECT_GE(mistakes, 300U);
  EXPECT_GE(found * 100, mistakes * 80);
}

INSTANTIATE_TEST_SUITE_P(Parts, OneMistakeTest, ::testing::Range(0, kParts));

}  // namespace
}  // namespace palindrome::driver
