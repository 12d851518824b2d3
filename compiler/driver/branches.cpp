#include "compiler/driver/branches.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/catalog/slice.h"
#include "compiler/checks/suppress.h"
#include "compiler/driver/migration_analysis.h"
#include "palindrome/migration.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kFailsAfter, kParallelBranchConflict,
                "this fails in a database that has `{0}`, of another branch, "
                "already: {1}; let one of the two revise the other",
                std::string, std::string);
PALINDROME_TEXT(kDownFailsAfter, kParallelBranchConflict,
                "the downgrade of `{0}` fails in a database that has `{1}`, of "
                "another branch, already: {2}; let one of the two revise the "
                "other",
                std::string, std::string, std::string);
PALINDROME_TEXT(kOtherProgram, kParallelBranchConflict,
                "the SQL that does this leaves out what `{0}`, of another "
                "branch, did to the same objects; let one of the two revise "
                "the other",
                std::string);
PALINDROME_TEXT(kOtherCatalog, kParallelBranchConflict,
                "which of `{0}` and `{1}` is applied first decides what the "
                "schema is: {2}; let one of the two revise the other",
                std::string, std::string, std::string);

using diagnostics::Diagnostic;

// Marks the revision and all that it needs, and returns those that were not
// marked before, in the order of the graph.
std::vector<std::size_t> Mark(const graph::Graph& graph, std::size_t revision,
                              std::vector<bool>& marked) {
  std::vector<std::size_t> added;
  std::vector<std::size_t> pending{revision};
  while (!pending.empty()) {
    const std::size_t next = pending.back();
    pending.pop_back();
    if (marked[next]) {
      continue;
    }
    marked[next] = true;
    added.push_back(next);
    const graph::Revision& needing = graph.revisions[next];
    pending.insert(pending.end(), needing.parents.begin(),
                   needing.parents.end());
    pending.insert(pending.end(), needing.depends_on.begin(),
                   needing.depends_on.end());
  }
  std::sort(added.begin(), added.end());
  return added;
}

std::set<std::string> Mentioned(const catalog::Simulation& section) {
  std::set<std::string> names;
  for (const catalog::Step& step : section.steps) {
    names.merge(catalog::MentionedNames(step.item->statement));
  }
  return names;
}

std::size_t CountShared(const std::set<std::string>& names,
                        const std::set<std::string>& others) {
  return std::size_t(std::count_if(
      others.begin(), others.end(),
      [&](const std::string& name) { return names.contains(name); }));
}

source::Location RevisionOf(const graph::Revision& revision) {
  const ast::Header& header = revision.migration.header;
  return {revision.migration.file,
          header.revision ? header.revision->range : header.range};
}

source::Location DowngradeOf(const ast::Migration& migration) {
  return {migration.file, migration.downgrade->is_auto
                              ? migration.downgrade->auto_range
                              : migration.downgrade->keyword};
}

// What keeps the section from running; null: nothing does.
const Diagnostic* Obstacle(const catalog::Simulation& section,
                           const ast::Migration& migration,
                           const config::Settings& settings) {
  for (const Diagnostic& problem : section.problems) {
    if (!checks::IsTolerated(problem, migration, settings)) {
      return &problem;
    }
  }
  return nullptr;
}

// Whether foreign keys are looked at afterwards may differ: a key that only one
// branch knows keeps the other from touching the columns that it joins.
bool SameStatement(const lower::Statement& left,
                   const lower::Statement& right) {
  constexpr std::uint32_t kIgnored = table::kCheckForeignKeys;
  return left.sql == right.sql &&
         (left.flags | kIgnored) == (right.flags | kIgnored);
}

// The step of the first statement in which the programs differ.
std::optional<std::size_t> DifferingStep(const lower::Program& compiled,
                                         const lower::Program& replayed) {
  const auto& left = compiled.statements;
  const auto& right = replayed.statements;
  const auto [at, other] = std::mismatch(
      left.begin(), left.end(), right.begin(), right.end(), SameStatement);
  if (at != left.end()) {
    return at->step;
  }
  if (other != right.end()) {
    return other->step;
  }
  return std::nullopt;
}

