// The terminal that a process has, and the signals by which people stop it.
// POSIX where there is <unistd.h>, and standard C++ elsewhere.
#ifndef PALINDROME_RUNTIME_SRC_TERMINAL_H_
#define PALINDROME_RUNTIME_SRC_TERMINAL_H_

#include <atomic>
#include <memory>

namespace palindrome {

// Standard input and standard error are a terminal, so that people can be
// asked.
bool CanAsk();

// Standard error is a terminal on which a line can be drawn again: TERM is not
// `dumb`.
bool CanDraw();

// While it lives, the first SIGINT or SIGTERM sets the flag and the second ends
// the process as it would have without. Afterwards both do what they did
// before. Ignored signals stay ignored. One at a time, in a process whose other
// threads do not change what signals do.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  const std::atomic<bool>& flag() const;

 private:
  struct Saved;
  std::unique_ptr<Saved> saved_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_TERMINAL_H_
