#include "compiler/driver/pipeline.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/checks/rule.h"
#include "compiler/checks/suppress.h"
#include "compiler/diagnostics/console.h"
#include "compiler/driver/compatibility.h"
#include "compiler/driver/digests.h"
#include "compiler/driver/echoes.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/history_analysis.h"
#include "compiler/driver/loss.h"
#include "compiler/driver/plain_fixes.h"
#include "compiler/driver/reference_rows.h"
#include "compiler/driver/rehearsal_runs.h"
#include "compiler/driver/squashes.h"
#include "compiler/rehearse/sqlite/engine.h"

namespace palindrome::driver {

namespace {

// Returns whether all rules have seen it.
bool CheckOne(const graph::Graph& graph, const graph::Revision& revision,
              const MigrationAnalysis* migration,
              const checks::RevisionOfFile& revisions,
              const config::Settings& settings, diagnostics::Emitter& emitter) {
  if (migration == nullptr || !migration->upgrade.applies) {
    return false;
  }
  if (!revision.migration.body_ok) {
    ReportRehearsal(revision, *migration, emitter);
    return false;
  }
  checks::CheckMigration(
      {graph, revision, migration->upgrade, migration->downgrade,
       migration->rehearsal ? &*migration->rehearsal : nullptr, revisions,
       migration->task ? &migration->task->up : nullptr,
       migration->task && migration->task->down ? &*migration->task->down
                                                : nullptr,
       &settings.stand_ins, &settings},
      emitter);
  ReportRehearsal(revision, *migration, emitter);
  return true;
}

std::vector<bool> CheckAll(const graph::Graph& graph,
                           const HistoryAnalysis& analysis,
                           const HistoryAnalysis& squashes,
                           const config::Settings& settings,
                           diagnostics::Emitter& emitter) {
  checks::RevisionOfFile revisions;
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    revisions[graph.revisions[i].migration.file] = i;
  }
  std::vector<bool> judged;
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    judged.push_back(CheckOne(graph, graph.revisions[i], analysis[i].get(),
                              revisions, settings, emitter));
  }
  for (std::size_t i = 0; i < graph.squashes.size(); ++i) {
    judged.push_back(CheckOne(graph, graph.squashes[i].revision,
                              squashes[i].get(), revisions, settings, emitter));
  }
  return judged;
}

std::vector<codegen::CompiledStatement> CompileProgram(
    const lower::Program& program, const catalog::Simulation& simulation,
    const source::File& file) {
  std::vector<codegen::CompiledStatement> statements;
  for (const lower::Statement& statement : program.statements) {
    const source::Range range =
        simulation.steps[statement.step].item->statement.range;
    const bool derived = range.begin == range.end;
    statements.push_back({statement.flags,
                          derived ? 0 : file.Resolve(range.begin).line,
                          statement.sql});
  }
  return statements;
}

std::vector<std::string> Values(const std::vector<ast::Text>& texts) {
  std::vector<std::string> values;
  for (const ast::Text& text : texts) {
    values.push_back(text.value);
  }
  return values;
}

std::vector<std::string> Ids(const graph::Graph& graph,
                             const std::vector<std::size_t>& indices) {
  std::vector<std::string> ids;
  for (const std::size_t index : indices) {
    ids.push_back(graph.revisions[index].id);
  }
  return ids;
}

table::Proof ProofOf(const MigrationAnalysis& migration) {
  if (!migration.rehearsal) {
    return table::Proof::kNone;
  }
  return migration.task->with_rows ? table::Proof::kData
                                   : table::Proof::kSchema;
}

