#include "compiler/driver/migration_analysis.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/catalog/slice.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/suppress.h"
#include "compiler/driver/derivation.h"
#include "compiler/lower/sqlite/lower.h"
#include "compiler/reversal/reversal.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

using diagnostics::Diagnostic;

void SimulateDowngrade(const ast::Migration& migration,
                       const catalog::Simulation& upgrade,
                       catalog::Engine& engine, diagnostics::Emitter& emitter,
                       checks::Downgrade& downgrade) {
  if (!migration.downgrade) {
    downgrade.simulation =
        catalog::Simulate({}, nullptr, upgrade.after, engine);
    return;
  }
  if (!migration.downgrade->is_auto) {
    downgrade.simulation = catalog::Simulate(
        migration.downgrade->items, migration.file, upgrade.after, engine);
    return;
  }
  reversal::Derived derived = reversal::Derive(upgrade);
  for (const reversal::Derived::Refusal& refusal : derived.refusals) {
    emitter.Emit(MakeRefusal(
        migration,
        {&upgrade.steps[refusal.step].item->statement, refusal.reason}));
  }
  downgrade.is_auto = true;
  downgrade.derivable = derived.refusals.empty();
  downgrade.items = std::move(derived.items);
  downgrade.undoes = std::move(derived.undoes);
  downgrade.simulation =
      catalog::Simulate(downgrade.items, nullptr, upgrade.after, engine);
}

bool AllTolerated(const std::vector<Diagnostic>& problems,
                  const ast::Migration& migration,
                  const config::Settings& settings) {
  return std::all_of(problems.begin(), problems.end(),
                     [&](const Diagnostic& problem) {
                       return checks::IsTolerated(problem, migration, settings);
                     });
}

// Consequences become problems where nothing else fails the build.
void Settle(const ast::Migration& migration, const config::Settings& settings,
            catalog::Simulation& simulation) {
  if (AllTolerated(simulation.problems, migration, settings)) {
    simulation.problems.insert(simulation.problems.end(),
                               simulation.consequences.begin(),
                               simulation.consequences.end());
  }
}

// Whether the upgrade is told of the same users of what it changes: the inverse
// of a rename has them as well.
bool IsTold(const Diagnostic& problem, const catalog::Simulation& upgrade) {
  const auto is_same = [](const diagnostics::Note& left,
                          const diagnostics::Note& right) {
    return left.location.file == right.location.file &&
           left.location.range.begin == right.location.range.begin &&
           left.message == right.message;
  };
  return problem.kind == diagnostics::Kind::kDropWithLiveDependents &&
         !problem.notes.empty() &&
         std::any_of(upgrade.problems.begin(), upgrade.problems.end(),
                     [&](const Diagnostic& other) {
                       return other.kind == problem.kind &&
                              std::equal(other.notes.begin(), other.notes.end(),
                                         problem.notes.begin(),
                                         problem.notes.end(), is_same);
                     });
}

checks::Downgrade AnalyseDowngrade(const ast::Migration& migration,
                                   const catalog::Simulation& upgrade,
                                   const config::Settings& settings,
                                   catalog::Engine& engine,
                                   diagnostics::Emitter& emitter) {
  checks::Downgrade downgrade;
  if (!migration.body_ok) {
    // What could be read of it is not all of it.
    downgrade.derivable = false;
    downgrade.simulation.before = upgrade.after;
    downgrade.simulation.after = upgrade.after;
    return downgrade;
  }
  SimulateDowngrade(migration, upgrade, engine, emitter, downgrade);
  if (downgrade.is_auto) {
    std::erase_if(
        downgrade.simulation.problems,
        [&](const Diagnostic& problem) { return IsTold(problem, upgrade); });
  }
  Settle(migration, settings, downgrade.simulation);
  for (const Diagnostic& problem : downgrade.simulation.problems) {
    downgrade.tolerated.push_back(
        checks::IsTolerated(problem, migration, settings));
  }
  return downgrade;
}

// Nothing that fails the build was found in the section.
bool IsClean(const catalog::Simulation& simulation,
             const ast::Migration& migration,
             const config::Settings& settings) {
  return simulation.applies &&
         AllTolerated(simulation.problems, migration, settings);
}

void AddNames(const catalog::Simulation& simulation, catalog::Mentions& names) {
  for (const catalog::Step& step : simulation.steps) {
    names.Merge(catalog::MentionsOf(step.item->statement));
  }
}

