// Revisions in messages. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_REVISION_NAMES_H_
#define PALINDROME_RUNTIME_SRC_REVISION_NAMES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/revision_graph.h"

namespace palindrome {

// "`a`, `b`", or the first few and how many more there are.
std::string ListRevisions(const RevisionGraph& graph,
                          const std::vector<std::size_t>& revisions);

// The revision whose id, or the beginning of whose id, is the fewest edits
// (Levenshtein) away from `text`; none if that is more than a slip.
std::optional<std::size_t> NearestRevision(const RevisionGraph& graph,
                                           std::string_view text);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_REVISION_NAMES_H_
