// Runs rehearsals on all cores while more are made ready.
//
// Used by one thread, on which it also runs them in the end; it points to the
// migrations, which outlive it. Each is read by one other thread from Add to
// Finish, which sets its result.
#ifndef PALINDROME_COMPILER_DRIVER_REHEARSAL_RUNS_H_
#define PALINDROME_COMPILER_DRIVER_REHEARSAL_RUNS_H_

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

#include "compiler/driver/migration_analysis.h"
#include "compiler/driver/rehearsal_cache.h"

namespace palindrome::driver {

class RehearsalRuns {
 public:
  // Those that the cache knows are not run. It may be null.
  explicit RehearsalRuns(RehearsalCache* cache);
  ~RehearsalRuns() { Finish(); }
  RehearsalRuns(const RehearsalRuns&) = delete;
  RehearsalRuns& operator=(const RehearsalRuns&) = delete;

  // The migration has a task, with the rows for it.
  void Add(MigrationAnalysis& migration);

  // Waits for all results and lets the cache keep them. Returns how many
  // rehearsals were run.
  std::size_t Finish();

 private:
  void Work();
  // Null: there will be no more.
  MigrationAnalysis* Take();

  RehearsalCache* cache_;
  std::size_t most_threads_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // What the mutex guards.
  std::vector<MigrationAnalysis*> added_;
  std::size_t taken_ = 0;
  bool complete_ = false;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_REHEARSAL_RUNS_H_
