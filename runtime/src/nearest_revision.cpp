#include "runtime/src/nearest_revision.h"

#include <string>
#include <vector>

#include "runtime/src/nearest_word.h"

namespace palindrome {

std::string_view NearestTarget(const RevisionGraph& graph,
                               std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t index = 0; index < graph.size(); ++index) {
    names.emplace_back(graph.node(index).id);
  }
  for (std::size_t index = 0; index < graph.size(); ++index) {
    const std::vector<std::string>& labels = graph.node(index).branch_labels;
    names.insert(names.end(), labels.begin(), labels.end());
  }
  names.insert(names.end(), {"head", "heads", "base"});
  const auto nearest = NearestWord(names, text);
  return nearest ? names[*nearest] : std::string_view();
}

}  // namespace palindrome
