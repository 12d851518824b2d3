// The examples of each rule, through the whole pipeline: the bad one is
// reported by that rule and no other, the good one by none.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/Support/JSON.h"

#include "compiler/checks/page.h"
#include "compiler/checks/rule.h"
#include "compiler/diagnostics/kind.h"
#include "tests/golden/world.h"

namespace palindrome::checks {
namespace {

// Every rename, drop or rebuild has notes of these groups, whatever else it is
// an example of.
bool IsAlwaysNoted(const llvm::json::Object& finding, llvm::StringRef tag) {
  const auto kind = diagnostics::FindKind(tag);
  if (!kind || finding.getString("severity") != "note") {
    return false;
  }
  const diagnostics::Group group = diagnostics::Info(*kind).group;
  return group == diagnostics::Group::kCompatibility ||
         group == diagnostics::Group::kLocking;
}

// The tags of what `check` reports of the folder, an example of `rule`.
std::multiset<std::string> FindingsOf(llvm::StringRef folder,
                                      llvm::StringRef rule) {
  testing::World world;
  for (const ExampleFile& file : SplitExample(folder)) {
    world.files()["migrations/" + file.name] = file.text;
  }
  const testing::Outcome outcome = world.Run({"check", "--format", "json"});
  std::multiset<std::string> tags;
  auto parsed = llvm::json::parse(outcome.out);
  if (!parsed) {
    ADD_FAILURE() << llvm::toString(parsed.takeError()) << "\n"
                  << outcome.out << outcome.err;
    return tags;
  }
  const llvm::json::Object* object = parsed->getAsObject();
  const llvm::json::Array* findings =
      object == nullptr ? nullptr : object->getArray("findings");
  if (findings == nullptr) {
    ADD_FAILURE() << "no findings in: " << outcome.out;
    return tags;
  }
  for (const llvm::json::Value& finding : *findings) {
    const auto tag = finding.getAsObject()->getString("rule");
    if (!tag) {
      tags.insert("no rule");
    } else if (*tag == rule || !IsAlwaysNoted(*finding.getAsObject(), *tag)) {
      tags.insert(tag->str());
    }
  }
  return tags;
}

class ExamplesTest : public ::testing::TestWithParam<const Rule*> {};

TEST_P(ExamplesTest, BadIsReportedByThisRuleAlone) {
  const std::string tag = diagnostics::Info(GetParam()->kind).tag.str();
  const auto findings = FindingsOf(GetParam()->bad, tag);
  EXPECT_FALSE(findings.empty()) << "nothing is reported";
  for (const std::string& finding : findings) {
    EXPECT_EQ(finding, tag);
  }
}

TEST_P(ExamplesTest, GoodIsNotReported) {
  const llvm::StringRef tag = diagnostics::Info(GetParam()->kind).tag;
  for (const std::string& finding : FindingsOf(GetParam()->good, tag)) {
    ADD_FAILURE() << "reported by " << finding;
  }
}

std::string TestName(const ::testing::TestParamInfo<const Rule*>& info) {
  std::string name = diagnostics::Info(info.param->kind).tag.str();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, ExamplesTest,
                         ::testing::ValuesIn(AllRules().vec()), TestName);

}  // namespace
}  // namespace palindrome::checks
