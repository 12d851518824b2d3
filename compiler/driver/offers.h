// The fixes that only the analysis of the whole history can make: the downgrade
// that follows from an upgrade, and the ALLOW that signs a finding.
//
// Pure functions; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_OFFERS_H_
#define PALINDROME_COMPILER_DRIVER_OFFERS_H_

#include <vector>

#include "compiler/driver/suggest.h"

namespace palindrome::driver {

// Adds them behind the fixes that the findings have.
void OfferFixes(const graph::Graph& graph,
                const std::vector<Suggestion>& suggestions,
                std::vector<diagnostics::Diagnostic>& findings);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_OFFERS_H_
