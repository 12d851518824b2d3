// What becomes of a migration in a database that has migrations of another
// branch already.
//
// A pure function of analyses, for any thread.
#ifndef PALINDROME_COMPILER_DRIVER_REPLAY_DIFFERENCE_H_
#define PALINDROME_COMPILER_DRIVER_REPLAY_DIFFERENCE_H_

#include <optional>
#include <string>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/migration_analysis.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

// What tells the replayed migration from the compiled one, which has a task, as
// parallel-branch-conflict; no value: nothing. `rival` is asked for the id of
// the other branch's revision if there is a difference.
std::optional<diagnostics::Diagnostic> FindReplayDifference(
    const graph::Revision& revision, const MigrationAnalysis& compiled,
    const MigrationAnalysis& replayed, const config::Settings& settings,
    llvm::function_ref<std::string()> rival);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_REPLAY_DIFFERENCE_H_
