// Runs every golden file below this folder. With PALINDROME_UPDATE_GOLDEN=1 in
// the environment, or with --autoupdate, it writes what came out instead.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diagnostics/kind.h"
#include "tests/golden/golden_file.h"

namespace palindrome::testing {
namespace {

bool update_golden = false;  // NOLINT: set by main before the tests run.

std::vector<std::string> GoldenNames() {
  const std::filesystem::path root = PALINDROME_GOLDEN_DIRECTORY;
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".golden") {
      names.push_back(
          std::filesystem::relative(entry.path(), root).generic_string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::filesystem::path PathOf(const std::string& name) {
  return std::filesystem::path(PALINDROME_GOLDEN_DIRECTORY) / name;
}

std::string Read(const std::string& name) {
  std::ifstream stream(PathOf(name), std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

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
  const std::string text = Read(GetParam());
  const GoldenFile golden = ParseGolden(text);
  ASSERT_EQ(FormatGolden(golden), text) << "the file ends within a line";
  ASSERT_TRUE(std::any_of(
      golden.sections.begin(), golden.sections.end(),
      [](const Section& section) { return section.heading == "expect"; }))
      << "the file expects nothing";
  const std::string actual = FormatGolden(RunGolden(golden));
  if (update_golden) {
    std::ofstream(PathOf(GetParam()), std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(actual, text) << PathOf(GetParam()) << ":1: differs";
}

// Each `check` with a cache, and once more with what that has kept.
TEST_P(GoldenTest, SaysTheSameOfWhatItHasKept) {
  const Section kCommand = {"args", "check --cache kept\n"};
  GoldenFile twice;
  std::vector<std::string> expected;
  std::vector<std::size_t> warm;
  std::string before;
  for (const Section& section : ParseGolden(Read(GetParam())).sections) {
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
        << PathOf(GetParam()) << ":1: differs";
  }
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest, ::testing::ValuesIn(GoldenNames()),
                         TestName);

TEST(GoldenCoverageTest, EveryKindOfDiagnosticIsShown) {
  std::string expected;
  for (const std::string& name : GoldenNames()) {
    for (const Section& section : ParseGolden(Read(name)).sections) {
      if (section.heading == "expect") {
        expected += section.body;
      }
    }
  }
  for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
    // It says that the compiler has a defect: no input is known to show it.
    if (info.kind == diagnostics::Kind::kSimulationMismatch) {
      continue;
    }
    const bool is_shown =
        expected.find("[" + info.tag.str() + "]") != std::string::npos;
    EXPECT_TRUE(is_shown) << "no golden file shows `" << info.tag.str() << "`";
  }
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
