#include "runtime/src/revision_target.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "runtime/src/revision_place.h"

namespace palindrome {
namespace {

Status Bad(std::string message) {
  return {StatusCode::kBadTarget, std::move(message)};
}

std::string Quoted(std::string_view text) {
  return '`' + std::string(text) + '`';
}

// A number of revisions is ambiguous if others would do: if one of those that
// come next does not need one that came last, the two could be exchanged.
// Returns what could have come last; nothing if there was no choice.
std::vector<std::size_t> Alternatives(const RevisionGraph& graph,
                                      const RevisionSet& before,
                                      const RevisionSet& after, bool is_up) {
  std::vector<std::size_t> last = graph.HeadsOf(after);
  if (is_up) {
    std::erase_if(last, [&](std::size_t index) { return before[index]; });
  }
  std::sort(last.begin(), last.end());
  std::vector<std::size_t> alternatives;
  for (const std::size_t index : graph.order()) {
    if (after[index] || (!is_up && !before[index])) {
      continue;
    }
    const std::vector<std::size_t>& needs = graph.needs(index);
    const bool is_next =
        std::all_of(needs.begin(), needs.end(),
                    [&](std::size_t need) { return after[need]; });
    if (is_next &&
        !std::includes(needs.begin(), needs.end(), last.begin(), last.end())) {
      alternatives.push_back(index);
    }
  }
  if (!alternatives.empty()) {
    alternatives.insert(alternatives.begin(), last.begin(), last.end());
  }
  return alternatives;
}

// `+N` and `-N`: the first of those that are pending in the graph's order, or
// the last of those that are applied.
Result<RevisionSet> ResolveSteps(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 const Target& target) {
  const bool is_up = target.offset == TargetOffset::kUp;
  std::vector<std::size_t> order;
  for (const std::size_t index : graph.order()) {
    if (applied[index] != is_up) {
      order.push_back(index);
    }
  }
  if (target.steps > order.size()) {
    return Bad(Quoted(target.text) + " runs past the " +
               (is_up ? "head; " : "base; ") + std::to_string(order.size()) +
               (order.size() == 1 ? " revision is " : " revisions are ") +
               (is_up ? "pending" : "applied"));
  }
  if (!is_up) {
    std::reverse(order.begin(), order.end());
  }
  order.resize(target.steps);
  RevisionSet after = applied;
  for (const std::size_t index : order) {
    after[index] = is_up;
  }
  const std::vector<std::size_t> alternatives =
      Alternatives(graph, applied, after, is_up);
  if (!alternatives.empty()) {
    return Bad(Quoted(target.text) + " is ambiguous: it could end at " +
               ListRevisions(graph, alternatives) + "; name one");
  }
  return after;
}

RevisionSet Union(RevisionSet left, const RevisionSet& right) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    left[i] = left[i] || right[i];
  }
  return left;
}

// What of `applied` revises `index` on the line.
std::vector<std::size_t> Above(const RevisionGraph& graph,
                               const RevisionSet& applied,
                               const RevisionSet& line, std::size_t index) {
  std::vector<std::size_t> above = graph.children(index);
  std::erase_if(above, [&](std::size_t child) {
    return !applied[child] || !line[child];
  });
  return above;
}

// `applied` without `revisions` and what needs them.
RevisionSet Without(const RevisionGraph& graph, RevisionSet applied,
                    const std::vector<std::size_t>& revisions) {
  const RevisionSet gone = graph.WithDescendants(revisions);
  for (std::size_t i = 0; i < applied.size(); ++i) {
    applied[i] = applied[i] && !gone[i];
  }
  return applied;
}

// What of `applied` goes when the place is reached from above.
Result<std::vector<std::size_t>> FindUndone(const RevisionGraph& graph,
                                            const RevisionSet& applied,
                                            const Target& target,
                                            const Place& place) {
  if (place.revisions.empty()) {
    return BasesOn(graph, place.line);
  }
  std::vector<std::size_t> undone;
  for (const std::size_t index : place.revisions) {
    if (!applied[index]) {
      return Bad("revision " + Quoted(graph.node(index).id) +
                 " is not applied; upgrade leads there");
    }
    std::vector<std::size_t> above = Above(graph, applied, place.line, index);
    // The end of a branch that others depend on: what depends on it goes.
    if (above.empty() && target.branch.empty()) {
      above = graph.needed_by(index);
    }
    undone.insert(undone.end(), above.begin(), above.end());
  }
  return undone;
}

