// What the command line does during a run: it draws the progress, keeps what
// was done for later, and ends the run on a signal, or where it became another
// one than its user accepted. Borrows the console and the history.
#ifndef PALINDROME_RUNTIME_SRC_RUN_OBSERVER_H_
#define PALINDROME_RUNTIME_SRC_RUN_OBSERVER_H_

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "runtime/src/command_line.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/progress_bar.h"
#include "runtime/src/terminal.h"
#include <palindrome/observer.h>

namespace palindrome {

class RunObserver final : public Observer {
 public:
  struct Accepted {
    std::set<std::string> losing;    // The revisions that may lose data,
    std::size_t steps = 0;           // in a run of that many.
    std::set<std::string> recorded;  // As ReadRecorded.
  };
  // Null: whatever is lost is accepted.
  RunObserver(const Console& console, const LoadedHistory& history,
              std::optional<Accepted> accepted);

  // Kept until it is certain: a step is taken back with its transaction.
  struct Done {
    PlannedStep step;
    std::vector<std::string> notices;
  };
  const std::vector<Done>& done() const { return done_; }
  const std::vector<PlannedStep>& adopted() const { return adopted_; }
  // Another process made it another run than the one that was accepted.
  bool is_refused() const { return is_refused_; }
  void ClearBar() { bar_.Clear(); }

  void OnAdopted(std::span<const PlannedStep> steps) override {
    adopted_.assign(steps.begin(), steps.end());
  }
  void OnPlan(std::span<const PlannedStep> steps) override;
  void OnStepStarted(const PlannedStep& step) override;
  void OnProgress(const PlannedStep& step, std::size_t statements_done,
                  std::size_t statements, bool copies_rows) override;
  void OnWork(const PlannedStep& step, const Work& work) override;
  void OnNotice(const PlannedStep& step, const std::string& text) override;
  void OnStepDone(const PlannedStep& step) override;
  bool IsCancelled() override;

 private:
  // `share` of the step is done.
  void Show(const PlannedStep& step, double share);

  const LoadedHistory& history_;
  const std::optional<Accepted> accepted_;
  ProgressBar bar_;
  std::optional<InterruptGuard> guard_;
  std::size_t steps_ = 0;
  bool is_refused_ = false;
  std::vector<std::string> notices_;
  std::vector<Done> done_;
  std::vector<PlannedStep> adopted_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_RUN_OBSERVER_H_
