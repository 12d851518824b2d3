#include "compiler/driver/history_analysis.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/catalog/slice.h"
#include "compiler/checks/suppress.h"
#include "compiler/lower/sqlite/lower.h"
#include "compiler/reversal/reversal.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kBranchesClash, kInvalidDefinition,
                "the branches that meet here do not fit together: {0}",
                std::string);
PALINDROME_TEXT(kNoInverse, kDowngradeNotDerivable,
                "`{0}` has no inverse that can be derived: {1}; write the "
                "downgrade",
                std::string, std::string);

using diagnostics::Diagnostic;

// Every revision that `index` needs, itself not included.
std::set<std::size_t> Ancestors(const graph::Graph& graph, std::size_t index) {
  std::set<std::size_t> ancestors;
  std::vector<std::size_t> pending{index};
  while (!pending.empty()) {
    const graph::Revision& revision = graph.revisions[pending.back()];
    pending.pop_back();
    for (const auto* needs : {&revision.parents, &revision.depends_on}) {
      for (const std::size_t need : *needs) {
        if (ancestors.insert(need).second) {
          pending.push_back(need);
        }
      }
    }
  }
  return ancestors;
}

// The catalog before a revision: after all that it needs. No value if one of
// those was not analysed.
class CatalogsBefore {
 public:
  CatalogsBefore(const graph::Graph& graph, const HistoryAnalysis& analysis,
                 catalog::Engine& engine, diagnostics::Emitter& emitter)
      : graph_(graph),
        analysis_(analysis),
        engine_(engine),
        emitter_(emitter) {}

  std::optional<catalog::Catalog> Find(std::size_t index) const {
    const graph::Revision& revision = graph_.revisions[index];
    std::vector<std::size_t> needs = revision.parents;
    needs.insert(needs.end(), revision.depends_on.begin(),
                 revision.depends_on.end());
    if (needs.empty()) {
      return catalog::Catalog();
    }
    const auto unknown = [&](std::size_t need) {
      return !analysis_[need] || !analysis_[need]->upgrade.applies;
    };
    if (std::any_of(needs.begin(), needs.end(), unknown)) {
      return std::nullopt;
    }
    const catalog::Catalog& first = analysis_[needs[0]]->upgrade.after;
    if (needs.size() == 1) {
      return first;
    }
    return Merge(index, needs[0], first);
  }

 private:
  // Applies what the first line of ancestors lacks, in order.
  std::optional<catalog::Catalog> Merge(std::size_t index, std::size_t first,
                                        catalog::Catalog catalog) const {
    const std::set<std::size_t> there = Ancestors(graph_, first);
    for (const std::size_t ancestor : Ancestors(graph_, index)) {
      if (ancestor != first && there.count(ancestor) == 0) {
        const ast::Migration& migration = graph_.revisions[ancestor].migration;
        catalog::Simulation simulation = catalog::Simulate(
            migration.upgrade.items, migration.file, catalog, engine_);
        if (!simulation.applies) {
          ReportClash(graph_.revisions[index], simulation.problems.front());
          return std::nullopt;
        }
        catalog = std::move(simulation.after);
      }
    }
    return catalog;
  }

  void ReportClash(const graph::Revision& merging,
                   const Diagnostic& problem) const {
    emitter_.Emit(diagnostics::Make(kBranchesClash,
                                    {merging.migration.file,
                                     merging.references.back().text.range},
                                    problem.message)
                      .With(problem.location,
                            "this statement comes after the other "
                            "branch's"));
  }

  const graph::Graph& graph_;
  const HistoryAnalysis& analysis_;
  catalog::Engine& engine_;
  diagnostics::Emitter& emitter_;
};

void ReportRefusals(const ast::Migration& migration,
                    const catalog::Simulation& upgrade,
                    const reversal::Derived& derived,
                    diagnostics::Emitter& emitter) {
  for (const auto& refusal : derived.refusals) {
    const ast::Statement& statement =
        upgrade.steps[refusal.step].item->statement;
    emitter.Emit(
        diagnostics::Make(kNoInverse, {migration.file, statement.range},
                          std::string(ast::StatementKindName(statement.kind())),
                          refusal.reason)
            .With({migration.file, migration.downgrade->auto_range},
                  "the downgrade is to be derived here"));
  }
}