// What tells the replayed migration from the compiled one; no value: nothing.
// `rival` is asked for the other branch's revision if there is a difference.
std::optional<Diagnostic> Difference(const graph::Revision& revision,
                                     const MigrationAnalysis& compiled,
                                     const MigrationAnalysis& replayed,
                                     const config::Settings& settings,
                                     llvm::function_ref<std::string()> rival) {
  const ast::Migration& migration = revision.migration;
  if (const Diagnostic* obstacle =
          Obstacle(replayed.upgrade, migration, settings)) {
    return diagnostics::Make(kFailsAfter, obstacle->location, rival(),
                             obstacle->message);
  }
  const auto at = [&](const catalog::Simulation& section, std::size_t step) {
    return source::Location{migration.file,
                            section.steps[step].item->statement.range};
  };
  if (const auto step = DifferingStep(compiled.task->up, replayed.task->up)) {
    return diagnostics::Make(kOtherProgram, at(compiled.upgrade, *step),
                             rival());
  }
  if (!compiled.task->down) {
    return std::nullopt;
  }
  const catalog::Simulation& down = replayed.downgrade.simulation;
  if (!replayed.task->down) {
    const Diagnostic* obstacle = Obstacle(down, migration, settings);
    return diagnostics::Make(
        kDownFailsAfter, DowngradeOf(migration), revision.id, rival(),
        obstacle != nullptr ? obstacle->message
                            : std::string("it has no inverse there"));
  }
  if (const auto step =
          DifferingStep(*compiled.task->down, *replayed.task->down)) {
    return diagnostics::Make(
        kOtherProgram,
        migration.downgrade->is_auto ? DowngradeOf(migration) : at(down, *step),
        rival());
  }
  return std::nullopt;
}

}  // namespace

std::size_t Branches::Rival(std::size_t revision,
                            const std::vector<bool>& there) const {
  std::vector<bool> own(graph_.revisions.size(), false);
  Mark(graph_, revision, own);
  const auto names = Mentioned(analysis_[revision]->upgrade);
  std::size_t rival = revision;
  std::optional<std::size_t> most;
  for (std::size_t i = there.size(); i-- > 0;) {
    if (!there[i] || own[i]) {
      continue;
    }
    const catalog::Simulation& upgrade = analysis_[i]->upgrade;
    std::size_t shared = CountShared(names, Mentioned(upgrade));
    for (const auto& change :
         catalog::Catalog::Changes(upgrade.before, upgrade.after)) {
      shared += names.count(change.key.name);
    }
    if (!most || shared > *most) {
      most = shared;
      rival = i;
    }
  }
  return rival;
}

std::optional<catalog::Catalog> Branches::Replay(
    std::size_t revision, const catalog::Catalog& before,
    const std::vector<bool>& there) const {
  const graph::Revision& replayed = graph_.revisions[revision];
  diagnostics::Emitter unheard;
  MigrationAnalysis result =
      AnalyseMigration(replayed.migration, before, settings_, engine_, unheard);
  // Without a task there is a finding already, and nothing to compare with.
  if (!analysis_[revision]->task) {
    return result.upgrade.applies ? std::optional(result.upgrade.after)
                                  : std::nullopt;
  }
  std::size_t rival = revision;
  auto difference =
      Difference(replayed, *analysis_[revision], result, settings_, [&] {
        rival = Rival(revision, there);
        return graph_.revisions[rival].id;
      });
  if (!difference) {
    return std::move(result.upgrade.after);
  }
  const graph::Revision& other = graph_.revisions[rival];
  difference->With(RevisionOf(other),
                   "`" + other.id + "` is on the other branch");
  emitter_.Emit(*std::move(difference));
  return std::nullopt;
}

std::optional<catalog::Catalog> Branches::Follow(
    const std::vector<std::size_t>& ends) const {
  std::vector<bool> there(graph_.revisions.size(), false);
  Mark(graph_, ends.front(), there);
  catalog::Catalog catalog = analysis_[ends.front()]->upgrade.after;
  for (const std::size_t end : ends) {
    const std::vector<bool> others = there;
    for (const std::size_t revision : Mark(graph_, end, there)) {
      auto after = Replay(revision, catalog, others);
      if (!after) {
        return std::nullopt;
      }
      catalog = *std::move(after);
    }
  }
  return catalog;
}

std::optional<catalog::Catalog> Branches::Meet(
    const std::vector<std::size_t>& revisions) const {
  if (revisions.empty()) {
    return catalog::Catalog();
  }
  const auto applies = [&](std::size_t revision) {
    return analysis_[revision] && analysis_[revision]->upgrade.applies;
  };
  if (!std::all_of(revisions.begin(), revisions.end(), applies)) {
    return std::nullopt;
  }
  if (revisions.size() == 1) {
    return analysis_[revisions.front()]->upgrade.after;
  }
  // Forwards and backwards, each migration meets all of the other branches.
  auto forwards = Follow(revisions);
  const auto backwards =
      forwards ? Follow({revisions.rbegin(), revisions.rend()}) : std::nullopt;
  if (!backwards) {
    return std::nullopt;
  }
  if (*forwards != *backwards) {
    const graph::Revision& first = graph_.revisions[revisions.front()];
    const graph::Revision& last = graph_.revisions[revisions.back()];
    const auto lines = catalog::DescribeDifferences(*forwards, *backwards);
    emitter_.Emit(diagnostics::Make(kOtherCatalog, RevisionOf(last), first.id,
                                    last.id, lines.empty() ? "" : lines.front())
                      .With(RevisionOf(first), "`" + first.id +
                                                   "` is on a branch of "
                                                   "its own"));
    return std::nullopt;
  }
  return forwards;
}

}  // namespace palindrome::driver
