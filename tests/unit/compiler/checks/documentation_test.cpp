// What every rule must bring along, and that its committed page says what its
// file says. PALINDROME_UPDATE_DOCS=1 in the environment writes the pages.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "compiler/checks/page.h"
#include "compiler/checks/rule.h"
#include "compiler/diagnostics/kind.h"
#include "tests/support/files.h"

namespace palindrome::checks {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = PALINDROME_SOURCE_DIRECTORY;

std::string Tag(const Rule& rule) {
  return diagnostics::Info(rule.kind).tag.str();
}

bool Updating() {
  const char* update = std::getenv("PALINDROME_UPDATE_DOCS");
  return update != nullptr && std::string_view(update) == "1";
}

TEST(DocumentationTest, PagesAreCurrent) {
  const fs::path folder = kSource / "compiler/docs/rules";
  std::set<std::string> expected;
  for (const Rule* rule : AllRules()) {
    const std::string name = Tag(*rule) + ".md";
    expected.insert(name);
    if (Updating()) {
      std::ofstream(folder / name, std::ios::binary) << RulePage(*rule);
    }
    EXPECT_EQ(testing::ReadFile(folder / name), RulePage(*rule))
        << name << " is out of date; run with PALINDROME_UPDATE_DOCS=1";
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_EQ(expected.count(entry.path().filename().string()), 1U)
        << entry.path() << " is of no rule";
  }
}

TEST(DocumentationTest, EveryRuleHasItsFileAndAGoldenFile) {
  for (const Rule* rule : AllRules()) {
    std::string file = Tag(*rule);
    EXPECT_TRUE(fs::exists(kSource / "tests/golden/rules" / (file + ".golden")))
        << file << " has no golden file";
    std::string folder =
        diagnostics::GroupName(diagnostics::Info(rule->kind).group).str();
    for (std::string* name : {&file, &folder}) {
      std::replace(name->begin(), name->end(), '-', '_');
    }
    EXPECT_TRUE(
        fs::exists(kSource / "compiler/checks" / folder / (file + ".cpp")))
        << file << " is not in " << folder;
  }
}

TEST(DocumentationTest, EveryRuleSaysWhatItIs) {
  std::set<std::string> summaries;
  for (const Rule* rule : AllRules()) {
    SCOPED_TRACE(Tag(*rule));
    EXPECT_EQ(FindRule(rule->kind), rule);
    EXPECT_FALSE(rule->summary.empty());
    EXPECT_FALSE(rule->summary.ends_with("."));
    EXPECT_FALSE(rule->summary.contains('\n'));
    EXPECT_TRUE(summaries.insert(rule->summary.str()).second);
    EXPECT_GT(rule->rationale.size(), 100U);
    EXPECT_FALSE(SplitExample(rule->bad).empty());
    EXPECT_FALSE(SplitExample(rule->good).empty());
    EXPECT_FALSE(rule->check_graph != nullptr &&
                 rule->check_migration != nullptr);
  }
}

TEST(DocumentationTest, ThereIsARuleForEachRuleKindOnly) {
  for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
    EXPECT_EQ(FindRule(info.kind) != nullptr,
              info.group != diagnostics::Group::kLanguage)
        << info.tag.str();
  }
}

TEST(DocumentationTest, SplitsExamplesAtTheirMarkers) {
  const auto files = SplitExample("\n=== a.sql\none\n\n=== b.sql\ntwo\n");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "a.sql");
  EXPECT_EQ(files[0].text, "one\n\n");
  EXPECT_EQ(files[1].name, "b.sql");
  EXPECT_EQ(files[1].text, "two\n");
  EXPECT_TRUE(SplitExample("").empty());
}

}  // namespace
}  // namespace palindrome::checks
