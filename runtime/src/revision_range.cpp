#include <algorithm>
#include <string>
#include <utility>

#include "runtime/src/revision_place.h"

namespace palindrome {
namespace {

// The lower end; one that would lie before the base is the base.
Result<Place> FindLower(const RevisionGraph& graph, const RevisionSet& applied,
                        std::string_view text) {
  const Result<Target> target = ParseTarget(text.empty() ? "base" : text);
  if (!target.ok()) {
    return target.status();
  }
  return FindPlace(
      graph,
      target->kind == TargetKind::kCurrent
          ? applied
          : RevisionSet(graph.size(), target->offset == TargetOffset::kDown),
      *target, /*stops_at_base=*/true);
}

Result<std::vector<std::size_t>> FindUpper(const RevisionGraph& graph,
                                           const RevisionSet& applied,
                                           const Place& lower,
                                           std::string_view text) {
  const Result<Target> target = ParseTarget(text.empty() ? "heads" : text);
  if (!target.ok()) {
    return target.status();
  }
  if (!target->IsHere(TargetOffset::kUp)) {
    return ResolveRevisions(graph, applied, target->text);
  }
  auto place = FindPlace(graph, graph.WithAncestors(lower.revisions), *target);
  if (!place.ok()) {
    return place.status();
  }
  return std::move(place->revisions);
}

}  // namespace

Result<RevisionSet> Between(const RevisionGraph& graph,
                            const std::vector<std::size_t>& lower,
                            const std::vector<std::size_t>& upper) {
  const RevisionSet below = graph.WithAncestors(lower);
  RevisionSet between = graph.WithAncestors(upper);
  for (const std::size_t index : lower) {
    if (!between[index]) {
      return Status(
          StatusCode::kBadTarget,
          "a range goes up; `" + graph.node(index).id + "` is not below " +
              (upper.empty() ? "the base" : ListRevisions(graph, upper)));
    }
  }
  const RevisionSet above = graph.RevisedFrom(lower);
  for (std::size_t index = 0; index < graph.size(); ++index) {
    between[index] =
        between[index] && !below[index] && (lower.empty() || above[index]);
  }
  for (const std::size_t index : lower) {
    between[index] = true;
  }
  return between;
}

Result<RevisionSet> ResolveRange(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos ||
      text.find(':', colon + 1) != std::string_view::npos) {
    return Status(StatusCode::kBadTarget,
                  "`" + std::string(text) +
                      "` is not a range; ranges are `LOWER:UPPER`, `LOWER:` "
                      "and `:UPPER`");
  }
  const Result<Place> lower = FindLower(graph, applied, text.substr(0, colon));
  if (!lower.ok()) {
    return lower.status();
  }
  auto upper = FindUpper(graph, applied, *lower, text.substr(colon + 1));
  if (!upper.ok()) {
    return upper.status();
  }
  std::erase_if(*upper, [&](std::size_t index) { return !lower->line[index]; });
  return Between(graph, lower->revisions, *upper);
}

}  // namespace palindrome
