// Trying again while a lock is held.
#include "runtime/src/retry.h"

#include <gtest/gtest.h>

namespace palindrome {
namespace {

Status Locked() {
  return {StatusCode::kLocked, "another holds a lock"};
}

TEST(Retry, TriesUntilTheLockIsGone) {
  int calls = 0;
  const Status status = Retry(std::chrono::minutes(1)).Run([&]() -> Status {
    return ++calls < 5 ? Locked() : Status();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(calls, 5);
}

TEST(Retry, StopsAtAnyOtherError) {
  int calls = 0;
  const Result<int> result =
      Retry(std::chrono::minutes(1)).Run([&]() -> Result<int> {
        ++calls;
        return Status(StatusCode::kIo, "no disk");
      });
  EXPECT_EQ(result.status().code(), StatusCode::kIo);
  EXPECT_EQ(calls, 1);
}

TEST(Retry, GivesUpAtTheDeadline) {
  constexpr std::chrono::milliseconds kTimeout(40);
  const auto start = std::chrono::steady_clock::now();
  int calls = 0;
  const Status status = Retry(kTimeout).Run([&]() -> Status {
    ++calls;
    return Locked();
  });
  EXPECT_EQ(status.code(), StatusCode::kLocked);
  EXPECT_GE(std::chrono::steady_clock::now() - start, kTimeout);
  EXPECT_GT(calls, 2);
}

TEST(Retry, GivesUpWhenItIsCancelled) {
  class Impatient final : public Observer {
   public:
    bool IsCancelled() override { return ++asked_ == 3; }

   private:
    int asked_ = 0;
  };
  Impatient observer;
  int calls = 0;
  const Status status =
      Retry(std::chrono::minutes(1), &observer).Run([&]() -> Status {
        ++calls;
        return Locked();
      });
  EXPECT_EQ(status.code(), StatusCode::kCancelled);
  EXPECT_EQ(calls, 3);
}

TEST(Retry, TriesOnceWithoutTime) {
  using std::chrono::milliseconds;
  for (const milliseconds timeout :
       {milliseconds(0), milliseconds(-1), milliseconds::min()}) {
    int calls = 0;
    const Status status = Retry(timeout).Run([&]() -> Status {
      ++calls;
      return Locked();
    });
    EXPECT_EQ(status.code(), StatusCode::kLocked);
    EXPECT_EQ(calls, 1);
  }
}

}  // namespace
}  // namespace palindrome
