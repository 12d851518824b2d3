#include "runtime/src/revision_graph.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "runtime/src/nearest_revision.h"
#include "runtime/src/revision_target.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

// How many revisions a message names.
constexpr std::size_t kListed = 5;

Status Malformed(std::string message) {
  return {StatusCode::kMalformedHistory, std::move(message)};
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return sql::EqualsIgnoringCase(text.substr(0, prefix.size()), prefix);
}

}  // namespace

Result<RevisionGraph> RevisionGraph::Build(std::vector<RevisionNode> nodes) {
  RevisionGraph graph;
  graph.nodes_ = std::move(nodes);
  if (Status status = graph.Link(); !status.ok()) {
    return status;
  }
  if (Status status = graph.Sort(); !status.ok()) {
    return status;
  }
  graph.heads_ = graph.HeadsOf(RevisionSet(graph.size(), true));
  return graph;
}

Status RevisionGraph::Link() {
  index_.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (!index_.emplace(nodes_[i].id, i).second) {
      return Malformed("revision `" + nodes_[i].id + "` is there twice");
    }
  }
  for (Edges* edges : {&parents_, &children_, &needs_, &needed_by_}) {
    edges->resize(size());
  }
  for (std::size_t i = 0; i < size(); ++i) {
    if (Status status = FindLinks(i, nodes_[i].parents, &parents_[i]);
        !status.ok()) {
      return status;
    }
    needs_[i] = parents_[i];
    if (Status status = FindLinks(i, nodes_[i].depends_on, &needs_[i]);
        !status.ok()) {
      return status;
    }
    for (const std::size_t parent : parents_[i]) {
      children_[parent].push_back(i);
    }
    for (const std::size_t need : needs_[i]) {
      needed_by_[need].push_back(i);
    }
  }
  return {};
}

Status RevisionGraph::FindLinks(std::size_t index,
                                const std::vector<std::string>& links,
                                std::vector<std::size_t>* found) const {
  for (const std::string& link : links) {
    const auto target = Find(link);
    if (!target) {
      return Malformed("revision `" + nodes_[index].id + "` needs `" + link +
                       "`, which is not there");
    }
    found->push_back(*target);
  }
  std::sort(found->begin(), found->end());
  found->erase(std::unique(found->begin(), found->end()), found->end());
  return {};
}

// Kahn's algorithm; among those that are ready the earliest node comes first.
Status RevisionGraph::Sort() {
  std::vector<std::size_t> missing(size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>>
      ready;
  for (std::size_t i = 0; i < size(); ++i) {
    missing[i] = needs_[i].size();
    if (missing[i] == 0) {
      ready.push(i);
    }
  }
  order_.reserve(size());
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    order_.push_back(next);
    for (const std::size_t user : needed_by_[next]) {
      if (--missing[user] == 0) {
        ready.push(user);
      }
    }
  }
  if (order_.size() == size()) {
    return {};
  }
  return Malformed("revisions need each other in a circle: " +
                   ListRevisions(*this, FindCycle()));
}

// Each node that the order lacks needs another one that it lacks, so that a
// walk along these comes back to where it was.
std::vector<std::size_t> RevisionGraph::FindCycle() const {
  RevisionSet is_sorted(size());
  for (const std::size_t index : order_) {
    is_sorted[index] = true;
  }
  std::size_t index = 0;
  while (is_sorted[index]) {
    ++index;
  }
  std::vector<std::size_t> walk;
  RevisionSet is_visited(size());
  while (!is_visited[index]) {
    is_visited[index] = true;
    walk.push_back(index);
    index = *std::find_if(needs_[index].begin(), needs_[index].end(),
                          [&](std::size_t need) { return !is_sorted[need]; });
  }
  walk.erase(walk.begin(), std::find(walk.begin(), walk.end(), index));
  return walk;
}

std::optional<std::size_t> RevisionGraph::Find(std::string_view id) const {
  const auto found = index_.find(std::string(id));
  if (found == index_.end()) {
    return std::nullopt;
  }
  return found->second;
}

