// The configuration that `init` writes, with every example in force.
#include <string>

#include <gtest/gtest.h>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Regex.h"

#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

// Examples without the `# ` before them.
std::string WithExamples(llvm::StringRef text) {
  const llvm::Regex example(R"(^# (\[[a-z]+\]|[a-z_-]+ = .*)$)");
  std::string result;
  while (!text.empty()) {
    const auto [line, rest] = text.split('\n');
    text = rest;
    result += (example.match(line) ? line.drop_front(2) : line).str() + "\n";
  }
  return result;
}

TEST(InitTest, EveryExampleOfTheConfigurationIsRead) {
  testing::World world;
  ASSERT_EQ(world.Run({"init"}).status, 0);
  std::string& text = world.files()["migrations/palindrome.toml"];
  text = WithExamples(text);
  for (const char* key : {"\n[rules]\n", "\n[names]\n", "\n[queries]\n",
                          "\ndeployment = ", "\nrehearse = \"data\"\n"}) {
    EXPECT_NE(text.find(key), std::string::npos) << key << " in " << text;
  }
  world.files()["migrations/20250101_000000_create_notes.sql"] =
      "MIGRATION 'create notes' REVISION 'a1' REVISES NONE;\n"
      "UPGRADE BEGIN\n"
      "  CREATE TABLE notes (id INTEGER PRIMARY KEY);\n"
      "END;\n"
      "DOWNGRADE AUTO;\n";
  const testing::Outcome outcome = world.Run({"check"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
}

}  // namespace
}  // namespace palindrome::driver
