// The formatter on every migration of the repository: nothing is lost, and what
// is formatted stays as it is.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/checks/page.h"
#include "compiler/checks/rule.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "tests/support/files.h"
#include "tests/support/format_properties.h"

namespace palindrome::format {
namespace {

std::vector<std::filesystem::path> FilesBelow(const std::string& folder,
                                              const std::string& extension) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           PALINDROME_TEST_ROOT "/" + folder)) {
    if (entry.path().extension() == extension) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  EXPECT_FALSE(paths.empty()) << folder;
  return paths;
}

TEST(CorporaTest, GoldenFiles) {
  for (const auto& path : FilesBelow("tests/golden", ".golden")) {
    for (const checks::ExampleFile& file :
         checks::SplitExample(testing::ReadFile(path))) {
      EXPECT_EQ(testing::FindFormatFault(file.text), "") << path;
    }
  }
}

TEST(CorporaTest, ExamplesOfTheRules) {
  for (const checks::Rule* rule : checks::AllRules()) {
    for (const llvm::StringRef folder :
         {llvm::StringRef(rule->bad), llvm::StringRef(rule->good)}) {
      for (const checks::ExampleFile& file : checks::SplitExample(folder)) {
        EXPECT_EQ(testing::FindFormatFault(file.text), "") << file.name;
      }
    }
  }
}

TEST(CorporaTest, FuzzedMigrations) {
  for (const auto& entry : std::filesystem::directory_iterator(
           PALINDROME_TEST_ROOT "/tests/fuzz/corpus/migration")) {
    EXPECT_EQ(testing::FindFormatFault(testing::ReadFile(entry.path())), "")
        << entry;
  }
}

// Of the repository's own migrations.
TEST(CorporaTest, OurOwnAreFormatted) {
  std::size_t formatted = 0;
  for (const char* folder : {"migrations", "tests/e2e/library"}) {
    for (const auto& path : FilesBelow(folder, ".sql")) {
      const std::string text = testing::ReadFile(path);
      EXPECT_EQ(testing::FindFormatFault(text), "") << path;
      const source::File file(path.string(), text);
      diagnostics::Emitter emitter;
      EXPECT_EQ(Format(parse::ParseMigration(file, emitter)), text) << path;
      ++formatted;
    }
  }
  EXPECT_GE(formatted, 9U);
}

}  // namespace
}  // namespace palindrome::format
