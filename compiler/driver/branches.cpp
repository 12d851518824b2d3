#include "compiler/driver/branches.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "compiler/catalog/slice.h"
#include "compiler/driver/replay_difference.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kOtherCatalog, kParallelBranchConflict,
                "which of `{0}` and `{1}` is applied first decides what the "
                "schema is: {2}; let one of the two revise the other",
                std::string, std::string, std::string);

bool Intersect(const std::set<std::string>& one,
               const std::set<std::string>& other) {
  return std::any_of(one.begin(), one.end(), [&](const std::string& name) {
    return other.contains(name);
  });
}

std::vector<std::size_t> NeedsOf(const graph::Revision& revision) {
  std::vector<std::size_t> needs = revision.parents;
  needs.insert(needs.end(), revision.depends_on.begin(),
               revision.depends_on.end());
  return needs;
}

void AddNames(const catalog::Slice& slice, std::set<std::string>& names) {
  for (const catalog::ObjectPtr& object : slice) {
    names.insert(object->key().name);
  }
}

}  // namespace

const Branches::Names& Branches::NamesOf(std::size_t revision) {
  const auto [entry, is_new] = names_.try_emplace(revision);
  Names& names = entry->second;
  if (!is_new) {
    return names;
  }
  const MigrationAnalysis& analysis = *analysis_[revision];
  for (const auto* section :
       {&analysis.upgrade, &analysis.downgrade.simulation}) {
    for (const catalog::Step& step : section->steps) {
      catalog::Mentions mentions = catalog::MentionsOf(step.item->statement);
      names.all.insert(mentions.needed.begin(), mentions.needed.end());
      names.touched.merge(mentions.touched);
    }
    for (const auto& change :
         catalog::Catalog::Changes(section->before, section->after)) {
      names.touched.insert(change.key.name);
    }
  }
  names.all.insert(names.touched.begin(), names.touched.end());
  if (analysis.task) {
    AddNames(analysis.task->before, names.all);
    AddNames(analysis.task->after, names.all);
  }
  return names;
}

bool Branches::AreRelated(std::size_t one, std::size_t other) {
  const Names& left = NamesOf(one);
  const Names& right = NamesOf(other);
  return Intersect(left.touched, right.all) ||
         Intersect(right.touched, left.all);
}

const std::vector<bool>& Branches::Line(std::size_t revision) {
  const auto [entry, is_new] = lines_.try_emplace(revision);
  std::vector<bool>& line = entry->second;
  if (!is_new) {
    return line;
  }
  line.assign(graph_.revisions.size(), false);
  Revisions pending{revision};
  while (!pending.empty()) {
    const std::size_t next = pending.back();
    pending.pop_back();
    if (!line[next]) {
      line[next] = true;
      const Revisions needs = NeedsOf(graph_.revisions[next]);
      pending.insert(pending.end(), needs.begin(), needs.end());
    }
  }
  return line;
}

Branches::Revisions Branches::Ends(Revisions revisions) {
  std::sort(revisions.begin(), revisions.end());
  revisions.erase(std::unique(revisions.begin(), revisions.end()),
                  revisions.end());
  if (revisions.size() < 2) {
    return revisions;
  }
  Revisions ends;
  for (const std::size_t revision : revisions) {
    const bool is_needed =
        std::any_of(revisions.begin(), revisions.end(), [&](std::size_t other) {
          return other > revision && Line(other)[revision];
        });
    if (!is_needed) {
      ends.push_back(revision);
    }
  }
  return ends;
}

std::size_t Branches::Rival(std::size_t revision, const Revisions& rivals) {
  std::size_t rival = rivals.empty() ? revision : rivals.back();
  std::size_t most = 0;
  const Names& names = NamesOf(revision);
  for (const std::size_t other : rivals) {
    const Names& others = NamesOf(other);
    std::size_t shared = 0;
    for (const std::string& name : names.all) {
      shared += others.touched.count(name) + others.all.count(name);
    }
    if (shared >= most) {
      most = shared;
      rival = other;
    }
  }
  return rival;
}

std::optional<catalog::Catalog> Branches::Replay(std::size_t revision,
                                                 const catalog::Catalog& before,
                                                 const Revisions& rivals) {
  const graph::Revision& replayed = graph_.revisions[revision];
  const MigrationAnalysis& compiled = *analysis_[revision];
  if (before.identity() == compiled.upgrade.before.identity()) {
    return compiled.upgrade.after;
  }
  diagnostics::Emitter unheard;
  MigrationAnalysis result =
      AnalyseMigration(replayed.migration, before, settings_, engine_, unheard);
  // Without a task there is a finding already, and nothing to compare with.
  if (!compiled.task) {
    return result.upgrade.applies ? std::optional(result.upgrade.after)
                                  : std::nullopt;
  }
  std::size_t rival = revision;
  auto difference =
      FindReplayDifference(replayed, compiled, result, settings_, [&] {
        rival = Rival(revision, rivals);
        return graph_.revisions[rival].id;
      });
  if (!difference) {
    return std::move(result.upgrade.after);
  }
  const graph::Revision& other = graph_.revisions[rival];
  difference->With(graph::LocationOf(other),
                   "`" + other.id + "` is on the other branch");
  emitter_.Emit(*std::move(difference));
  return std::nullopt;
}

