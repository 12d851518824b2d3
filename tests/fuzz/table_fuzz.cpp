// Any bytes as a compiled history: reading it stays inside, and one that is
// well-formed has a graph, in the order of its rows.
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/src/history_table.h"
#include "runtime/src/revision_graph.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/read_table.h"

namespace palindrome {
namespace {

std::vector<std::string> Owned(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

std::string FindTableFault(std::span<const std::byte> bytes) {
  const Result<HistoryTable> table = HistoryTable::Open(bytes);
  if (!table.ok()) {
    return "";
  }
  testing::ReadAll(*table);
  const bool is_linear = table->IsLinear();
  if (!table->Validate().ok()) {
    return "";
  }
  std::vector<RevisionNode> nodes;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const table::Row row = table->Row(i);
    nodes.push_back({std::string(table->Text(row.revision)),
                     Owned(table->Links(row.parents)),
                     Owned(table->Links(row.depends_on)),
                     Owned(table->Links(row.branch_labels))});
  }
  const Result<RevisionGraph> graph = RevisionGraph::Build(std::move(nodes));
  if (!graph.ok()) {
    return graph.status().message();
  }
  for (std::size_t i = 0; i < graph->size(); ++i) {
    if (graph->order()[i] != i) {
      return "the order of the graph is not that of the rows";
    }
  }
  return is_linear && graph->heads().size() > 1 ? "linear, with two heads" : "";
}

}  // namespace
}  // namespace palindrome

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  palindrome::fuzz::RequireNone(
      palindrome::FindTableFault(std::as_bytes(std::span(bytes, size))));
  return 0;
}
