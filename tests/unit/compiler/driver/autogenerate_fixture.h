// `revision --autogenerate`, `diff models` and `models` on real C++, in memory.
//
// One thread.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_DRIVER_AUTOGENERATE_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_COMPILER_DRIVER_AUTOGENERATE_FIXTURE_H_

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/world.h"
#include "tests/support/cpp_units.h"

namespace palindrome::driver {

class AutogenerateTest : public ::testing::Test {
 protected:
  AutogenerateTest() {
    world_.SetReadUnits([this](llvm::ArrayRef<facts::CompileCommand> commands,
                               const facts::ReadOptions& options) {
      commands_ = commands.vec();
      options_ = options;
      return testing::ReadUnitsInMemory(world_.files(), commands);
    });
    world_.files()["migrations/palindrome.toml"] = "";
  }
  void SetHistory(const std::string& statements) {
    world_.files()["migrations/20250101_120000_create_tables.sql"] =
        "MIGRATION 'create tables' REVISION 'a1' REVISES NONE;\n"
        "UPGRADE BEGIN\n" +
        statements + "END;\nDOWNGRADE AUTO;\n";
  }
  void SetModels(const std::string& text) {
    world_.files()["models.h"] =
        "#include <palindrome/model.h>\n#include <cstdint>\n"
        "#include <optional>\n#include <string>\n" +
        text;
  }
  testing::Outcome Run(std::vector<std::string> args) {
    args.insert(args.end(), {"--", "-std=c++20"});
    return world_.Run(args);
  }
  // The sections of the draft, after those of the history and the models.
  std::string Draft() {
    const auto outcome = Run({"revision", "--autogenerate", "-m", "add things",
                              "--rev-id", "b2", "--models", "models.h"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    remarks_ = outcome.err;
    if (outcome.written.size() != 1) {
      return "";
    }
    text_ = outcome.written[0].content;
    EXPECT_THAT(text_, ::testing::HasSubstr("\n  DRAFT;\n"));
    return text_.substr(text_.find("UPGRADE BEGIN"));
  }
  // Without the word DRAFT, and with the blanks filled in, it builds and leads
  // to the models.
  void ExpectBuilds(const std::string& value = "1") {
    for (auto& [name, text] : world_.files()) {
      if (name.find("add_things") == std::string::npos) {
        continue;
      }
      text.erase(text.find("\n  DRAFT"), 8);
      for (std::size_t at = text.find("<value>"); at != std::string::npos;
           at = text.find("<value>")) {
        text.replace(at, 7, value);
      }
    }
    const auto check = world_.Run({"check"});
    EXPECT_EQ(check.status, 0) << check.err << text_;
    const auto models = Run({"models", "--check", "models.h"});
    EXPECT_EQ(models.status, 0) << models.err;
  }

  testing::World world_;
  std::vector<facts::CompileCommand> commands_;
  facts::ReadOptions options_;
  std::string remarks_;
  std::string text_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_TESTS_UNIT_COMPILER_DRIVER_AUTOGENERATE_FIXTURE_H_
