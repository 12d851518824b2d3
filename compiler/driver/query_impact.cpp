#include "compiler/driver/query_impact.h"

#include <utility>

#include "llvm/ADT/STLExtras.h"

namespace palindrome::driver {
namespace {

using queries::Verdict;

// Works, as far as that can be told.
bool Works(const Verdict& verdict) {
  return !verdict.HasErrors() && verdict.unchecked.empty();
}

std::string FirstError(const Verdict& verdict) {
  const auto found =
      llvm::find_if(verdict.problems, [](const queries::Problem& problem) {
        return problem.severity == diagnostics::Severity::kError;
      });
  return found == verdict.problems.end() ? "" : found->message;
}

// The first statement after which a query fails.
void FindStatements(const queries::Program& program, const Unlocked& unlocked,
                    const rehearse::StandIns& stand_ins, Impact& impact) {
  queries::Program broken;
  broken.fragments = program.fragments;
  for (const BrokenQuery& each : impact.breaks) {
    broken.queries.push_back(program.queries[each.query]);
  }
  std::size_t open = impact.breaks.size();
  for (const catalog::Step& step : unlocked.upgrade.steps) {
    if (open == 0) {
      return;
    }
    if (step.before.identity() == step.after.identity()) {
      continue;
    }
    const auto verdicts = queries::Check(broken, step.after, stand_ins);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      BrokenQuery& each = impact.breaks[i];
      if (each.statement.file == nullptr && verdicts[i].HasErrors()) {
        each.statement = {unlocked.migration->file, step.item->statement.range};
        --open;
      }
    }
  }
}

}  // namespace

std::vector<Impact> FindImpact(const queries::Program& program,
                               const QuerySchemas& schemas) {
  std::vector<Impact> impacts;
  const rehearse::StandIns& stand_ins = schemas.settings.stand_ins;
  const std::vector<Verdict> deployed =
      queries::Check(program, schemas.deployed, stand_ins);
  std::vector<Verdict> before = deployed;
  for (const Unlocked& unlocked : schemas.unlocked) {
    std::vector<Verdict> after =
        queries::Check(program, unlocked.upgrade.after, stand_ins);
    Impact impact;
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (Works(before[i]) && after[i].HasErrors()) {
        impact.breaks.push_back(
            {i, FirstError(after[i]), Works(deployed[i]), {}});
      } else if (before[i].HasErrors() && Works(after[i])) {
        impact.needed_by.push_back(i);
      }
    }
    FindStatements(program, unlocked, stand_ins, impact);
    impacts.push_back(std::move(impact));
    before = std::move(after);
  }
  return impacts;
}

}  // namespace palindrome::driver
