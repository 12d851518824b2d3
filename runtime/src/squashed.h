// Which revisions of a history a squash stands for. The table says it at the
// last one alone. A pure function; views into the table's text.
#ifndef PALINDROME_RUNTIME_SRC_SQUASHED_H_
#define PALINDROME_RUNTIME_SRC_SQUASHED_H_

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/src/loaded_history.h"

namespace palindrome {

// The revisions that a squash stands for, and who approved of it.
struct Squashed {
  std::string_view from;
  std::string_view to;
  std::string_view approved_by;
};

// By index of the graph; no value: no squash stands for the revision. What is
// no chain of revisions, and what has some of another, counts for nothing.
std::vector<std::optional<Squashed>> FindSquashed(const LoadedHistory& history);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_SQUASHED_H_
