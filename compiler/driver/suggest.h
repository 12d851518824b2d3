// Suggestions: for a downgrade that is wrong or missing, the one that can be
// derived, or why there is none.
//
// Values that point into the graph; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_SUGGEST_H_
#define PALINDROME_COMPILER_DRIVER_SUGGEST_H_

#include <vector>

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/driver/derivation.h"
#include "compiler/driver/history_analysis.h"

namespace palindrome::driver {

struct Suggestion {
  const graph::Revision* revision = nullptr;
  Derivation downgrade;
};

// For the revisions whose downgrade a finding calls missing, not to apply or
// not to lead back, in the order of the graph. None for AUTO.
std::vector<Suggestion> SuggestDowngrades(
    const graph::Graph& graph, const HistoryAnalysis& analysis,
    const config::Settings& settings, catalog::Engine& engine,
    const std::vector<diagnostics::Diagnostic>& findings);

void PrintSuggestions(const std::vector<Suggestion>& suggestions,
                      llvm::raw_ostream& out);
llvm::json::Array JsonSuggestions(const std::vector<Suggestion>& suggestions);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SUGGEST_H_
