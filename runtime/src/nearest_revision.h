// Revisions that are meant by a name that is none. A pure function.
#ifndef PALINDROME_RUNTIME_SRC_NEAREST_REVISION_H_
#define PALINDROME_RUNTIME_SRC_NEAREST_REVISION_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "runtime/src/revision_graph.h"

namespace palindrome {

// The revision whose id, or the beginning of whose id, is the fewest edits
// (Levenshtein) away from `text`; none if that is more than a slip.
std::optional<std::size_t> NearestRevision(const RevisionGraph& graph,
                                           std::string_view text);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_NEAREST_REVISION_H_
