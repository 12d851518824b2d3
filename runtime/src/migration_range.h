// From where to where an offline script leads. A pure function.
#ifndef PALINDROME_RUNTIME_SRC_MIGRATION_RANGE_H_
#define PALINDROME_RUNTIME_SRC_MIGRATION_RANGE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/revision_graph.h"
#include "runtime/src/revision_target.h"
#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

struct MigrationRange {
  std::vector<std::size_t> from;  // The heads of `before`, in order.
  RevisionSet before;
  RevisionSet after;
  Direction direction = Direction::kUpgrade;
  Target target;
};

// `FROM:TO`, or `TO` alone from the base. FROM names revisions that are
// applied with all that they need; TO is a target of an upgrade from there, or
// else of a downgrade. An end that is empty is the base, or `heads`.
// The errors are those of targets.
Result<MigrationRange> ResolveMigrationRange(const RevisionGraph& graph,
                                             std::string_view text);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_MIGRATION_RANGE_H_
