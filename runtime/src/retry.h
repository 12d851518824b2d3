// Tries again while another connection holds a lock, with growing pauses, up
// to a deadline. For one thread.
#ifndef PALINDROME_RUNTIME_SRC_RETRY_H_
#define PALINDROME_RUNTIME_SRC_RETRY_H_

#include <chrono>
#include <cstdint>

#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

class Retry {
 public:
  // `observer` may be null; it ends the waiting when it is cancelled.
  explicit Retry(std::chrono::milliseconds timeout,
                 Observer* observer = nullptr);

  // Calls `attempt`, which returns a Status or Result, until it is not kLocked
  // or the deadline has passed; returns what the last call returned, or
  // kCancelled if the observer ended the waiting.
  template <typename Attempt>
  auto Run(Attempt attempt) -> decltype(attempt()) {
    while (true) {
      auto result = attempt();
      if (CodeOf(result) != StatusCode::kLocked) {
        return result;
      }
      if (IsCancelled()) {
        return Status(StatusCode::kCancelled, "the run was cancelled");
      }
      if (!Pause()) {
        return result;
      }
    }
  }

 private:
  static StatusCode CodeOf(const Status& status) { return status.code(); }
  template <typename T>
  static StatusCode CodeOf(const Result<T>& result) {
    return result.status().code();
  }

  bool IsCancelled() const;
  // False when the deadline has passed.
  bool Pause();

  Observer* observer_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::microseconds pause_;
  std::uint64_t random_ = 0;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_RETRY_H_
