// A line of progress on a terminal, which is drawn again in place: without
// colours and without escape sequences, so that every terminal shows it.
// Borrows the stream. For one thread.
#ifndef PALINDROME_RUNTIME_SRC_PROGRESS_BAR_H_
#define PALINDROME_RUNTIME_SRC_PROGRESS_BAR_H_

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace palindrome {

// "[#####     ]  50% a1b2 add status", of at most 79 columns.
std::string ProgressLine(double fraction, std::string_view title);

class ProgressBar {
 public:
  // Null: there is no bar.
  explicit ProgressBar(std::ostream* out) : out_(out) {}
  ~ProgressBar() { Clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Some times a second at most. Never goes back.
  void Show(double fraction, std::string_view title);
  void Clear();

 private:
  std::ostream* out_;
  std::size_t columns_ = 0;  // Of the line that is there.
  double fraction_ = 0;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_PROGRESS_BAR_H_
