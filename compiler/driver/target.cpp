#include "compiler/driver/target.h"

#include <set>
#include <utility>
#include <vector>

#include "runtime/src/revision_place.h"

namespace palindrome::driver {
namespace {

// The ids alone, each once, as the runtime's graph with no edges; `indexes`
// says which revision a node is.
Result<RevisionGraph> IdsOf(const graph::Graph& graph,
                            std::vector<std::size_t>& indexes) {
  std::vector<RevisionNode> nodes;
  std::set<std::string_view> seen;
  for (std::size_t index = 0; index < graph.revisions.size(); ++index) {
    const std::string& id = graph.revisions[index].id;
    if (!id.empty() && seen.insert(id).second) {
      nodes.push_back({id, {}, {}, {}});
      indexes.push_back(index);
    }
  }
  return RevisionGraph::Build(std::move(nodes));
}

Status BadTarget(const std::string& message) {
  return {StatusCode::kBadTarget, message};
}

Result<std::size_t> FindHead(const graph::Graph& graph) {
  if (graph.heads.size() == 1) {
    return graph.heads.front();
  }
  return BadTarget(graph.heads.empty()
                       ? "there is no head"
                       : "there are several heads; name one of them");
}

// Without edges an id or the beginning of one is all that can be found.
Result<std::size_t> FindId(const graph::Graph& graph,
                           const std::string& target) {
  if (target.find_first_of("@+-") != std::string::npos) {
    return BadTarget("`" + target + "` needs a history without errors");
  }
  std::vector<std::size_t> indexes;
  const Result<RevisionGraph> ids = IdsOf(graph, indexes);
  if (!ids.ok()) {
    return ids.status();
  }
  const Result<std::size_t> node = ids->Resolve(target);
  if (!node.ok()) {
    return node.status();
  }
  return indexes[*node];
}

}  // namespace

Result<RevisionGraph> RuntimeGraph(const graph::Graph& graph) {
  std::vector<RevisionNode> nodes;
  for (const graph::Revision& revision : graph.revisions) {
    RevisionNode node;
    node.id = revision.id;
    for (const std::size_t parent : revision.parents) {
      node.parents.push_back(graph.revisions[parent].id);
    }
    for (const std::size_t dependency : revision.depends_on) {
      node.depends_on.push_back(graph.revisions[dependency].id);
    }
    for (const ast::Text& label : revision.migration.header.branch_labels) {
      node.branch_labels.push_back(label.value);
    }
    nodes.push_back(std::move(node));
  }
  return RevisionGraph::Build(std::move(nodes));
}

Status RefuseSquash(const graph::Graph& graph, const std::string& target) {
  const graph::Squash* squash = graph.FindSquash(target);
  if (squash == nullptr || graph.Find(target)) {
    return {};
  }
  const ast::Squashes& clause = *squash->revision.migration.header.squashes;
  return BadTarget("`" + target + "` is a squash of the revisions from `" +
                   clause.from.value + "` to `" + clause.to.value +
                   "`, which no database is ever at; name one of those");
}

Result<std::size_t> FindTarget(const graph::Graph& graph,
                               const std::string& target) {
  if (target == "head") {
    return FindHead(graph);
  }
  if (Status status = RefuseSquash(graph, target); !status.ok()) {
    return status;
  }
  if (target == "current") {
    return BadTarget("`current` needs a database");
  }
  if (!graph.sound) {
    return FindId(graph, target);
  }
  const Result<RevisionGraph> revisions = RuntimeGraph(graph);
  if (!revisions.ok()) {
    return revisions.status();
  }
  const auto found = ResolveRevision(
      *revisions, RevisionSet(graph.revisions.size(), false), target);
  if (!found.ok()) {
    return found.status();
  }
  if (!*found) {
    return BadTarget("`" + target + "` is before every migration");
  }
  return **found;
}

}  // namespace palindrome::driver
