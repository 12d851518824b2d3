// The rows that a history itself writes: what its data statements leave in a
// new database.
//
// One thread.
#ifndef PALINDROME_COMPILER_DRIVER_REFERENCE_ROWS_H_
#define PALINDROME_COMPILER_DRIVER_REFERENCE_ROWS_H_

#include <cstddef>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/driver/history_analysis.h"
#include "compiler/driver/rehearsal_cache.h"

namespace palindrome::driver {

// Tells each task, of squashes as well, which rows to rehearse with; among them
// those that the history before it, and it, leave in the tables of its slices,
// for which the upgrades run that write or move such rows. No more than 256 a
// table are kept. Upgrades whose rows the cache knows are not run; it may be
// null. Calls `on_ready` with each migration that has a task, once that is
// complete, which nothing changes afterwards. Returns how many upgrades were
// run.
std::size_t PrepareRows(const graph::Graph& graph,
                        const config::Settings& settings,
                        HistoryAnalysis& analysis, HistoryAnalysis& squashes,
                        RehearsalCache* cache,
                        llvm::function_ref<void(MigrationAnalysis&)> on_ready);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_REFERENCE_ROWS_H_
