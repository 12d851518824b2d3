// The last step of the checks: settings and ALLOWs applied to what was found.
//
// One thread.
#ifndef PALINDROME_COMPILER_CHECKS_SUPPRESS_H_
#define PALINDROME_COMPILER_CHECKS_SUPPRESS_H_

#include <vector>

#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/graph.h"

namespace palindrome::checks {

// Removes what rules found that came after a migration was locked, unless the
// settings ask for it, what an ALLOW covers, and what follows from another
// finding; sets severities as configured,
// and reports what is wrong with the ALLOWs themselves: an unknown rule or
// group (with a suggestion), one that cannot be allowed, an empty reason, and
// one that silenced nothing. `judged` says of each revision of the graph
// whether all rules have seen it: only then can an ALLOW be called unused.
void Suppress(const graph::Graph& graph, const std::vector<bool>& judged,
              const config::Settings& settings,
              std::vector<diagnostics::Diagnostic>& diagnostics);

// True if an ALLOW of the migration or the settings keep the finding from
// failing the build.
bool IsTolerated(const diagnostics::Diagnostic& diagnostic,
                 const ast::Migration& migration,
                 const config::Settings& settings);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_SUPPRESS_H_
