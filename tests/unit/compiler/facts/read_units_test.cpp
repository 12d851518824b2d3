// Through the real program: what is parsed, what is kept, and when it is not.
#include "compiler/facts/read_units.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace palindrome::facts {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ReadUnitsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    llvm::SmallString<128> folder;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("units", folder));
    folder_ = folder.str().str();
    options_.cache = folder_ + "/kept";
    Write("a.h", "#pragma once\nint a();\n");
    Write("a.cpp", "#include \"a.h\"\n#include <string>\nint b = a();\n");
  }
  void TearDown() override { llvm::sys::fs::remove_directories(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
  }
  CompileCommand Command(const std::string& name) {
    return {folder_ + "/" + name, folder_, {"c++", "-std=c++20", "-c", name}};
  }
  UnitsRead Read() {
    auto units = ReadUnits(PALINDROME_CLANG, {Command("a.cpp")}, options_);
    if (!units) {
      ADD_FAILURE() << llvm::toString(units.takeError());
      return {};
    }
    return *units;
  }

  std::string folder_;
  ReadOptions options_;
};

TEST_F(ReadUnitsTest, WhatDidNotChangeIsNotParsedAgain) {
  const UnitsRead first = Read();
  EXPECT_EQ(first.parsed, 1U);
  ASSERT_TRUE(first.units.at(0).has_value());
  EXPECT_THAT(first.units[0]->errors, SizeIs(0));
  EXPECT_EQ(first.units[0]->files.at(0).path, folder_ + "/a.cpp");
  const UnitsRead second = Read();
  EXPECT_EQ(second.parsed, 0U);
  EXPECT_EQ(second.units, first.units);
}

TEST_F(ReadUnitsTest, AHeaderThatChangedIsNoticed) {
  Read();
  Write("a.h", "#pragma once\nlong a();\n");
  EXPECT_EQ(Read().parsed, 1U);
  EXPECT_EQ(Read().parsed, 0U);
}

// It may be one that the build makes.
TEST_F(ReadUnitsTest, AHeaderThatComesLaterIsNoticed) {
  Write("a.cpp", "#include \"late.h\"\nint b = kLate;\n");
  EXPECT_FALSE(Read().units.at(0)->errors.empty());
  Write("late.h", "#define kLate 1\n");
  const UnitsRead read = Read();
  EXPECT_EQ(read.parsed, 1U);
  EXPECT_THAT(read.units.at(0)->errors, SizeIs(0));
  EXPECT_EQ(Read().parsed, 0U);
}

TEST_F(ReadUnitsTest, ResponseFilesAreRead) {
  Write("a.cpp", "int b = VALUE;\n");
  Write("flags", "-DVALUE=1\n-fno-such-thing");
  CompileCommand command = Command("a.cpp");
  command.arguments.insert(command.arguments.begin() + 1, "@flags");
  const auto parsed = [&] {
    auto read = ReadUnits(PALINDROME_CLANG, {command}, options_);
    EXPECT_TRUE(static_cast<bool>(read));
    for (const ParseError& error : read->units.at(0)->errors) {
      ADD_FAILURE() << error.message;
    }
    return read->parsed;
  };
  EXPECT_EQ(parsed(), 1U);
  EXPECT_EQ(parsed(), 0U);
  Write("flags", "-DVALUE=2");
  EXPECT_EQ(parsed(), 1U);
  Write("flags", "");
  auto read = ReadUnits(PALINDROME_CLANG, {command}, options_);
  ASSERT_TRUE(static_cast<bool>(read));
  EXPECT_THAT(read->units.at(0)->errors, SizeIs(1));
}

TEST_F(ReadUnitsTest, AnotherQuestionIsParsedAgain) {
  Read();
  options_.query_functions = {"Run:1"};
  EXPECT_EQ(Read().parsed, 1U);
}

