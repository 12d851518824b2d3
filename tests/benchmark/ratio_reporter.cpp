#include "ratio_reporter.h"

#include <algorithm>
#include <iomanip>
#include <utility>

namespace palindrome {

RatioReporter::RatioReporter(std::vector<Ratio> ratios)
    : ConsoleReporter(OO_Tabular), ratios_(std::move(ratios)) {}

void RatioReporter::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration || run.error_occurred ||
        run.iterations == 0) {
      continue;
    }
    const double seconds =
        run.real_accumulated_time / static_cast<double>(run.iterations);
    const auto [entry, inserted] =
        seconds_.emplace(run.run_name.function_name, seconds);
    entry->second = std::min(entry->second, seconds);
  }
  ConsoleReporter::ReportRuns(runs);
}

void RatioReporter::Finalize() {
  for (const auto& [subject, baseline] : ratios_) {
    if (seconds_.count(subject) == 0 || seconds_.count(baseline) == 0) {
      continue;
    }
    GetOutputStream() << subject << " / " << baseline << ": " << std::fixed
                      << std::setprecision(2)
                      << seconds_[subject] / seconds_[baseline] << '\n';
  }
}

}  // namespace palindrome
