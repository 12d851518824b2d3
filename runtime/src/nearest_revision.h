// Targets that are meant by a name that is none. A pure function.
#ifndef PALINDROME_RUNTIME_SRC_NEAREST_REVISION_H_
#define PALINDROME_RUNTIME_SRC_NEAREST_REVISION_H_

#include <string_view>

#include "runtime/src/revision_graph.h"

namespace palindrome {

// The id or branch label, or a word such as `head`, that is itself or by its
// beginning the fewest edits away from `text`; empty if that is more than a
// slip. It points into the graph.
std::string_view NearestTarget(const RevisionGraph& graph,
                               std::string_view text);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_NEAREST_REVISION_H_