checks::Downgrade AnalyseDowngrade(const ast::Migration& migration,
                                   const catalog::Simulation& upgrade,
                                   catalog::Engine& engine,
                                   diagnostics::Emitter& emitter) {
  checks::Downgrade downgrade;
  if (!migration.downgrade) {
    downgrade.simulation =
        catalog::Simulate({}, nullptr, upgrade.after, engine);
    return downgrade;
  }
  if (!migration.downgrade->is_auto) {
    downgrade.simulation = catalog::Simulate(
        migration.downgrade->items, migration.file, upgrade.after, engine);
    return downgrade;
  }
  reversal::Derived derived = reversal::Derive(upgrade);
  ReportRefusals(migration, upgrade, derived, emitter);
  downgrade.is_auto = true;
  downgrade.derivable = derived.refusals.empty();
  downgrade.items = std::move(derived.items);
  downgrade.undoes = std::move(derived.undoes);
  downgrade.simulation =
      catalog::Simulate(downgrade.items, nullptr, upgrade.after, engine);
  return downgrade;
}

// Nothing that fails the build was found in the section.
bool IsClean(const catalog::Simulation& simulation,
             const ast::Migration& migration,
             const config::Settings& settings) {
  return simulation.applies &&
         std::all_of(simulation.problems.begin(), simulation.problems.end(),
                     [&](const Diagnostic& problem) {
                       return checks::IsTolerated(problem, migration, settings);
                     });
}

void AddNames(const catalog::Simulation& simulation,
              std::set<std::string>& names) {
  for (const catalog::Step& step : simulation.steps) {
    names.merge(catalog::MentionedNames(step.item->statement));
  }
}

// The slice of the catalogs before and after that the migration can touch, and
// its programs.
rehearse::Task MakeTask(const ast::Migration& migration,
                        const MigrationAnalysis& analysis,
                        const config::Settings& settings) {
  const catalog::Simulation& up = analysis.upgrade;
  const catalog::Simulation& down = analysis.downgrade.simulation;
  std::set<std::string> names;
  AddNames(up, names);
  AddNames(down, names);
  std::set<catalog::Key> keys = catalog::Closure(up.before, names);
  keys.merge(catalog::Closure(up.after, names));
  for (const auto& change : catalog::Catalog::Changes(up.before, up.after)) {
    keys.insert(change.key);
  }
  rehearse::Task task;
  task.before = catalog::Restrict(up.before, keys);
  task.after = catalog::Restrict(up.after, keys);
  task.stand_ins = &settings.stand_ins;
  task.up = lower::sqlite::Lower(up, migration.file, settings.minimum_sqlite);
  if (analysis.downgrade.derivable && IsClean(down, migration, settings)) {
    task.down = lower::sqlite::Lower(
        down, analysis.downgrade.is_auto ? nullptr : migration.file,
        settings.minimum_sqlite);
  }
  return task;
}

}  // namespace

HistoryAnalysis AnalyseHistory(const graph::Graph& graph,
                               const config::Settings& settings,
                               catalog::Engine& engine,
                               diagnostics::Emitter& emitter) {
  HistoryAnalysis analysis(graph.revisions.size());
  const CatalogsBefore catalogs(graph, analysis, engine, emitter);
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const ast::Migration& migration = graph.revisions[i].migration;
    const auto before = catalogs.Find(i);
    if (!migration.body_ok || !before) {
      continue;
    }
    auto result = std::make_unique<MigrationAnalysis>();
    result->upgrade = catalog::Simulate(migration.upgrade.items, migration.file,
                                        *before, engine);
    for (const Diagnostic& problem : result->upgrade.problems) {
      emitter.Emit(problem);
    }
    if (result->upgrade.applies) {
      result->downgrade =
          AnalyseDowngrade(migration, result->upgrade, engine, emitter);
      if (IsClean(result->upgrade, migration, settings)) {
        result->task = MakeTask(migration, *result, settings);
      }
    }
    analysis[i] = std::move(result);
  }
  return analysis;
}

}  // namespace palindrome::driver
