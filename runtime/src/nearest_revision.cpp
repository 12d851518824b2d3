#include "runtime/src/nearest_revision.h"

#include <vector>

#include "runtime/src/nearest_word.h"

namespace palindrome {

std::optional<std::size_t> NearestRevision(const RevisionGraph& graph,
                                           std::string_view text) {
  std::vector<std::string_view> ids;
  ids.reserve(graph.size());
  for (std::size_t index = 0; index < graph.size(); ++index) {
    ids.emplace_back(graph.node(index).id);
  }
  return NearestWord(ids, text);
}

}  // namespace palindrome
