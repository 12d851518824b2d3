#include "runtime/src/revision_place.h"

#include <algorithm>
#include <string>
#include <utility>

namespace palindrome {
namespace {

Status Bad(const Target& target, const std::string& what) {
  return {StatusCode::kBadTarget, "`" + target.text + "` " + what};
}

std::vector<std::size_t> On(const RevisionSet& line,
                            std::vector<std::size_t> revisions) {
  std::erase_if(revisions, [&](std::size_t index) { return !line[index]; });
  return revisions;
}

// The members of `from` on the line that no other one there revises.
std::vector<std::size_t> Tips(const RevisionGraph& graph,
                              const RevisionSet& from,
                              const RevisionSet& line) {
  std::vector<std::size_t> tips;
  for (const std::size_t index : graph.order()) {
    const std::vector<std::size_t>& children = graph.children(index);
    if (from[index] && line[index] &&
        std::none_of(children.begin(), children.end(), [&](std::size_t child) {
          return from[child] && line[child];
        })) {
      tips.push_back(index);
    }
  }
  return tips;
}

Result<std::vector<std::size_t>> FindStart(const RevisionGraph& graph,
                                           const RevisionSet& from,
                                           const RevisionSet& line,
                                           const Target& target) {
  switch (target.kind) {
    case TargetKind::kHead:
    case TargetKind::kHeads: {
      std::vector<std::size_t> heads =
          target.branch.empty()
              ? graph.heads()
              : Tips(graph, RevisionSet(graph.size(), true), line);
      if (target.kind == TargetKind::kHead && heads.size() > 1) {
        return Bad(target, "is ambiguous: the " +
                               std::string(target.branch.empty() ? "history"
                                                                 : "branch") +
                               " has the heads " + ListRevisions(graph, heads) +
                               "; name one of them, or `heads` for all");
      }
      return heads;
    }
    case TargetKind::kBase:
      return std::vector<std::size_t>();
    case TargetKind::kCurrent:
    case TargetKind::kHere:
      return target.branch.empty() ? graph.HeadsOf(from)
                                   : Tips(graph, from, line);
    case TargetKind::kRevision:
      break;
  }
  const Result<std::size_t> index =
      graph.Resolve(target.revision, target.branch.empty() ? nullptr : &line);
  if (!index.ok()) {
    return index.status();
  }
  return std::vector<std::size_t>{*index};
}

// From the only revision of `place`, or from before the first.
Status Walk(const RevisionGraph& graph, const Target& target,
            bool stops_at_base, Place* place) {
  const bool is_up = target.offset == TargetOffset::kUp;
  for (std::size_t step = 0; step < target.steps; ++step) {
    if (place->revisions.empty() && !is_up) {
      if (stops_at_base) {
        return {};
      }
      return Bad(target, "runs past the base");
    }
    std::vector<std::size_t> next;
    if (place->revisions.empty()) {
      next = BasesOn(graph, place->line);
    } else if (is_up) {
      next = graph.children(place->revisions.front());
    } else {
      next = graph.parents(place->revisions.front());
    }
    next = On(place->line, std::move(next));
    if (next.empty() && is_up) {
      return Bad(target, "runs past the head");
    }
    if (next.size() > 1) {
      return Bad(target, "is ambiguous: its way leads to " +
                             ListRevisions(graph, next) +
                             "; name one, or a branch before an `@`");
    }
    if (next.empty() && !place->branch) {
      place->line = graph.Line(place->revisions.front());
    }
    place->revisions = std::move(next);
  }
  return {};
}

}  // namespace

std::vector<std::size_t> BasesOn(const RevisionGraph& graph,
                                 const RevisionSet& line) {
  std::vector<std::size_t> bases;
  for (const std::size_t index : graph.order()) {
    if (line[index] && graph.parents(index).empty()) {
      bases.push_back(index);
    }
  }
  return bases;
}

Result<Place> FindPlace(const RevisionGraph& graph, const RevisionSet& from,
                        const Target& target, bool stops_at_base) {
  Place place;
  place.line = RevisionSet(graph.size(), true);
  if (!target.branch.empty()) {
    const Result<std::size_t> branch = graph.Resolve(target.branch);
    if (!branch.ok()) {
      return branch.status();
    }
    place.branch = *branch;
    place.line = graph.Line(*branch);
  }
  auto start = FindStart(graph, from, place.line, target);
  if (!start.ok()) {
    return start.status();
  }
  place.revisions = *std::move(start);
  if (target.offset == TargetOffset::kNone) {
    return place;
  }
  if (place.revisions.size() > 1) {
    return Bad(target, "is ambiguous: it could start at " +
                           ListRevisions(graph, place.revisions) +
                           "; name one, or a branch before an `@`");
  }
  if (Status status = Walk(graph, target, stops_at_base, &place);
      !status.ok()) {
    return status;
  }
  return place;
}

Result<std::vector<std::size_t>> ResolveRevisions(const RevisionGraph& graph,
                                                  const RevisionSet& applied,
                                                  std::string_view text) {
  const Result<Target> target = ParseTarget(text);
  if (!target.ok()) {
    return target.status();
  }
  auto place = FindPlace(
      graph,
      target->kind == TargetKind::kCurrent
          ? applied
          : RevisionSet(graph.size(), target->offset == TargetOffset::kDown),
      *target);
  if (!place.ok()) {
    return place.status();
  }
  return std::move(place->revisions);
}

Result<std::optional<std::size_t>> ResolveRevision(const RevisionGraph& graph,
                                                   const RevisionSet& applied,
                                                   std::string_view text) {
  const auto revisions = ResolveRevisions(graph, applied, text);
  if (!revisions.ok()) {
    return revisions.status();
  }
  if (revisions->size() > 1) {
    return Status(StatusCode::kBadTarget,
                  "`" + std::string(text) + "` is several revisions, " +
                      ListRevisions(graph, *revisions) + "; name one of them");
  }
  return revisions->empty() ? std::nullopt : std::optional(revisions->front());
}

}  // namespace palindrome
