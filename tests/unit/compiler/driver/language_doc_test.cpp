// The examples of compiler/docs/language.md, as one folder, build without a
// finding.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/ADT/StringRef.h"

#include "compiler/driver/slug.h"
#include "tests/golden/world.h"
#include "tests/support/files.h"

namespace palindrome::driver {
namespace {

// The fenced blocks of a language.
std::vector<std::string> Blocks(llvm::StringRef text, const char* language) {
  std::vector<std::string> blocks;
  const std::string fence = std::string("\n```") + language + "\n";
  for (std::size_t begin = text.find(fence); begin != llvm::StringRef::npos;
       begin = text.find(fence, begin)) {
    begin += fence.size();
    const std::size_t end = text.find("\n```\n", begin);
    blocks.push_back(text.slice(begin, end + 1).str());
    begin = end + 1;
  }
  return blocks;
}

std::string Between(const std::string& text, const std::string& from) {
  const std::size_t begin = text.find(from + "'") + from.size() + 1;
  return text.substr(begin, text.find('\'', begin) - begin);
}

// "2025-01-15 14:30:22" as "20250115_143022".
std::string Stamp(const std::string& created) {
  std::string stamp;
  for (const char character : created) {
    if (character == ' ') {
      stamp += '_';
    } else if (character >= '0' && character <= '9') {
      stamp += character;
    }
  }
  return stamp;
}

TEST(LanguageDocTest, ExamplesBuildWithoutAFinding) {
  const std::string text =
      testing::ReadFile(PALINDROME_TEST_ROOT "/compiler/docs/language.md");
  testing::World world;
  const std::vector<std::string> migrations = Blocks(text, "sql");
  ASSERT_GE(migrations.size(), 4U);
  for (const std::string& migration : migrations) {
    world.files()["migrations/" + Stamp(Between(migration, "CREATED  ")) + "_" +
                  MakeSlug(Between(migration, "MIGRATION ")) + ".sql"] =
        migration;
  }
  const std::vector<std::string> configurations = Blocks(text, "toml");
  ASSERT_EQ(configurations.size(), 1U);
  world.files()["migrations/palindrome.toml"] = configurations.front();
  // Each drop and rebuild has notes of these groups.
  const testing::Outcome outcome = world.Run(
      {"check", "--rules", "compatibility=off", "--rules", "locking=off"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out,
            std::to_string(migrations.size()) + " migrations, no findings\n");
}

}  // namespace
}  // namespace palindrome::driver
