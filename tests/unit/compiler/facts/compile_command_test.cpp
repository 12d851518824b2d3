#include "compiler/facts/compile_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palindrome::facts {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Problem(llvm::StringRef text) {
  auto commands = ReadCompileCommands(text, "/build");
  return commands ? "" : llvm::toString(commands.takeError());
}

TEST(CompileCommandTest, ReadsBothForms) {
  auto commands = ReadCompileCommands(
      R"([{"directory": "/b", "file": "../s/a b.cpp",
           "command": "c++ -DX=\"a b\" -c '../s/a b.cpp'"},
          {"directory": "sub", "file": "/s/c.cpp",
           "arguments": ["clang++", "-I", "with space", "/s/c.cpp"],
           "output": "c.o"}])",
      "/build");
  ASSERT_TRUE(static_cast<bool>(commands));
  ASSERT_EQ(commands->size(), 2U);
  EXPECT_EQ((*commands)[0].file, "/s/a b.cpp");
  EXPECT_EQ((*commands)[0].directory, "/b");
  EXPECT_THAT((*commands)[0].arguments,
              ElementsAre("c++", "-DX=a b", "-c", "../s/a b.cpp"));
  EXPECT_EQ((*commands)[1].directory, "/build/sub");
  EXPECT_THAT((*commands)[1].arguments,
              ElementsAre("clang++", "-I", "with space", "/s/c.cpp"));
}

TEST(CompileCommandTest, WhatIsNoneIsSaid) {
  EXPECT_THAT(Problem("[{"), HasSubstr("Expected"));
  EXPECT_THAT(Problem("{}"), HasSubstr("no list of compile commands"));
  EXPECT_THAT(Problem("[1]"), HasSubstr("entry 1 is no compile command"));
  EXPECT_THAT(Problem(R"([{"directory":"/b","file":"a.cpp"}])"),
              HasSubstr("entry 1 is no compile command"));
  EXPECT_THAT(Problem(R"([{"directory":"/b","file":"a.cpp","arguments":[1]}])"),
              HasSubstr("entry 1 is no compile command"));
  EXPECT_EQ(Problem("[]"), "");
}

}  // namespace
}  // namespace palindrome::facts
