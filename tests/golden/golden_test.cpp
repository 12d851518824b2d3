// Runs every golden file below this folder. With PALINDROME_UPDATE_GOLDEN=1 in
// the environment, or with --autoupdate, it writes what came out instead.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/diagnostics/kind.h"
#include "tests/golden/golden_file.h"

namespace palindrome::testing {
namespace {

bool update_golden = false;  // NOLINT: set by main before the tests run.

std::string TestName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.rfind('.'));
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char character) { return std::isalnum(character) == 0; },
      '_');
  return name;
}

class GoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, SaysWhatIsExpected) {
  const std::string text = ReadGolden(GetParam());
  const GoldenFile golden = ParseGolden(text);
  ASSERT_EQ(FormatGolden(golden), text) << "the file ends within a line";
  ASSERT_TRUE(std::any_of(
      golden.sections.begin(), golden.sections.end(),
      [](const Section& section) { return section.heading == "expect"; }))
      << "the file expects nothing";
  const std::string actual = FormatGolden(RunGolden(golden));
  if (update_golden) {
    std::ofstream(GoldenPath(GetParam()), std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(actual, text) << GoldenPath(GetParam()) << ":1: differs";
}

// Each `check` with a cache, and once more with what that has kept.
TEST_P(GoldenTest, SaysTheSameOfWhatItHasKept) {
  const Section kCommand = {"args", "check --cache kept\n"};
  GoldenFile twice;
  std::vector<std::string> expected;
  std::vector<std::size_t> warm;
  std::string before;
  for (const Section& section : ParseGolden(ReadGolden(GetParam())).sections) {
    if (section.heading == "expect" && before != "args") {
      twice.sections.insert(twice.sections.end(),
                            {kCommand, section, kCommand, section});
      expected.push_back(section.body);
      warm.push_back(twice.sections.size() - 1);
    } else {
      twice.sections.push_back(section);
    }
    before = section.heading;
  }
  const GoldenFile actual = RunGolden(twice);
  for (std::size_t i = 0; i < warm.size(); ++i) {
    EXPECT_EQ(actual.sections[warm[i]].body, expected[i])
        << GoldenPath(GetParam()) << ":1: differs";
  }
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest, ::testing::ValuesIn(GoldenNames()),
                         TestName);

// A kind that no input is known to show, and the unit test that shows it.
struct ShownElsewhere {
  diagnostics::Kind kind;
  const char* file;  // Below tests/.
  const char* test;
};
constexpr ShownElsewhere kShownElsewhere[] = {
    // It says that the compiler has a defect.
    {diagnostics::Kind::kSimulationMismatch,
     "unit/compiler/driver/rehearsals_test.cpp", "TellsWhereTheEngineDiffers"},
};

const ShownElsewhere* FindElsewhere(diagnostics::Kind kind) {
  const auto* const found = std::find_if(
      std::begin(kShownElsewhere), std::end(kShownElsewhere),
      [&](const ShownElsewhere& each) { return each.kind == kind; });
  return found == std::end(kShownElsewhere) ? nullptr : found;
}

// What a golden file expects, one text for all its `expect` sections.
std::string Expectations(const std::string& name) {
  std::string text;
  for (const Section& section : ParseGolden(ReadGolden(name)).sections) {
    if (section.heading == "expect") {
      text += section.body;
    }
  }
  return text;
}

bool Shows(const std::string& expected, const diagnostics::KindInfo& info) {
  return expected.find("[" + info.tag.str() + "]") != std::string::npos;
}

TEST(GoldenCoverageTest, EveryKindOfDiagnosticIsShown) {
  std::string expected;
  for (const std::string& name : GoldenNames()) {
    expected += Expectations(name);
  }
  for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
    if (FindElsewhere(info.kind) == nullptr) {
      EXPECT_TRUE(Shows(expected, info))
          << "no golden file shows `" << info.tag.str() << "`";
    } else {
      EXPECT_FALSE(Shows(expected, info))
          << "a golden file shows `" << info.tag.str()
          << "`; take it off the list of those that none does";
    }
  }
}

TEST(GoldenCoverageTest, WhatIsShownElsewhereIsThere) {
  for (const ShownElsewhere& each : kShownElsewhere) {
    const std::string text = ReadGolden(std::string("../") + each.file);
    EXPECT_NE(text.find(each.test), std::string::npos)
        << each.file << " has no test " << each.test;
    EXPECT_TRUE(Shows(text, diagnostics::Info(each.kind))) << each.file;
  }
}

// A rule's own file, in which it fires, and which is no other rule's.
TEST(GoldenCoverageTest, EveryRuleHasAFile) {
  std::set<std::string> files;
  for (const std::string& name : GoldenNames()) {
    if (name.starts_with("rules/")) {
      files.insert(name);
    }
  }
  for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
    if (info.group == diagnostics::Group::kLanguage) {
      continue;
    }
    const std::string name = "rules/" + info.tag.str() + ".golden";
    EXPECT_EQ(files.erase(name), 1U) << "there is no " << name;
    EXPECT_TRUE(Shows(Expectations(name), info))
        << "it does not fire in " << name;
  }
  for (const std::string& name : files) {
    ADD_FAILURE() << name << " is named after no rule";
  }
}

// The tag at the end of a finding's line; empty: it is none.
std::string TagAtEnd(llvm::StringRef line) {
  const bool is_finding = line.contains(": ") && line.ends_with("]");
  return is_finding ? line.drop_back().rsplit('[').second.str() : "";
}

// The kinds that a golden file shows a mechanical fix of: what stands behind
// the caret's line, or was made.
std::set<std::string> KindsThatAreMended() {
  std::set<std::string> tags;
  for (const std::string& name : GoldenNames()) {
    const std::string text = Expectations(name);
    llvm::SmallVector<llvm::StringRef, 0> lines;
    llvm::StringRef(text).split(lines, '\n');
    std::string tag;
    bool is_behind_caret = false;
    for (const llvm::StringRef line : lines) {
      const bool has_caret =
          line.contains('^') && line.find_first_not_of(" ~^") == line.npos;
      const std::string found = TagAtEnd(line);
      if (is_behind_caret && line.starts_with(" ")) {
        tags.insert(tag);
      } else if (!has_caret && !line.starts_with(" ")) {
        tag = found;
        if (line.contains(": fixed: ")) {
          tags.insert(tag);
        }
      }
      is_behind_caret = has_caret && !tag.empty();
    }
  }
  return tags;
}

// The kinds that diagnostics.md names in its list of mechanical fixes.
std::set<std::string> KindsThatAreListed() {
  const std::string text =
      testing::ReadGolden("../../compiler/docs/diagnostics.md");
  const std::size_t begin = text.find("\nMechanical are");
  const std::string list =
      text.substr(begin, text.find("\nOther fixes", begin) - begin);
  std::set<std::string> tags;
  for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
    const std::string tag = info.tag.str();
    if (list.find("`" + tag + "`") != std::string::npos) {
      tags.insert(tag);
    }
  }
  return tags;
}

TEST(GoldenCoverageTest, EveryMechanicalFixIsListed) {
  EXPECT_EQ(KindsThatAreListed(), KindsThatAreMended());
}

}  // namespace
}  // namespace palindrome::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  const char* update = std::getenv("PALINDROME_UPDATE_GOLDEN");
  palindrome::testing::update_golden =
      (update != nullptr && std::string_view(update) == "1") ||
      (argc > 1 && std::string_view(argv[1]) == "--autoupdate");
  return RUN_ALL_TESTS();
}