// What a statement touches by way of a view or trigger that is there in the
// course of the section alone.
void AddTransient(const catalog::Simulation& simulation,
                  std::set<catalog::Key>& keys) {
  for (const catalog::Step& step : simulation.steps) {
    if (step.before.identity() != simulation.before.identity() &&
        step.before.identity() != simulation.after.identity()) {
      keys.merge(catalog::Closure(step.before,
                                  catalog::MentionsOf(step.item->statement)));
    }
  }
}

// Whether an INSERT says what is to become of a row that is there already.
bool ReckonsWithRows(const ast::Statement& insert) {
  const auto& tokens = insert.tokens.tokens;
  return std::any_of(tokens.begin(), tokens.end(), [](const auto& token) {
    return token.kind == sql::TokenKind::kWord &&
           (sql::EqualsIgnoringCase(token.spelling, "conflict") ||
            sql::EqualsIgnoringCase(token.spelling, "ignore") ||
            sql::EqualsIgnoringCase(token.spelling, "replace") ||
            sql::EqualsIgnoringCase(token.spelling, "exists") ||
            sql::EqualsIgnoringCase(token.spelling, "except") ||
            sql::EqualsIgnoringCase(token.spelling, "in"));
  });
}

// What the statements of the sections compare columns with. What the upgrade
// inserts is no such thing, unless it says what happens then: a row that has it
// already would be a coincidence.
rehearse::Literals LiteralsOf(const catalog::Simulation& up,
                              const catalog::Simulation& down) {
  rehearse::Literals compared;
  rehearse::Literals inserted;
  for (const catalog::Simulation* section : {&up, &down}) {
    for (const catalog::Step& step : section->steps) {
      const ast::Statement& statement = step.item->statement;
      const bool is_new = section == &up &&
                          std::holds_alternative<ast::Insert>(statement.node) &&
                          !ReckonsWithRows(statement);
      rehearse::CollectLiterals(statement.tokens, /*is_check=*/false,
                                is_new ? inserted : compared);
    }
  }
  std::set<std::string> values;
  for (const auto& [column, literals] : inserted) {
    values.insert(literals.begin(), literals.end());
  }
  for (auto& [column, literals] : compared) {
    std::erase_if(literals, [&](const std::string& literal) {
      return values.contains(literal);
    });
  }
  return compared;
}

// The slice of the catalogs before and after that the migration can touch, and
// its programs.
rehearse::Task MakeTask(const ast::Migration& migration,
                        const MigrationAnalysis& analysis,
                        const config::Settings& settings) {
  const catalog::Simulation& up = analysis.upgrade;
  const catalog::Simulation& down = analysis.downgrade.simulation;
  catalog::Mentions names;
  AddNames(up, names);
  AddNames(down, names);
  std::set<catalog::Key> keys = catalog::Closure(up.before, names);
  keys.merge(catalog::Closure(up.after, names));
  AddTransient(up, keys);
  AddTransient(down, keys);
  for (const auto& change : catalog::Catalog::Changes(up.before, up.after)) {
    keys.insert(change.key);
  }
  rehearse::Task task;
  task.literals = LiteralsOf(up, down);
  task.before = catalog::Restrict(up.before, keys);
  task.after = catalog::Restrict(up.after, keys);
  task.up_changes = rehearse::ChangesOf(up);
  task.exchanged = checks::ExchangedNames(up);
  task.stand_ins = &settings.stand_ins;
  task.up = lower::sqlite::Lower(up, migration.file, settings.minimum_sqlite);
  if (analysis.downgrade.derivable && IsClean(down, migration, settings)) {
    task.down = lower::sqlite::Lower(
        down, analysis.downgrade.is_auto ? nullptr : migration.file,
        settings.minimum_sqlite);
    task.down_changes = rehearse::ChangesOf(down);
  }
  return task;
}

}  // namespace

MigrationAnalysis AnalyseMigration(const ast::Migration& migration,
                                   const catalog::Catalog& before,
                                   const config::Settings& settings,
                                   catalog::Engine& engine,
                                   diagnostics::Emitter& emitter) {
  MigrationAnalysis result;
  result.upgrade = catalog::Simulate(migration.upgrade.items, migration.file,
                                     before, engine);
  Settle(migration, settings, result.upgrade);
  for (const Diagnostic& problem : result.upgrade.problems) {
    emitter.Emit(problem);
  }
  if (result.upgrade.applies) {
    result.downgrade =
        AnalyseDowngrade(migration, result.upgrade, settings, engine, emitter);
    if (IsClean(result.upgrade, migration, settings)) {
      result.task = MakeTask(migration, result, settings);
    }
  }
  return result;
}

}  // namespace palindrome::driver
