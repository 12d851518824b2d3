#include "runtime/src/compatibility_text.h"

#include <gtest/gtest.h>

#include <palindrome/migration.h>

namespace palindrome {
namespace {

TEST(CompatibilityText, NamesWhatIsKnown) {
  EXPECT_EQ(CompatibilityName(0), "unclassified");
  EXPECT_EQ(CompatibilityName(table::kClassified), "additive");
  EXPECT_EQ(CompatibilityName(table::kClassified | table::kBreaksReads),
            "breaks-reads");
  EXPECT_EQ(CompatibilityName(table::kClassified | table::kBreaksWrites),
            "breaks-writes");
  EXPECT_EQ(CompatibilityName(table::kKnownCompatibility),
            "breaks-reads-and-writes");
  EXPECT_EQ(CompatibilityName(table::kBreaksReads), "unclassified");
  EXPECT_EQ(CompatibilityName(1U << 3 | table::kClassified), "unclassified");
}

TEST(CompatibilityText, WarnsOfWhatBreaks) {
  EXPECT_EQ(CompatibilityText(0), "");
  EXPECT_EQ(CompatibilityText(table::kClassified), "");
  EXPECT_NE(CompatibilityText(table::kKnownCompatibility), "");
}

}  // namespace
}  // namespace palindrome
