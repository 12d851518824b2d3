#include "compiler/driver/squashes.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "compiler/catalog/slice.h"
#include "compiler/rehearse/squash.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kObstructed, kInvalidSquash, "{0}, so that it cannot be {1}",
                std::string, std::string);
PALINDROME_TEXT(kMismatch, kSquashMismatch,
                "the squash does not leave what the revisions from `{0}` to "
                "`{1}` do: {2}",
                std::string, std::string, std::string);

source::Location ClauseOf(const graph::Squash& squash) {
  const ast::Migration& migration = squash.revision.migration;
  return {migration.file, migration.header.squashes->range};
}

void ReportMismatch(const graph::Squash& squash, std::string what,
                    diagnostics::Emitter& emitter) {
  const ast::Squashes& clause = *squash.revision.migration.header.squashes;
  emitter.Emit(kMismatch, ClauseOf(squash), clause.from.value, clause.to.value,
               std::move(what));
}

bool ReportObstacles(const graph::Graph& graph, const graph::Squash& squash,
                     diagnostics::Emitter& emitter) {
  const Obstacle own = FindObstacle(squash.revision.migration);
  if (!own.reason.empty()) {
    emitter.Emit(kObstructed, {squash.revision.migration.file, own.range},
                 own.reason, "in a squash");
    return true;
  }
  for (const std::size_t member : squash.members) {
    const graph::Revision& revision = graph.revisions[member];
    const Obstacle obstacle = FindObstacle(revision.migration);
    if (!obstacle.reason.empty()) {
      emitter.Emit(
          diagnostics::Make(
              kObstructed, ClauseOf(squash),
              "in revision `" + revision.id + "` " + obstacle.reason,
              "squashed")
              .With({revision.migration.file, obstacle.range}, "it is here"));
      return true;
    }
  }
  return false;
}

void CompareCatalogs(const graph::Squash& squash,
                     const catalog::Catalog& expected,
                     const catalog::Catalog& after,
                     diagnostics::Emitter& emitter) {
  if (expected == after) {
    return;
  }
  const auto lines = catalog::DescribeDifferences(expected, after);
  ReportMismatch(squash, lines.empty() ? "another schema" : lines.front(),
                 emitter);
}

// The upgrades that the revision needs, in their order. Empty, with `complete`
// unset: one of them cannot be run.
std::vector<const lower::Program*> UpgradesBefore(
    const graph::Graph& graph, const HistoryAnalysis& analysis,
    std::size_t revision, bool& complete) {
  std::vector<bool> needed(revision + 1, false);
  needed[revision] = true;
  for (std::size_t i = revision + 1; i-- > 0;) {
    for (const graph::Reference& reference : graph.revisions[i].references) {
      if (needed[i] && reference.target) {
        needed[*reference.target] = true;
      }
    }
  }
  std::vector<const lower::Program*> programs;
  for (std::size_t i = 0; i < revision; ++i) {
    if (!needed[i]) {
      continue;
    }
    if (!analysis[i] || !analysis[i]->task) {
      complete = false;
      return {};
    }
    programs.push_back(&analysis[i]->task->up);
  }
  return programs;
}

void AddKeys(const catalog::Slice& slice, std::set<catalog::Key>& keys) {
  for (const catalog::ObjectPtr& object : slice) {
    keys.insert(object->key());
  }
}

catalog::Slice Whole(const catalog::Catalog& catalog) {
  std::set<catalog::Key> keys;
  AddKeys(catalog.Objects(), keys);
  return catalog::Restrict(catalog, keys);
}

// The data statements, each as its tokens.
std::vector<std::string> DataStatements(
    const std::vector<const lower::Program*>& programs) {
  std::vector<std::string> statements;
  for (const lower::Program* program : programs) {
    for (const lower::Statement& statement : program->statements) {
      if ((statement.flags & table::kDataStatement) == 0) {
        continue;
      }
      std::string& text = statements.emplace_back();
      for (const sql::Token& token : sql::Tokenize(statement.sql)) {
        text += (text.empty() ? "" : " ") + std::string(token.spelling);
      }
    }
  }
  return statements;
}

// Rows that a database may have before the chain are more than can be made up.
std::string CompareDataStatements(const rehearse::SquashTask& task) {
  const auto chain = DataStatements(task.chain);
  const auto squash = DataStatements({task.squash});
  const auto [left, right] =
      std::mismatch(chain.begin(), chain.end(), squash.begin(), squash.end());
  if (left != chain.end()) {
    return "`" + *left + "` is not there, or not in its place";
  }
  return right == squash.end() ? ""
                               : "`" + *right +
                                     "` is there beside its data "
                                     "statements";
}

