#include "runtime/src/progress_bar.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

TEST(ProgressBar, DrawsALine) {
  EXPECT_EQ(ProgressLine(0, "a1 begin"),
            "[                        ]   0% a1 begin");
  EXPECT_EQ(ProgressLine(0.5, "a1"), "[############            ]  50% a1");
  EXPECT_EQ(ProgressLine(7, "a1"), "[########################] 100% a1");
  EXPECT_EQ(ProgressLine(-1, "a\x1b[31m\n"),
            "[                        ]   0% a\xEF\xBF\xBD[31m\xEF\xBF\xBD");
}

TEST(ProgressBar, FitsALine) {
  EXPECT_EQ(ProgressLine(0, std::string(200, 'x')).size(), 79U);
  std::string umlauts;
  for (int i = 0; i < 200; ++i) {
    umlauts += "\xC3\xBC";
  }
  const std::string line = ProgressLine(0, umlauts);
  EXPECT_EQ(line.substr(line.size() - 2), "\xC3\xBC");
  EXPECT_EQ(line.size(), 32U + 2U * 47U);
}

TEST(ProgressBar, LeavesNothingBehind) {
  std::ostringstream out;
  {
    ProgressBar bar(&out);
    bar.Show(0.25, "a1");
    EXPECT_EQ(out.str(), "\r" + ProgressLine(0.25, "a1"));
    out.str("");
  }
  const std::size_t size = ProgressLine(0.25, "a1").size();
  EXPECT_EQ(out.str(), "\r" + std::string(size, ' ') + "\r");
  ProgressBar nowhere(nullptr);
  nowhere.Show(0.5, "a1");
}

}  // namespace
}  // namespace palindrome
