#include "runtime/src/terminal.h"

#include <csignal>

#include <gtest/gtest.h>

#include <unistd.h>

namespace palindrome {
namespace {

void Nothing(int /*signal*/) {}

TEST(InterruptGuard, TakesTheFirstSignal) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const InterruptGuard guard;
    EXPECT_FALSE(guard.flag());
    raise(signal);
    EXPECT_TRUE(guard.flag());
  }
}

TEST(InterruptGuard, BringsBackWhatWasThere) {
  struct sigaction before = {};
  struct sigaction after = {};
  ASSERT_EQ(signal(SIGINT, &Nothing), SIG_DFL);
  ASSERT_EQ(signal(SIGTERM, SIG_IGN), SIG_DFL);
  sigaction(SIGINT, nullptr, &before);
  {
    const InterruptGuard guard;
    raise(SIGTERM);
    EXPECT_FALSE(guard.flag());
    raise(SIGINT);
    EXPECT_TRUE(guard.flag());
  }
  sigaction(SIGINT, nullptr, &after);
  EXPECT_EQ(after.sa_handler, &Nothing);
  EXPECT_EQ(after.sa_flags, before.sa_flags);
  EXPECT_EQ(signal(SIGINT, SIG_DFL), &Nothing);
  EXPECT_EQ(signal(SIGTERM, SIG_DFL), SIG_IGN);
}

TEST(InterruptGuardDeathTest, LeavesTheSecondSignalToTheSystem) {
  EXPECT_EXIT(
      {
        const InterruptGuard guard;
        raise(SIGINT);
        raise(SIGINT);
        _exit(0);
      },
      ::testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace palindrome
