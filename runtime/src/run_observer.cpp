#include "runtime/src/run_observer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "runtime/src/consent.h"

namespace palindrome {
namespace {

double Share(std::uint64_t done, std::uint64_t total) {
  return total == 0 ? 1
                    : static_cast<double>(done) / static_cast<double>(total);
}

}  // namespace

RunObserver::RunObserver(const Console& console, const LoadedHistory& history,
                         std::optional<Accepted> accepted)
    : history_(history),
      accepted_(std::move(accepted)),
      bar_(console.has_progress_bar ? &console.err : nullptr) {
  if (console.takes_signals) {
    guard_.emplace();
  }
}

void RunObserver::OnPlan(std::span<const PlannedStep> steps) {
  steps_ = steps.size();
  for (const PlannedStep& step : steps) {
    const auto index = history_.graph.Find(step.revision);
    if (!accepted_ || (!index && !step.is_stored) ||
        (step.is_stored ? LossesOf(step)
                        : LossesOf(history_, step.direction, *index,
                                   accepted_->recorded.contains(step.revision)))
            .empty()) {
      continue;
    }
    is_refused_ = is_refused_ || steps.size() != accepted_->steps ||
                  !accepted_->losing.contains(step.revision);
  }
}

void RunObserver::OnStepStarted(const PlannedStep& step) {
  Show(step, 0);
}

void RunObserver::OnProgress(const PlannedStep& step,
                             std::size_t statements_done,
                             std::size_t statements, bool /*copies_rows*/) {
  Show(step, Share(statements_done, statements));
}

void RunObserver::OnWork(const PlannedStep& step, const Work& work) {
  // Where nobody knows how much there is, it goes slower and slower.
  constexpr double kHalf = 5e7;
  const auto done = static_cast<double>(work.done);
  const double share = work.total == 0
                           ? done / (done + kHalf)
                           : std::min(Share(work.done, work.total), 1.0);
  Show(step,
       (static_cast<double>(work.statements_done) + share) /
           static_cast<double>(std::max<std::size_t>(work.statements, 1)));
}

void RunObserver::OnNotice(const PlannedStep& /*step*/,
                           const std::string& text) {
  notices_.push_back(text);
}

void RunObserver::OnStepDone(const PlannedStep& step) {
  done_.push_back({step, std::move(notices_)});
  notices_.clear();
}

bool RunObserver::IsCancelled() {
  return is_refused_ || (guard_ && guard_->flag());
}

void RunObserver::Show(const PlannedStep& step, double share) {
  const auto steps =
      static_cast<double>(std::max<std::size_t>(steps_, done_.size() + 1));
  bar_.Show((static_cast<double>(done_.size()) + share) / steps,
            step.revision + ' ' + step.title);
}

}  // namespace palindrome
