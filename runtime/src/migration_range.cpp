#include "runtime/src/migration_range.h"

#include <utility>

#include "runtime/src/revision_place.h"

namespace palindrome {

Result<MigrationRange> ResolveMigrationRange(const RevisionGraph& graph,
                                             std::string_view text) {
  const std::size_t colon = text.find(':');
  const bool has_from = colon != std::string_view::npos;
  if (has_from && text.find(':', colon + 1) != std::string_view::npos) {
    return Status(StatusCode::kBadTarget,
                  "`" + std::string(text) +
                      "` is no range; write `FROM:TO`, or `TO` alone to come "
                      "from the base");
  }
  const std::string_view from = has_from ? text.substr(0, colon) : "base";
  const std::string_view to = has_from ? text.substr(colon + 1) : text;
  const auto from_target = ParseTarget(from.empty() ? "base" : from);
  if (from_target.ok() && from_target->kind == TargetKind::kCurrent) {
    return Status(StatusCode::kBadTarget,
                  "a script is made without a database, so that `current` is "
                  "not known; name the revision that it begins at");
  }
  const RevisionSet nothing(graph.size(), false);
  const auto start =
      ResolveRevisions(graph, nothing, from.empty() ? "base" : from);
  if (!start.ok()) {
    return start.status();
  }
  auto target = ParseTarget(to.empty() ? "heads" : to);
  if (!target.ok()) {
    return target.status();
  }
  MigrationRange range;
  range.before = graph.WithAncestors(*start);
  range.from = graph.HeadsOf(range.before);
  range.target = *std::move(target);
  auto up = ResolveUpgrade(graph, range.before, range.target);
  if (up.ok() && *up != range.before) {
    range.after = *std::move(up);
    return range;
  }
  auto down = ResolveDowngrade(graph, range.before, range.target);
  if (!up.ok() && !down.ok()) {
    // `-1` leads down, and whatever is wrong with it the downgrade says.
    return range.target.offset == TargetOffset::kDown ? down.status()
                                                      : up.status();
  }
  range.direction = down.ok() && *down != range.before ? Direction::kDowngrade
                                                       : range.direction;
  range.after = down.ok() ? *std::move(down) : *std::move(up);
  return range;
}

}  // namespace palindrome
