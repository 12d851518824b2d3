#include "compiler/driver/rehearsal_runs.h"

#include <algorithm>

namespace palindrome::driver {

RehearsalRuns::RehearsalRuns(RehearsalCache* cache)
    : cache_(cache),
      most_threads_(std::max(1U, std::thread::hardware_concurrency()) - 1) {}

void RehearsalRuns::Add(MigrationAnalysis& migration) {
  if (cache_ != nullptr) {
    migration.rehearsal = cache_->Find(*migration.task);
  }
  if (migration.rehearsal) {
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    added_.push_back(&migration);
  }
  // None is started where all is known.
  if (threads_.size() < most_threads_) {
    threads_.emplace_back([this] { Work(); });
  }
  changed_.notify_one();
}

MigrationAnalysis* RehearsalRuns::Take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return complete_ || taken_ < added_.size(); });
  return taken_ < added_.size() ? added_[taken_++] : nullptr;
}

void RehearsalRuns::Work() {
  while (MigrationAnalysis* migration = Take()) {
    migration->rehearsal = rehearse::Rehearse(*migration->task);
  }
}

std::size_t RehearsalRuns::Finish() {
  {
    const std::lock_guard lock(mutex_);
    if (complete_) {
      return added_.size();
    }
    complete_ = true;
  }
  changed_.notify_all();
  Work();
  for (std::thread& thread : threads_) {
    thread.join();
  }
  if (cache_ != nullptr) {
    for (const MigrationAnalysis* migration : added_) {
      cache_->Keep(*migration->task, *migration->rehearsal);
    }
  }
  return added_.size();
}

}  // namespace palindrome::driver
