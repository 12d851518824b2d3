#include "compiler/diagnostics/emitter.h"

#include <algorithm>

namespace palindrome::diagnostics {

bool Emitter::HasErrors() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& diagnostic) {
                       return diagnostic.severity == Severity::kError;
                     });
}

std::string Nearest(llvm::StringRef name,
                    const std::vector<std::string>& candidates) {
  // A third of the name may be wrong, as Clang allows; of a name of one or two
  // letters nothing but its case.
  const auto length = static_cast<unsigned>(name.size());
  constexpr unsigned kLongest = 256;
  if (length == 0 || length > kLongest) {
    return "";
  }
  const std::string* nearest = nullptr;
  unsigned limit = length < 3 ? 0 : (length + 2) / 3;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongest) {
      continue;
    }
    // A limit of 0 would mean no limit to edit_distance.
    const unsigned distance =
        name.edit_distance_insensitive(candidate, true, limit + 1);
    if (distance < limit || (distance == limit && nearest == nullptr)) {
      nearest = &candidate;
      limit = distance;
    }
  }
  return nearest == nullptr ? "" : *nearest;
}

std::string Suggestion(llvm::StringRef name,
                       const std::vector<std::string>& candidates) {
  const std::string nearest = Nearest(name, candidates);
  return nearest.empty() ? "" : "; did you mean `" + nearest + "`?";
}

}  // namespace palindrome::diagnostics
