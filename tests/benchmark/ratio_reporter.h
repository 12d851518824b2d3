// A console reporter that ends with the ratios of benchmarks to their
// baselines.
//
// Owned by main; one thread.
#ifndef PALINDROME_TESTS_BENCHMARK_RATIO_REPORTER_H_
#define PALINDROME_TESTS_BENCHMARK_RATIO_REPORTER_H_

#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace palindrome {

class RatioReporter : public benchmark::ConsoleReporter {
 public:
  struct Ratio {
    std::string subject;
    std::string baseline;
  };
  explicit RatioReporter(std::vector<Ratio> ratios);

  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

 private:
  std::vector<Ratio> ratios_;
  std::map<std::string, double> seconds_;  // Of the fastest repetition.
};

}  // namespace palindrome

#endif  // PALINDROME_TESTS_BENCHMARK_RATIO_REPORTER_H_
