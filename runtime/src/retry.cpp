#include "runtime/src/retry.h"

#include <algorithm>
#include <random>
#include <thread>

namespace palindrome {
namespace {

constexpr std::chrono::microseconds kFirstPause(500);
constexpr std::chrono::microseconds kLongestPause(50'000);
// Longer deadlines mean no deadline, and do not overflow the clock.
constexpr std::chrono::hours kLongestWait(24 * 365);

}  // namespace

Retry::Retry(std::chrono::milliseconds timeout, Observer* observer)
    : observer_(observer),
      deadline_(std::chrono::steady_clock::now() +
                std::clamp<std::chrono::milliseconds>(
                    timeout, std::chrono::milliseconds::zero(), kLongestWait)),
      pause_(kFirstPause) {}

bool Retry::IsCancelled() const {
  return observer_ != nullptr && observer_->IsCancelled();
}

bool Retry::Pause() {
  const auto now = std::chrono::steady_clock::now();
  if (now >= deadline_) {
    return false;
  }
  if (random_ == 0) {
    // Processes that start at once must not wake at once.
    random_ = std::random_device()() | 1U;
  }
  random_ ^= random_ << 13U;
  random_ ^= random_ >> 7U;
  random_ ^= random_ << 17U;
  const auto span = static_cast<std::uint64_t>(pause_.count());
  const std::chrono::microseconds jittered(
      static_cast<std::int64_t>(span / 2 + random_ % span));
  const auto left =
      std::chrono::duration_cast<std::chrono::microseconds>(deadline_ - now);
  std::this_thread::sleep_for(std::min(jittered, left));
  pause_ = std::min(pause_ * 2, kLongestPause);
  return true;
}

}  // namespace palindrome
