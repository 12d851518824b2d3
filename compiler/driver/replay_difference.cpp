#include "compiler/driver/replay_difference.h"

#include <algorithm>
#include <cstdint>

#include "compiler/checks/suppress.h"
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
PALINDROME_TEXT(kNothingAfter, kParallelBranchConflict,
                "this does nothing in a database that has `{0}`, of another "
                "branch, already; let one of the two revise the other",
                std::string);
PALINDROME_TEXT(kOtherProgram, kParallelBranchConflict,
                "the SQL that does this leaves out what `{0}`, of another "
                "branch, did to the same objects; let one of the two revise "
                "the other",
                std::string);
using diagnostics::Diagnostic;

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

struct Differing {
  std::size_t step = 0;
  bool is_missing = false;  // The replayed program has no statement for it.
};

// The step of the first statement in which the programs differ.
std::optional<Differing> FirstDifference(const lower::Program& compiled,
                                         const lower::Program& replayed) {
  const auto& left = compiled.statements;
  const auto& right = replayed.statements;
  const auto [at, other] = std::mismatch(
      left.begin(), left.end(), right.begin(), right.end(), SameStatement);
  if (at != left.end()) {
    const std::size_t step = at->step;
    const bool is_there = std::any_of(
        right.begin(), right.end(),
        [&](const auto& statement) { return statement.step == step; });
    return Differing{step, !is_there};
  }
  if (other != right.end()) {
    return Differing{other->step, false};
  }
  return std::nullopt;
}

// Where the programs differ, if they do.
std::optional<Diagnostic> CompareUp(const ast::Migration& migration,
                                    const MigrationAnalysis& compiled,
                                    const MigrationAnalysis& replayed,
                                    llvm::function_ref<std::string()> rival) {
  const auto found = FirstDifference(compiled.task->up, replayed.task->up);
  if (!found) {
    return std::nullopt;
  }
  const source::Location location{
      migration.file,
      compiled.upgrade.steps[found->step].item->statement.range};
  return diagnostics::Make(found->is_missing ? kNothingAfter : kOtherProgram,
                           location, rival());
}

std::optional<Diagnostic> CompareDown(const graph::Revision& revision,
                                      const MigrationAnalysis& compiled,
                                      const MigrationAnalysis& replayed,
                                      const config::Settings& settings,
                                      llvm::function_ref<std::string()> rival) {
  const ast::Migration& migration = revision.migration;
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
  const auto found =
      FirstDifference(*compiled.task->down, *replayed.task->down);
  if (!found) {
    return std::nullopt;
  }
  if (migration.downgrade->is_auto) {
    return diagnostics::Make(kOtherProgram, DowngradeOf(migration), rival());
  }
  const source::Location location{
      migration.file, down.steps[found->step].item->statement.range};
  return diagnostics::Make(found->is_missing ? kNothingAfter : kOtherProgram,
                           location, rival());
}

}  // namespace

std::optional<Diagnostic> FindReplayDifference(
    const graph::Revision& revision, const MigrationAnalysis& compiled,
    const MigrationAnalysis& replayed, const config::Settings& settings,
    llvm::function_ref<std::string()> rival) {
  const ast::Migration& migration = revision.migration;
  if (const Diagnostic* obstacle =
          Obstacle(replayed.upgrade, migration, settings)) {
    return diagnostics::Make(kFailsAfter, obstacle->location, rival(),
                             obstacle->message);
  }
  auto difference = CompareUp(migration, compiled, replayed, rival);
  return difference
             ? difference
             : CompareDown(revision, compiled, replayed, settings, rival);
}

}  // namespace palindrome::driver