Result<std::size_t> RevisionGraph::Resolve(std::string_view text,
                                           const RevisionSet* branch) const {
  const std::string name = "`" + std::string(text) + "`";
  const auto in_branch = [&](std::size_t index) {
    return branch == nullptr || (*branch)[index];
  };
  std::vector<std::size_t> candidates = FindNamed(text);
  if (candidates.empty()) {
    for (std::size_t i = 0; i < size() && !text.empty(); ++i) {
      if (StartsWithIgnoringCase(nodes_[i].id, text)) {
        candidates.push_back(i);
      }
    }
  }
  const bool is_elsewhere = !candidates.empty();
  std::erase_if(candidates, [&](std::size_t i) { return !in_branch(i); });
  if (candidates.size() == 1) {
    return candidates.front();
  }
  if (!candidates.empty()) {
    return Status(StatusCode::kAmbiguousRevision,
                  "revision " + name + " is ambiguous: it could be " +
                      ListRevisions(*this, candidates) +
                      "; give more of its characters");
  }
  if (is_elsewhere) {
    return Status(StatusCode::kUnknownRevision,
                  "revision " + name + " is not on that branch");
  }
  std::string message = "there is no revision " + name;
  if (const std::string_view nearest = NearestTarget(*this, text);
      !nearest.empty()) {
    message += "; did you mean `" + std::string(nearest) + "`?";
  }
  return Status(StatusCode::kUnknownRevision, std::move(message));
}

// An id is one revision; a label may be on several.
std::vector<std::size_t> RevisionGraph::FindNamed(std::string_view text) const {
  if (const auto exact = Find(text)) {
    return {*exact};
  }
  std::vector<std::size_t> labelled;
  for (std::size_t i = 0; i < size(); ++i) {
    if (sql::EqualsIgnoringCase(nodes_[i].id, text)) {
      return {i};
    }
    const std::vector<std::string>& labels = nodes_[i].branch_labels;
    if (std::any_of(labels.begin(), labels.end(),
                    [&](const std::string& label) {
                      return sql::EqualsIgnoringCase(label, text);
                    })) {
      labelled.push_back(i);
    }
  }
  return labelled;
}

RevisionSet RevisionGraph::Reach(const std::vector<std::size_t>& from,
                                 const Edges& edges) const {
  RevisionSet reached(size());
  std::vector<std::size_t> open = from;
  while (!open.empty()) {
    const std::size_t next = open.back();
    open.pop_back();
    if (!reached[next]) {
      reached[next] = true;
      open.insert(open.end(), edges[next].begin(), edges[next].end());
    }
  }
  return reached;
}

RevisionSet RevisionGraph::WithAncestors(
    const std::vector<std::size_t>& from) const {
  return Reach(from, needs_);
}

RevisionSet RevisionGraph::WithDescendants(
    const std::vector<std::size_t>& from) const {
  return Reach(from, needed_by_);
}

RevisionSet RevisionGraph::RevisedFrom(
    const std::vector<std::size_t>& from) const {
  return Reach(from, children_);
}

RevisionSet RevisionGraph::Line(std::size_t index) const {
  RevisionSet line = Reach({index}, parents_);
  const RevisionSet above = RevisedFrom({index});
  for (std::size_t i = 0; i < size(); ++i) {
    line[i] = line[i] || above[i];
  }
  return line;
}

std::vector<std::size_t> RevisionGraph::HeadsOf(const RevisionSet& set) const {
  std::vector<std::size_t> heads;
  for (const std::size_t index : order_) {
    const std::vector<std::size_t>& users = needed_by_[index];
    if (set[index] &&
        std::none_of(users.begin(), users.end(),
                     [&](std::size_t user) { return set[user]; })) {
      heads.push_back(index);
    }
  }
  return heads;
}

Result<RevisionSet> RevisionGraph::ResolveTarget(std::string_view target,
                                                 const RevisionSet& applied,
                                                 Direction direction) const {
  const Result<Target> parsed = ParseTarget(target);
  if (!parsed.ok()) {
    return parsed.status();
  }
  return direction == Direction::kUpgrade
             ? ResolveUpgrade(*this, applied, *parsed)
             : ResolveDowngrade(*this, applied, *parsed);
}

std::string ListRevisions(const RevisionGraph& graph,
                          const std::vector<std::size_t>& revisions) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kListed, revisions.size()); ++i) {
    text += (i == 0 ? "`" : ", `");
    text += graph.node(revisions[i]).id;
    text += '`';
  }
  if (revisions.size() > kListed) {
    text += " and " + std::to_string(revisions.size() - kListed) + " more";
  }
  return text;
}

}  // namespace palindrome