TEST_F(ReadUnitsTest, DamagedOnesAreParsedAgain) {
  Read();
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(options_.cache, error), end;
       it != end && !error; it.increment(error)) {
    std::ofstream(it->path(), std::ios::app) << "x";
  }
  EXPECT_EQ(Read().parsed, 1U);
}

TEST_F(ReadUnitsTest, WithoutACacheNothingIsLeft) {
  options_.cache = "";
  EXPECT_EQ(Read().parsed, 1U);
  EXPECT_EQ(Read().parsed, 1U);
}

TEST_F(ReadUnitsTest, ACacheThatCannotBeWrittenIsNoFailure) {
  // Even the superuser makes no folder below a file, and no file in /proc.
  for (const std::string& cache : {folder_ + "/a.h/kept", folder_ + "/a.h",
                                   std::string("/proc/self/fdinfo")}) {
    options_.cache = cache;
    for (int round = 0; round < 2; ++round) {
      const UnitsRead read = Read();
      EXPECT_EQ(read.parsed, 1U);
      ASSERT_EQ(read.units.size(), 1U);
      EXPECT_TRUE(read.units[0].has_value());
      EXPECT_THAT(read.not_kept, HasSubstr("`" + cache + "` cannot be "));
    }
  }
  options_.cache = folder_ + "/kept";
  EXPECT_EQ(Read().not_kept, "");
}

// As of another user's build, or of an image that is read-only.
TEST_F(ReadUnitsTest, ACacheThatCannotBeWrittenIsReadAllTheSame) {
  Read();
  const auto closed =
      llvm::sys::fs::perms::owner_read | llvm::sys::fs::perms::owner_exe;
  ASSERT_FALSE(llvm::sys::fs::setPermissions(options_.cache, closed));
  const UnitsRead read = Read();
  EXPECT_EQ(read.parsed, 0U);
  EXPECT_EQ(read.not_kept, "");
  llvm::sys::fs::setPermissions(options_.cache,
                                llvm::sys::fs::perms::owner_all);
}

TEST_F(ReadUnitsTest, ErrorsStandAtTheirPlace) {
  Write("a.cpp", "int b = ;\n");
  const UnitsRead read = Read();
  ASSERT_TRUE(read.units.at(0).has_value());
  ASSERT_THAT(read.units[0]->errors, SizeIs(1));
  EXPECT_EQ(read.units[0]->errors[0].message, "expected expression");
  EXPECT_EQ(read.units[0]->errors[0].place, (Place{0, 8, 9}));
}

TEST_F(ReadUnitsTest, ASourceThatIsNotThereIsAnError) {
  auto read = ReadUnits(PALINDROME_CLANG, {Command("none.cpp")}, options_);
  ASSERT_TRUE(static_cast<bool>(read));
  ASSERT_TRUE(read->units.at(0).has_value());
  ASSERT_FALSE(read->units[0]->errors.empty());
  EXPECT_THAT(read->units[0]->errors[0].message, HasSubstr("none.cpp"));
}

TEST_F(ReadUnitsTest, WhatOnlyGccKnowsIsNoError) {
  CompileCommand command = Command("a.cpp");
  command.arguments.insert(
      command.arguments.begin() + 1,
      {"-Wduplicated-cond", "-fno-tree-vectorize", "-fconcepts", "-Werror",
       "-fmax-errors=3", "-MD", "-MF", "x.d", "-o", "x.o"});
  auto read = ReadUnits(PALINDROME_CLANG, {command}, options_);
  ASSERT_TRUE(static_cast<bool>(read));
  for (const ParseError& error : read->units.at(0)->errors) {
    ADD_FAILURE() << error.message;
  }
}

TEST_F(ReadUnitsTest, WithoutTheProgramItSaysWhatIsMissing) {
  auto read = ReadUnits(folder_ + "/none", {Command("a.cpp")}, options_);
  ASSERT_FALSE(static_cast<bool>(read));
  EXPECT_THAT(llvm::toString(read.takeError()),
              HasSubstr("this Palindrome cannot read C++"));
}

}  // namespace
}  // namespace palindrome::facts
