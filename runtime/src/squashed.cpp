#include "runtime/src/squashed.h"

#include <cstddef>

namespace palindrome {
namespace {

// From the last to the first; empty: there is no such chain. Each revision is
// `seen` once, so that a table with many chains is read in a moment.
std::vector<std::size_t> ChainOf(const RevisionGraph& graph, std::size_t last,
                                 std::string_view first, RevisionSet& seen) {
  std::vector<std::size_t> chain;
  for (std::size_t at = last; !seen[at]; at = graph.parents(at).front()) {
    seen[at] = true;
    chain.push_back(at);
    if (graph.node(at).id == first) {
      return chain;
    }
    if (graph.parents(at).size() != 1) {
      break;
    }
  }
  return {};
}

}  // namespace

std::vector<std::optional<Squashed>> FindSquashed(
    const LoadedHistory& history) {
  const RevisionGraph& graph = history.graph;
  std::vector<std::optional<Squashed>> found(graph.size());
  RevisionSet seen(graph.size());
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const table::Row row = history.table.Row(static_cast<std::uint32_t>(i));
    const Squashed squashed = {history.table.Text(row.squashes_from),
                               history.table.Text(row.squashes_to),
                               history.table.Text(row.approved_by)};
    if (squashed.from.empty() || squashed.to != graph.node(i).id) {
      continue;
    }
    for (const std::size_t member : ChainOf(graph, i, squashed.from, seen)) {
      found[member] = squashed;
    }
  }
  return found;
}

}  // namespace palindrome
