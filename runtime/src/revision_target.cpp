#include "runtime/src/revision_target.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace palindrome {
namespace {

Status Bad(std::string message) {
  return {StatusCode::kBadTarget, std::move(message)};
}

std::string Quoted(std::string_view text) {
  return '`' + std::string(text) + '`';
}

bool IsRevision(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char character) {
           return (character >= '0' && character <= '9') ||
                  (character >= 'a' && character <= 'z') ||
                  (character >= 'A' && character <= 'Z') || character == '_';
         });
}

// A number from 1; one that is too large to count is larger than any history.
std::optional<std::size_t> ParseSteps(std::string_view digits) {
  std::size_t steps = 0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, steps);
  if (error == std::errc::invalid_argument || end != last) {
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range) {
    return std::numeric_limits<std::size_t>::max();
  }
  return steps == 0 ? std::nullopt : std::optional(steps);
}

Result<RevisionSet> ResolveHead(const RevisionGraph& graph,
                                const Target& target) {
  if (target.kind == TargetKind::kHead && graph.heads().size() > 1) {
    return Bad("`head` is ambiguous: the history has the heads " +
               ListRevisions(graph, graph.heads()) +
               "; name one of them, or `heads` for all");
  }
  return RevisionSet(graph.size(), true);
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
  const bool is_up = target.kind == TargetKind::kUp;
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

// `applied` without what needs `index`.
RevisionSet WithoutAbove(const RevisionGraph& graph, RevisionSet applied,
                         std::size_t index) {
  const RevisionSet above = graph.WithDescendants({index});
  for (std::size_t i = 0; i < applied.size(); ++i) {
    applied[i] = applied[i] && (!above[i] || i == index);
  }
  return applied;
}

}  // namespace

Result<Target> ParseTarget(std::string_view text) {
  const std::string written(text);
  if (text == "head") {
    return Target{TargetKind::kHead, written, 0};
  }
  if (text == "heads") {
    return Target{TargetKind::kHeads, written, 0};
  }
  if (text == "base") {
    return Target{TargetKind::kBase, written, 0};
  }
  if (text.starts_with('+') || text.starts_with('-')) {
    const auto steps = ParseSteps(text.substr(1));
    if (!steps) {
      return Bad(Quoted(text) +
                 " is not a target; a sign is followed by a number from 1");
    }
    return Target{text.front() == '+' ? TargetKind::kUp : TargetKind::kDown,
                  written, *steps};
  }
  if (!IsRevision(text)) {
    return Bad(Quoted(text) +
               " is not a target; targets are a revision or the beginning of "
               "one, `head`, `heads`, `base`, `+N` and `-N`");
  }
  return Target{TargetKind::kRevision, written, 0};
}

Result<RevisionSet> ResolveUpgrade(const RevisionGraph& graph,
                                   const RevisionSet& applied,
                                   const Target& target) {
  const RevisionSet none(graph.size());
  switch (target.kind) {
    case TargetKind::kHead:
    case TargetKind::kHeads:
      return ResolveHead(graph, target);
    case TargetKind::kBase:
      if (applied != none) {
        return Bad(
            "`base` is below the current revision; downgrade leads there");
      }
      return none;
    case TargetKind::kUp:
      return ResolveSteps(graph, applied, target);
    case TargetKind::kDown:
      return Bad(Quoted(target.text) + " leads down; downgrade takes it");
    case TargetKind::kRevision:
      break;
  }
  const Result<std::size_t> index = graph.Resolve(target.text);
  if (!index.ok()) {
    return index.status();
  }
  if (applied[*index] && WithoutAbove(graph, applied, *index) != applied) {
    return Bad("revision " + Quoted(graph.node(*index).id) +
               " is below the current revision; downgrade leads there");
  }
  return Union(applied, graph.WithAncestors({*index}));
}

Result<RevisionSet> ResolveDowngrade(const RevisionGraph& graph,
                                     const RevisionSet& applied,
                                     const Target& target) {
  switch (target.kind) {
    case TargetKind::kHead:
    case TargetKind::kHeads: {
      Result<RevisionSet> all = ResolveHead(graph, target);
      if (all.ok() && *all != applied) {
        return Bad(Quoted(target.text) +
                   " is not below the current revision; upgrade leads there");
      }
      return all;
    }
    case TargetKind::kBase:
      return RevisionSet(graph.size());
    case TargetKind::kUp:
      return Bad(Quoted(target.text) + " leads up; upgrade takes it");
    case TargetKind::kDown:
      return ResolveSteps(graph, applied, target);
    case TargetKind::kRevision:
      break;
  }
  const Result<std::size_t> index = graph.Resolve(target.text);
  if (!index.ok()) {
    return index.status();
  }
  if (!applied[*index]) {
    return Bad("revision " + Quoted(graph.node(*index).id) +
               " is not applied; upgrade leads there");
  }
  return WithoutAbove(graph, applied, *index);
}

Result<RevisionSet> ResolveStamp(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 const Target& target) {
  switch (target.kind) {
    case TargetKind::kHead:
    case TargetKind::kHeads:
      return ResolveHead(graph, target);
    case TargetKind::kBase:
      return RevisionSet(graph.size());
    case TargetKind::kUp:
    case TargetKind::kDown:
      return ResolveSteps(graph, applied, target);
    case TargetKind::kRevision:
      break;
  }
  const Result<std::size_t> index = graph.Resolve(target.text);
  if (!index.ok()) {
    return index.status();
  }
  return graph.WithAncestors({*index});
}

}  // namespace palindrome