bool Intersect(const RevisionSet& left, const RevisionSet& right) {
  return std::inner_product(left.begin(), left.end(), right.begin(), false,
                            std::logical_or<>(), std::logical_and<>());
}

Status NotCurrent(const Target& target) {
  return Bad(Quoted(target.text) +
             " is where the database is; name where it shall be");
}

}  // namespace

Result<RevisionSet> ResolveUpgrade(const RevisionGraph& graph,
                                   const RevisionSet& applied,
                                   const Target& target) {
  if (target.kind == TargetKind::kCurrent) {
    return NotCurrent(target);
  }
  if (target.IsHere(TargetOffset::kDown)) {
    return Bad(Quoted(target.text) + " leads down; downgrade takes it");
  }
  if (target.IsHere(TargetOffset::kUp) && target.branch.empty()) {
    return ResolveSteps(graph, applied, target);
  }
  const Result<Place> place = FindPlace(graph, applied, target);
  if (!place.ok()) {
    return place.status();
  }
  if (place->revisions.empty() && Intersect(applied, place->line)) {
    return Bad(Quoted(target.text) +
               " is below the current revision; downgrade leads there");
  }
  for (const std::size_t index : place->revisions) {
    if (applied[index] && !Above(graph, applied, place->line, index).empty()) {
      return Bad("revision " + Quoted(graph.node(index).id) +
                 " is below the current revision; downgrade leads there");
    }
  }
  return Union(applied, graph.WithAncestors(place->revisions));
}

Result<RevisionSet> ResolveDowngrade(const RevisionGraph& graph,
                                     const RevisionSet& applied,
                                     const Target& target) {
  if (target.kind == TargetKind::kCurrent) {
    return NotCurrent(target);
  }
  if (target.IsHere(TargetOffset::kUp)) {
    return Bad(Quoted(target.text) + " leads up; upgrade takes it");
  }
  if (target.IsHere(TargetOffset::kDown) && target.branch.empty()) {
    return ResolveSteps(graph, applied, target);
  }
  const Result<Place> place = FindPlace(graph, applied, target);
  if (!place.ok()) {
    return place.status();
  }
  const bool is_end =
      target.kind == TargetKind::kHead || target.kind == TargetKind::kHeads;
  if (is_end && target.IsPlain()) {
    if (graph.WithAncestors(place->revisions) != applied) {
      return Bad(Quoted(target.text) +
                 " is not below the current revision; upgrade leads there");
    }
    return applied;
  }
  const auto undone = FindUndone(graph, applied, target, *place);
  if (!undone.ok()) {
    return undone.status();
  }
  return Without(graph, applied, *undone);
}

Result<RevisionSet> ResolveStamp(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 const Target& target) {
  if (target.kind == TargetKind::kCurrent) {
    return NotCurrent(target);
  }
  if (target.kind == TargetKind::kHere && target.branch.empty()) {
    return ResolveSteps(graph, applied, target);
  }
  const Result<Place> place = FindPlace(graph, applied, target);
  if (!place.ok()) {
    return place.status();
  }
  std::vector<std::size_t> related = place->revisions;
  if (place->branch) {
    related.push_back(*place->branch);
  } else if (related.empty()) {
    related = BasesOn(graph, place->line);
  }
  const RevisionSet around =
      Union(graph.WithAncestors(related), graph.WithDescendants(related));
  std::vector<std::size_t> heads = graph.HeadsOf(applied);
  std::erase_if(heads, [&](std::size_t head) { return around[head]; });
  heads.insert(heads.end(), place->revisions.begin(), place->revisions.end());
  return graph.WithAncestors(heads);
}

}  // namespace palindrome
