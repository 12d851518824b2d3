#include <gtest/gtest.h>

#include "compiler/driver/slug.h"
#include "compiler/driver/target_names.h"

namespace palindrome::driver {
namespace {

TEST(SlugTest, MakesLowerCaseWords) {
  EXPECT_EQ(MakeSlug("Add status (tasks)"), "add_status_tasks");
  EXPECT_EQ(MakeSlug("  don't -- drop/it  "), "dont_drop_it");
  EXPECT_EQ(MakeSlug("2fa: add 2 tables"), "add_2_tables");
  EXPECT_EQ(MakeSlug("\xc3\xbc"
                     "ber"),
            "ber");
  EXPECT_EQ(MakeSlug("2025 -- 7"), "");
  EXPECT_EQ(MakeSlug(""), "");
}

TEST(SlugTest, EndsAtAWord) {
  const std::string slug = MakeSlug("add " + std::string(40, 'x') + " " +
                                    std::string(40, 'y') + " z");
  EXPECT_EQ(slug, "add_" + std::string(40, 'x'));
  EXPECT_EQ(MakeSlug(std::string(200, 'x')).size(), 60U);
}

TEST(TargetNameTest, TakesWhatCMakeTakes) {
  for (const char* name : {"app", "my-app", "a.b+c_d", "3d"}) {
    EXPECT_EQ(CheckTargetName(name), "") << name;
  }
  for (const char* name :
       {"", "a b", "a/b", "a\"b", "a\nb", "a\\b", "a::b", "\xc3\xbc"}) {
    EXPECT_NE(CheckTargetName(name), "") << name;
  }
}

TEST(NamespaceTest, TakesNamesOfCpp) {
  for (const char* name : {"app", "a::b::c", "_3d", "A1", "standard"}) {
    EXPECT_EQ(CheckNamespace(name), "") << name;
  }
  for (const char* name :
       {"", "3d", "a b", "a::", "::a", "a:b", "a::::b", "int", "a::class",
        "std", "std::x", "palindrome", "a;b", "a-b", "co_await"}) {
    EXPECT_NE(CheckNamespace(name), "") << name;
  }
}

}  // namespace
}  // namespace palindrome::driver
