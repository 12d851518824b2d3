// Work for the end of a block, also where an observer throws.
#ifndef PALINDROME_RUNTIME_SRC_ON_EXIT_H_
#define PALINDROME_RUNTIME_SRC_ON_EXIT_H_

#include <utility>

namespace palindrome {

template <typename Work>
class OnExit {
 public:
  explicit OnExit(Work work) : work_(std::move(work)) {}
  ~OnExit() { work_(); }
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;

 private:
  Work work_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_ON_EXIT_H_