Branches::Revisions Branches::Relevant(std::size_t revision,
                                       const Revisions& others) {
  const std::vector<bool>& own = Line(revision);
  std::set<std::size_t> candidates;
  for (const std::size_t other : others) {
    const std::vector<bool>& line = Line(other);
    for (std::size_t i = 0; i <= other; ++i) {
      if (line[i] && !own[i]) {
        candidates.insert(i);
      }
    }
  }
  Names wanted = NamesOf(revision);
  Revisions relevant;
  for (auto other = candidates.rbegin(); other != candidates.rend(); ++other) {
    const Names& names = NamesOf(*other);
    if (Intersect(names.touched, wanted.all) ||
        Intersect(names.all, wanted.touched)) {
      relevant.push_back(*other);
      wanted.all.insert(names.all.begin(), names.all.end());
    }
  }
  std::reverse(relevant.begin(), relevant.end());
  return relevant;
}

bool Branches::CheckAfter(std::size_t revision, const Revisions& others) {
  catalog::Catalog catalog = analysis_[revision]->upgrade.before;
  Revisions met;
  for (const std::size_t other : Relevant(revision, others)) {
    // What the revision's line has and the other's lacks.
    Revisions rivals = met;
    for (std::size_t i = 0; i < revision; ++i) {
      if (Line(revision)[i] && !Line(other)[i]) {
        rivals.push_back(i);
      }
    }
    auto after = Replay(other, catalog, rivals);
    if (!after) {
      return false;
    }
    catalog = *std::move(after);
    met.push_back(other);
    if (AreRelated(revision, other) && !Replay(revision, catalog, met)) {
      return false;
    }
  }
  return true;
}

bool Branches::CheckPairs(const Revisions& ends) {
  Revisions all;
  for (std::size_t i = 0; i <= ends.back(); ++i) {
    const auto lines = std::count_if(ends.begin(), ends.end(),
                                     [&](auto end) { return Line(end)[i]; });
    // What all have came before they parted.
    if (lines > 0 && std::size_t(lines) < ends.size()) {
      all.push_back(i);
    }
  }
  // The later one of two is the one to change.
  for (auto each = all.rbegin(); each != all.rend(); ++each) {
    const std::size_t revision = *each;
    Revisions others;
    for (const std::size_t other : all) {
      const bool is_known =
          std::any_of(ends.begin(), ends.end(), [&](std::size_t end) {
            return Line(end)[revision] && Line(end)[other];
          });
      if (!is_known && AreRelated(revision, other)) {
        others.push_back(other);
      }
    }
    if (!others.empty() && !CheckAfter(revision, others)) {
      return false;
    }
  }
  return true;
}

std::optional<catalog::Catalog> Branches::InOrder(const Revisions& ends) {
  struct Last {
    Revisions ends;
    std::size_t revision;
  };
  // Back to where the catalog is known, and forth again.
  std::vector<Last> pending;
  Revisions now = ends;
  while (now.size() > 1 && !in_order_.contains(now)) {
    const std::size_t last = now.back();
    pending.push_back({now, last});
    now.pop_back();
    const Revisions needs = NeedsOf(graph_.revisions[last]);
    now.insert(now.end(), needs.begin(), needs.end());
    now = Ends(std::move(now));
  }
  catalog::Catalog catalog;
  if (now.size() == 1) {
    catalog = analysis_[now.front()]->upgrade.after;
  } else if (!now.empty()) {
    catalog = in_order_.at(now);
  }
  while (!pending.empty()) {
    const Last last = std::move(pending.back());
    pending.pop_back();
    Revisions rivals = last.ends;
    rivals.pop_back();
    auto after = Replay(last.revision, catalog, rivals);
    if (!after) {
      return std::nullopt;
    }
    catalog = *std::move(after);
    in_order_[last.ends] = catalog;
  }
  return catalog;
}

std::optional<catalog::Catalog> Branches::LastLineFirst(const Revisions& ends) {
  const std::vector<bool>& first = Line(ends.back());
  catalog::Catalog catalog = analysis_[ends.back()]->upgrade.after;
  for (std::size_t i = 0; i < ends.back(); ++i) {
    const bool is_other =
        !first[i] && std::any_of(ends.begin(), ends.end(),
                                 [&](std::size_t end) { return Line(end)[i]; });
    if (is_other) {
      auto after = Replay(i, catalog, {ends.back()});
      if (!after) {
        return std::nullopt;
      }
      catalog = *std::move(after);
    }
  }
  return catalog;
}

std::optional<catalog::Catalog> Branches::Meet(const Revisions& revisions) {
  if (revisions.empty()) {
    return catalog::Catalog();
  }
  const auto applies = [&](std::size_t revision) {
    return analysis_[revision] && analysis_[revision]->upgrade.applies;
  };
  if (!std::all_of(revisions.begin(), revisions.end(), applies)) {
    return std::nullopt;
  }
  const Revisions ends = Ends(revisions);
  if (ends.size() == 1) {
    return analysis_[ends.front()]->upgrade.after;
  }
  if (!CheckPairs(ends)) {
    return std::nullopt;
  }
  auto in_order = InOrder(ends);
  const auto otherwise = in_order ? LastLineFirst(ends) : std::nullopt;
  if (!otherwise) {
    return std::nullopt;
  }
  if (*in_order != *otherwise) {
    const graph::Revision& first = graph_.revisions[ends.front()];
    const graph::Revision& last = graph_.revisions[ends.back()];
    const auto lines = catalog::DescribeDifferences(*in_order, *otherwise);
    emitter_.Emit(diagnostics::Make(kOtherCatalog, graph::LocationOf(last),
                                    first.id, last.id,
                                    lines.empty() ? "" : lines.front())
                      .With(graph::LocationOf(first),
                            "`" + first.id + "` is on the other branch"));
    return std::nullopt;
  }
  return in_order;
}

}  // namespace palindrome::driver