void CopyHeader(const graph::Graph& graph, const graph::Revision& revision,
                codegen::CompiledMigration& compiled) {
  const ast::Migration& migration = revision.migration;
  const ast::Header& header = migration.header;
  compiled.revision = revision.id;
  compiled.title = header.title.value;
  compiled.documentation = header.documentation;
  compiled.file_name = migration.file->base_name();
  compiled.created = DateOf(revision);
  compiled.checksum = revision.checksum;
  compiled.chain = revision.chain;
  compiled.parents = Ids(graph, revision.parents);
  compiled.depends_on = Ids(graph, revision.depends_on);
  compiled.branch_labels = Values(header.branch_labels);
  for (const ast::Allow& allow : migration.allows) {
    // The runtime knows rules by the names that they have now.
    const auto kind = diagnostics::FindKind(allow.rule.text);
    compiled.allowed.emplace_back(
        kind ? diagnostics::Info(*kind).tag.str() : allow.rule.text,
        allow.reason.value);
  }
}

std::vector<codegen::CompiledMigration> Assemble(
    const graph::Graph& graph, const HistoryAnalysis& analysis,
    const config::Settings& settings) {
  std::vector<codegen::CompiledMigration> migrations;
  Digests digests(settings.stand_ins);
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    codegen::CompiledMigration compiled;
    CopyHeader(graph, revision, compiled);
    const MigrationAnalysis& migration = *analysis[i];
    const source::File& file = *revision.migration.file;
    compiled.up = CompileProgram(migration.task->up, migration.upgrade, file);
    compiled.down = CompileProgram(*migration.task->down,
                                   migration.downgrade.simulation, file);
    compiled.minimum_engine = std::max(migration.task->up.minimum_engine,
                                       migration.task->down->minimum_engine);
    digests.Learn(migration);
    compiled.digest_before = digests.Of(migration.upgrade.before);
    compiled.digest_after = digests.Of(migration.upgrade.after);
    compiled.proof = ProofOf(migration);
    compiled.loss = ClassifyLoss(revision.migration, migration);
    compiled.compatibility = ClassifyCompatibility(migration.upgrade);
    migrations.push_back(std::move(compiled));
  }
  for (const graph::Squash& squash : graph.squashes) {
    const ast::Squashes& clause = *squash.revision.migration.header.squashes;
    codegen::CompiledMigration& last = migrations[squash.members.back()];
    last.squashes_from = graph.revisions[squash.members.front()].id;
    last.squashes_to = last.revision;
    last.approved_by = clause.approved_by ? clause.approved_by->value : "";
  }
  return migrations;
}

}  // namespace

CompiledHistory CompileHistory(const Folder& folder,
                               const config::Settings& settings,
                               catalog::Engine& engine, RehearsalCache* cache,
                               diagnostics::Emitter& emitter) {
  CompiledHistory history;
  const graph::Graph& graph = folder.graph;
  checks::CheckGraph(graph, emitter);
  ReportSquashes(graph, emitter);
  HistoryAnalysis analysis(graph.revisions.size());
  HistoryAnalysis squashes(graph.squashes.size());
  std::vector<bool> judged(graph.revisions.size() + graph.squashes.size(),
                           false);
  if (graph.sound) {
    analysis = AnalyseHistory(graph, settings, engine, emitter);
    squashes = AnalyseSquashes(graph, analysis, settings, engine, emitter);
    if (settings.rehearse != config::RehearseMode::kNone) {
      RehearsalRuns rehearsals(cache);
      history.row_runs = PrepareRows(
          graph, settings, analysis, squashes, cache,
          [&](MigrationAnalysis& migration) { rehearsals.Add(migration); });
      history.rehearsals_run = rehearsals.Finish();
    }
    judged = CheckAll(graph, analysis, squashes, settings, emitter);
    ProveSquashes(graph, analysis, settings, cache, squashes, emitter);
  }
  checks::Suppress(graph, judged, settings, emitter.diagnostics());
  DropEchoes(graph, emitter.diagnostics());
  LeaveRepeatedNames(graph, emitter.diagnostics());
  diagnostics::Sort(emitter.diagnostics());
  if (!emitter.HasErrors()) {
    history.migrations = Assemble(graph, analysis, settings);
  }
  history.analysis = std::move(analysis);
  history.squashes = std::move(squashes);
  history.judged = std::move(judged);
  return history;
}

}  // namespace palindrome::driver
