// Where in a graph a target points, without regard to what is to become of it;
// and ranges of revisions. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_REVISION_PLACE_H_
#define PALINDROME_RUNTIME_SRC_REVISION_PLACE_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/src/revision_graph.h"
#include "runtime/src/revision_target.h"
#include <palindrome/status.h>

namespace palindrome {

struct Place {
  std::vector<std::size_t> revisions;  // None: before the first.
  // What lies on the branch of the target; everything if it names none and is
  // not before one revision in particular.
  RevisionSet line;
  std::optional<std::size_t> branch;  // What the branch was named by.
};

// `current` and steps from nowhere start at the tips of `from`, which holds all
// that its members need. Steps follow REVISES alone. kBadTarget if they run
// past an end (but for `stops_at_base`) or could go two ways, or if they start
// at several revisions.
Result<Place> FindPlace(const RevisionGraph& graph, const RevisionSet& from,
                        const Target& target, bool stops_at_base = false);

// What revises nothing.
std::vector<std::size_t> BasesOn(const RevisionGraph& graph,
                                 const RevisionSet& line);

// The revisions that `text` names where one asks for revisions, not for where
// to go: `-N` is before the head and `+N` after the base. None for `base`.
Result<std::vector<std::size_t>> ResolveRevisions(const RevisionGraph& graph,
                                                  const RevisionSet& applied,
                                                  std::string_view text);
// The same where one is wanted: kBadTarget for several.
Result<std::optional<std::size_t>> ResolveRevision(const RevisionGraph& graph,
                                                   const RevisionSet& applied,
                                                   std::string_view text);

// What `upper` needs and `lower` does not, of that what revises `lower` (if it
// is not empty), and `lower` itself. kBadTarget if `upper` does not need all
// of `lower`.
Result<RevisionSet> Between(const RevisionGraph& graph,
                            const std::vector<std::size_t>& lower,
                            const std::vector<std::size_t>& upper);

// `LOWER:UPPER`; without the one from the base, without the other to the
// heads. An upper `+N` goes from the lower end, and a lower one that would lie
// before the base is the base. The branch of the lower end holds for the upper.
Result<RevisionSet> ResolveRange(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 std::string_view text);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_REVISION_PLACE_H_
