// The graph of a history's revisions: which needs which. The compiler and the
// runtime use the same one. Built from plain nodes; a value that is constant
// once built, so any thread may read it. All walks are linear in nodes and
// edges and none recurses.
#ifndef PALINDROME_RUNTIME_SRC_REVISION_GRAPH_H_
#define PALINDROME_RUNTIME_SRC_REVISION_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <palindrome/status.h>

namespace palindrome {

struct RevisionNode {
  std::string id;
  std::vector<std::string> parents;
  std::vector<std::string> depends_on;
  std::vector<std::string> branch_labels;
};

// One flag a node.
using RevisionSet = std::vector<bool>;

class RevisionGraph {
 public:
  // kMalformedHistory for a revision that is there twice, one that nothing
  // defines, or a cycle, which the message names.
  static Result<RevisionGraph> Build(std::vector<RevisionNode> nodes);

  std::size_t size() const { return nodes_.size(); }
  const RevisionNode& node(std::size_t index) const { return nodes_[index]; }

  // What the node revises and depends on, and the reverse; ascending, each
  // once.
  const std::vector<std::size_t>& needs(std::size_t index) const {
    return needs_[index];
  }
  const std::vector<std::size_t>& needed_by(std::size_t index) const {
    return needed_by_[index];
  }

  // What the node revises, and the reverse; ascending, each once.
  const std::vector<std::size_t>& parents(std::size_t index) const {
    return parents_[index];
  }
  const std::vector<std::size_t>& children(std::size_t index) const {
    return children_[index];
  }

  // What is needed stands first; otherwise in the order of the nodes.
  const std::vector<std::size_t>& order() const { return order_; }
  // No other revises or depends on them; in order.
  const std::vector<std::size_t>& heads() const { return heads_; }

  std::optional<std::size_t> Find(std::string_view id) const;
  // The revision `text`, the one that has it as a branch label, or the only one
  // (of `branch`, if given) that begins so, without regard to case.
  // kUnknownRevision (with the nearest id, if one is near), or
  // kAmbiguousRevision with the candidates.
  Result<std::size_t> Resolve(std::string_view text,
                              const RevisionSet* branch = nullptr) const;

  // The nodes and all that they need, or that need them.
  RevisionSet WithAncestors(const std::vector<std::size_t>& from) const;
  RevisionSet WithDescendants(const std::vector<std::size_t>& from) const;
  // The nodes and all that revises them, directly or not.
  RevisionSet RevisedFrom(const std::vector<std::size_t>& from) const;
  // The node, all that it revises, and all that revises it.
  RevisionSet Line(std::size_t index) const;
  // The members of `set` that no other member needs, in order.
  std::vector<std::size_t> HeadsOf(const RevisionSet& set) const;

  // What is applied after `target` is reached from `applied`, a set that holds
  // all that its members need. The forms of a target, and the errors, are
  // those of revision_target.h.
  enum class Direction : std::uint8_t { kUpgrade, kDowngrade };
  Result<RevisionSet> ResolveTarget(std::string_view target,
                                    const RevisionSet& applied,
                                    Direction direction) const;

 private:
  using Edges = std::vector<std::vector<std::size_t>>;

  RevisionGraph() = default;
  Status Link();
  Status FindLinks(std::size_t index, const std::vector<std::string>& links,
                   std::vector<std::size_t>* found) const;
  Status Sort();
  std::vector<std::size_t> FindNamed(std::string_view text) const;
  std::vector<std::size_t> FindCycle() const;
  RevisionSet Reach(const std::vector<std::size_t>& from,
                    const Edges& edges) const;

  std::vector<RevisionNode> nodes_;
  std::unordered_map<std::string, std::size_t> index_;
  Edges parents_;
  Edges children_;
  Edges needs_;
  Edges needed_by_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> heads_;
};

// "`a`, `b`", or the first few and how many more there are, for messages.
std::string ListRevisions(const RevisionGraph& graph,
                          const std::vector<std::size_t>& revisions);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_REVISION_GRAPH_H_
