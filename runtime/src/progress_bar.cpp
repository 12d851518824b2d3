#include "runtime/src/progress_bar.h"

#include <algorithm>
#include <ostream>

#include "runtime/src/printable.h"

namespace palindrome {
namespace {

constexpr std::size_t kColumns = 79;
constexpr std::size_t kBar = 24;
constexpr std::chrono::milliseconds kPause(50);

// The first `most` characters of UTF-8; a character is taken for one column.
std::string FirstCharacters(const std::string& text, std::size_t most) {
  constexpr unsigned kKindMask = 0xC0;
  constexpr unsigned kContinuation = 0x80;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins =
        (static_cast<unsigned char>(text[i]) & kKindMask) != kContinuation;
    if (begins && ++characters > most) {
      return text.substr(0, i);
    }
  }
  return text;
}

}  // namespace

std::string ProgressLine(double fraction, std::string_view title) {
  constexpr double kPercent = 100;
  constexpr std::size_t kDigits = 3;
  fraction = std::clamp(fraction, 0.0, 1.0);
  const auto filled =
      static_cast<std::size_t>(fraction * static_cast<double>(kBar));
  std::string percent = std::to_string(static_cast<int>(fraction * kPercent));
  percent.insert(0, kDigits - percent.size(), ' ');
  return FirstCharacters('[' + std::string(filled, '#') +
                             std::string(kBar - filled, ' ') + "] " + percent +
                             "% " + Printable(title),
                         kColumns);
}

void ProgressBar::Show(double fraction, std::string_view title) {
  const auto now = std::chrono::steady_clock::now();
  fraction_ = std::max(fraction_, fraction);
  if (out_ == nullptr || now < next_) {
    return;
  }
  next_ = now + kPause;
  const std::string line = ProgressLine(fraction_, title);
  *out_ << '\r' << line;
  // What is left of a longer one. Bytes are no fewer than columns.
  *out_ << std::string(columns_ > line.size() ? columns_ - line.size() : 0, ' ')
        << std::flush;
  columns_ = std::max(columns_, line.size());
}

void ProgressBar::Clear() {
  if (columns_ != 0) {
    *out_ << '\r' << std::string(std::min(columns_, kColumns), ' ') << '\r'
          << std::flush;
    columns_ = 0;
  }
}

}  // namespace palindrome
