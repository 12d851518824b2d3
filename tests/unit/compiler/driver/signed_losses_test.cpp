// The runtime knows of every rule by which a loss is signed which direction
// loses.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "compiler/diagnostics/kind.h"

namespace palindrome::driver {
namespace {

TEST(SignedLosses, HoldEveryRuleAboutData) {
  std::set<std::string> known;
#define PALINDROME_SIGNED_LOSS(Rule, OnUpgrade, OnDowngrade) known.insert(Rule);
#include "runtime/src/signed_losses.def"
  for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
    if (info.group == diagnostics::Group::kDataLoss) {
      EXPECT_TRUE(known.contains(info.tag.str())) << info.tag.str();
    }
  }
  for (const auto group :
       {diagnostics::Group::kDataLoss, diagnostics::Group::kReversibility}) {
    EXPECT_TRUE(known.contains(diagnostics::GroupName(group).str()));
  }
  for (const std::string& rule : known) {
    EXPECT_TRUE(diagnostics::FindKind(rule).has_value() ||
                rule == "data-loss" || rule == "reversibility")
        << rule;
  }
}

}  // namespace
}  // namespace palindrome::driver
