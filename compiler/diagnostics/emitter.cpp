#include "compiler/diagnostics/emitter.h"

#include <algorithm>

namespace palindrome::diagnostics {

bool Emitter::HasErrors() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& diagnostic) {
                       return diagnostic.severity == Severity::kError;
                     });
}

}  // namespace palindrome::diagnostics
