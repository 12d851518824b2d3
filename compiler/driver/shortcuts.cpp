#include "compiler/driver/shortcuts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/lower/sqlite/merge.h"
#include "compiler/rehearse/snapshot.h"

namespace palindrome::driver {

namespace {

using table::ShortcutKind;

// A replay takes a time that grows with the square of their number; this many
// take some seconds.
constexpr std::size_t kMostReplayed = 4'096;
// More rebuilds in a row than these are merged in parts.
constexpr std::size_t kMostMerged = 64;
// What a snapshot may be longer than the upgrades that it stands for.
constexpr std::size_t kSlack = 1 << 16;

std::vector<codegen::CompiledStatement> Compile(
    const std::vector<std::string>& statements) {
  std::vector<codegen::CompiledStatement> compiled;
  for (const std::string& statement : statements) {
    compiled.push_back({0, 0, statement});
  }
  return compiled;
}

std::vector<codegen::CompiledStatement> Compile(const lower::Program& program) {
  std::vector<codegen::CompiledStatement> compiled;
  for (const lower::Statement& statement : program.statements) {
    compiled.push_back({statement.flags, 0, statement.sql});
  }
  return compiled;
}

std::size_t SizeOf(const std::vector<std::string>& statements) {
  std::size_t size = 0;
  for (const std::string& statement : statements) {
    size += statement.size();
  }
  return size;
}

std::string AddSnapshot(const config::Settings& settings,
                        const HistoryAnalysis& analysis, Shortcuts& found) {
  if (analysis.size() > kMostReplayed) {
    return "the history is too long to be replayed by the build";
  }
  std::vector<const lower::Program*> upgrades;
  std::size_t size = 0;
  for (const auto& migration : analysis) {
    upgrades.push_back(&migration->task->up);
    for (const lower::Statement& statement : migration->task->up.statements) {
      size += statement.sql.size();
    }
  }
  rehearse::Snapshot snapshot =
      rehearse::TakeSnapshot(upgrades, &settings.stand_ins);
  if (!snapshot.obstacle.empty()) {
    return std::move(snapshot.obstacle);
  }
  if (SizeOf(snapshot.statements) > size + kSlack) {
    return "it would be longer than the upgrades";
  }
  found.shortcuts.push_back({table::Dialect::kSqlite,
                             ShortcutKind::kNewDatabase, 0, analysis.size(),
                             Compile(snapshot.statements)});
  return "";
}

lower::sqlite::Lowered LoweredOf(const MigrationAnalysis& migration) {
  return {&migration.upgrade, &migration.task->up};
}

// Whether the program leaves behind what the upgrades of the chain do.
bool IsShown(const std::vector<const MigrationAnalysis*>& chain,
             const lower::Program& program) {
  const MigrationAnalysis& first = *chain.front();
  const MigrationAnalysis& last = *chain.back();
  std::set<catalog::Key> keys;
  for (const MigrationAnalysis* migration : chain) {
    for (const catalog::Slice* slice :
         {&migration->task->before, &migration->task->after}) {
      for (const catalog::ObjectPtr& object : *slice) {
        keys.insert(object->key());
      }
    }
  }
  rehearse::Task task = *first.task;
  task.before = catalog::Restrict(first.upgrade.before, keys);
  task.after = catalog::Restrict(last.upgrade.after, keys);
  task.up = program;
  task.up_changes.clear();
  task.down.reset();
  task.down_changes.clear();
  const rehearse::Result result = rehearse::Rehearse(task);
  return !result.failure && result.after_up.empty();
}

// Whether the second revises the first and needs nothing else.
bool Follows(const graph::Graph& graph, std::size_t first) {
  const graph::Revision& next = graph.revisions[first + 1];
  return next.parents == std::vector<std::size_t>{first} &&
         next.depends_on.empty();
}

void AddMerged(const graph::Graph& graph, const HistoryAnalysis& analysis,
               std::size_t begin, Shortcuts& found) {
  const auto add = [&](std::size_t count, const lower::Program& program) {
    std::vector<const MigrationAnalysis*> shown;
    for (std::size_t i = begin; i < begin + count; ++i) {
      shown.push_back(analysis[i].get());
    }
    if (IsShown(shown, program)) {
      found.shortcuts.push_back({table::Dialect::kSqlite,
                                 ShortcutKind::kMergedRebuilds, begin, count,
                                 Compile(program)});
    }
  };
  std::vector<lower::sqlite::Lowered> chain = {LoweredOf(*analysis[begin])};
  while (chain.size() < kMostMerged &&
         begin + chain.size() < graph.revisions.size() &&
         Follows(graph, begin + chain.size() - 1)) {
    chain.push_back(LoweredOf(*analysis[begin + chain.size()]));
  }
  const auto merged = lower::sqlite::MergeAcross(chain);
  if (merged.count > 1) {
    add(merged.count, merged.program);
  }
  if (const auto within = lower::sqlite::MergeWithin(chain.front())) {
    add(1, *within);
  }
}

void AddSquash(const graph::Squash& squash, const MigrationAnalysis* analysis,
               Shortcuts& found) {
  if (analysis == nullptr || !analysis->task) {
    return;
  }
  const auto merged = lower::sqlite::MergeWithin(LoweredOf(*analysis));
  const bool is_shown = merged && IsShown({analysis}, *merged);
  found.shortcuts.push_back({table::Dialect::kSqlite, ShortcutKind::kSquash,
                             squash.members.front(), squash.members.size(),
                             Compile(is_shown ? *merged : analysis->task->up)});
}

}  // namespace

Shortcuts FindShortcuts(const graph::Graph& graph,
                        const config::Settings& settings,
                        const HistoryAnalysis& analysis,
                        const HistoryAnalysis& squashes) {
  Shortcuts found;
  if (settings.rehearse == config::RehearseMode::kNone) {
    found.no_snapshot = "nothing was rehearsed";
    return found;
  }
  if (analysis.empty()) {
    found.no_snapshot = "there are no migrations";
    return found;
  }
  found.no_snapshot = AddSnapshot(settings, analysis, found);
  for (std::size_t i = 0; i < squashes.size(); ++i) {
    AddSquash(graph.squashes[i], squashes[i].get(), found);
  }
  for (std::size_t i = 0; i < analysis.size(); ++i) {
    AddMerged(graph, analysis, i, found);
  }
  return found;
}

}  // namespace palindrome::driver
