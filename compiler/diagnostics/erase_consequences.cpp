#include "compiler/diagnostics/erase_consequences.h"

#include <iterator>
#include <utility>

#include "llvm/ADT/STLExtras.h"

namespace palindrome::diagnostics {

void EraseConsequences(std::vector<Diagnostic>& diagnostics,
                       llvm::function_ref<bool(const Diagnostic&)> follows) {
  const auto is_error = [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::kError;
  };
  std::vector<Diagnostic> left;
  llvm::copy_if(diagnostics, std::back_inserter(left),
                [&](const Diagnostic& each) { return !follows(each); });
  if (llvm::none_of(diagnostics, is_error) || llvm::any_of(left, is_error)) {
    diagnostics = std::move(left);
  }
}

}  // namespace palindrome::diagnostics
