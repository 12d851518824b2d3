#include "compiler/driver/target.h"

#include <set>
#include <utility>
#include <vector>

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

Result<std::size_t> FindRelative(const graph::Graph& graph,
                                 const std::string& target) {
  if (!graph.sound) {
    return BadTarget("`" + target + "` needs a history without errors");
  }
  const Result<RevisionGraph> revisions = RuntimeGraph(graph);
  if (!revisions.ok()) {
    return revisions.status();
  }
  const bool is_back = target.front() == '-';
  const Result<std::vector<bool>> applied = revisions->ResolveTarget(
      target, std::vector<bool>(graph.revisions.size(), is_back),
      is_back ? RevisionGraph::Direction::kDowngrade
              : RevisionGraph::Direction::kUpgrade);
  if (!applied.ok()) {
    return applied.status();
  }
  const std::vector<std::size_t> heads = revisions->HeadsOf(*applied);
  if (heads.size() != 1) {
    return BadTarget("`" + target + "` is not one migration");
  }
  return heads.front();
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
    nodes.push_back(std::move(node));
  }
  return RevisionGraph::Build(std::move(nodes));
}

Result<std::size_t> FindTarget(const graph::Graph& graph,
                               const std::string& target) {
  if (target == "head") {
    return FindHead(graph);
  }
  if (target == "base") {
    return BadTarget("`base` is before every migration");
  }
  if (!target.empty() && (target.front() == '-' || target.front() == '+')) {
    return FindRelative(graph, target);
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

}  // namespace palindrome::driver