std::string Prove(const graph::Graph& graph, const graph::Squash& squash,
                  const HistoryAnalysis& analysis, const MigrationAnalysis& own,
                  const config::Settings& settings, RehearsalCache* cache) {
  const MigrationAnalysis& first = *analysis[squash.members.front()];
  const MigrationAnalysis& last = *analysis[squash.members.back()];
  bool complete = true;
  rehearse::SquashTask task;
  task.before =
      UpgradesBefore(graph, analysis, squash.members.front(), complete);
  if (!complete) {
    return "";  // That fails the build already.
  }
  std::set<catalog::Key> keys;
  AddKeys(own.task->before, keys);
  for (const std::size_t member : squash.members) {
    task.chain.push_back(&analysis[member]->task->up);
    AddKeys(analysis[member]->task->before, keys);
  }
  task.squash = &own.task->up;
  if (settings.rehearse == config::RehearseMode::kData) {
    task.with_rows = catalog::Restrict(first.upgrade.before, keys);
  }
  task.after = Whole(last.upgrade.after);
  task.literals = own.task->literals;
  task.seed = own.task->seed;
  task.stand_ins = &settings.stand_ins;
  if (cache != nullptr) {
    if (auto known = cache->FindProof(task)) {
      return *std::move(known);
    }
  }
  std::string difference = rehearse::ProveSquash(task);
  if (difference.empty() && !task.before.empty()) {
    difference = CompareDataStatements(task);
  }
  if (cache != nullptr) {
    cache->KeepProof(task, difference);
  }
  return difference;
}

}  // namespace

void ReportSquashes(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Squash& squash : graph.squashes) {
    for (const diagnostics::Diagnostic& problem : squash.problems) {
      emitter.Emit(problem);
    }
  }
}

Obstacle FindObstacle(const ast::Migration& migration) {
  std::vector<const ast::Section*> sections = {&migration.upgrade};
  if (migration.downgrade) {
    sections.push_back(&*migration.downgrade);
  }
  for (const ast::Section* section : sections) {
    for (const ast::Item& item : section->items) {
      if (!item.archive.empty()) {
        return {"an archive is made by `PRESERVE`", item.preserve};
      }
      if (std::holds_alternative<ast::PurgeArchive>(item.statement.node)) {
        return {"an archive is given up by `PURGE`", item.statement.range};
      }
      if (!item.dialect.empty() && item.dialect != "sqlite") {
        return {"a statement is for another dialect alone", item.for_block};
      }
    }
  }
  return {};
}

HistoryAnalysis AnalyseSquashes(const graph::Graph& graph,
                                const HistoryAnalysis& analysis,
                                const config::Settings& settings,
                                catalog::Engine& engine,
                                diagnostics::Emitter& emitter) {
  HistoryAnalysis squashes(graph.squashes.size());
  for (std::size_t i = 0; i < graph.squashes.size(); ++i) {
    const graph::Squash& squash = graph.squashes[i];
    const ast::Migration& migration = squash.revision.migration;
    const bool can_run = std::all_of(
        squash.members.begin(), squash.members.end(), [&](std::size_t member) {
          return analysis[member] && analysis[member]->task;
        });
    if (!squash.sound() || !can_run || !migration.header_ok ||
        !migration.upgrade_ok || ReportObstacles(graph, squash, emitter)) {
      continue;
    }
    const catalog::Catalog& before =
        analysis[squash.members.front()]->upgrade.before;
    squashes[i] = std::make_unique<MigrationAnalysis>(
        AnalyseMigration(migration, before, settings, engine, emitter));
    if (squashes[i]->task) {
      CompareCatalogs(squash, analysis[squash.members.back()]->upgrade.after,
                      squashes[i]->upgrade.after, emitter);
    }
  }
  return squashes;
}

void ProveSquashes(const graph::Graph& graph, const HistoryAnalysis& analysis,
                   const config::Settings& settings, RehearsalCache* cache,
                   HistoryAnalysis& squashes, diagnostics::Emitter& emitter) {
  for (std::size_t i = 0; i < squashes.size(); ++i) {
    const MigrationAnalysis* own = squashes[i].get();
    if (own == nullptr || !own->task || !own->rehearsal) {
      continue;
    }
    const graph::Squash& squash = graph.squashes[i];
    // What the compiler's own schema shows already has been said.
    const bool is_known =
        own->upgrade.after != analysis[squash.members.back()]->upgrade.after ||
        (own->rehearsal->failure &&
         own->rehearsal->failure->phase <= rehearse::Phase::kUp);
    std::string difference =
        is_known ? "" : Prove(graph, squash, analysis, *own, settings, cache);
    if (!difference.empty()) {
      ReportMismatch(squash, difference, emitter);
    }
    if (is_known || !difference.empty()) {
      squashes[i].reset();
    }
  }
}

}  // namespace palindrome::driver
