// The shortcuts of a history: the snapshot of a new database, squashes, and
// rebuilds of one table that follow one another as one
// (runtime/docs/shortcuts.md).
//
// A pure function of a sound history's analysis; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_SHORTCUTS_H_
#define PALINDROME_COMPILER_DRIVER_SHORTCUTS_H_

#include <string>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/config/settings.h"
#include "compiler/driver/history_analysis.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

struct Shortcuts {
  std::vector<codegen::CompiledShortcut> shortcuts;
  std::string no_snapshot;  // Why there is none; empty: there is one.
};

// None that a rehearsal has not shown to leave the same behind.
Shortcuts FindShortcuts(const graph::Graph& graph,
                        const config::Settings& settings,
                        const HistoryAnalysis& analysis,
                        const HistoryAnalysis& squashes);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SHORTCUTS_H_
