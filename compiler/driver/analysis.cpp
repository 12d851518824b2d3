#include "compiler/driver/analysis.h"

#include "compiler/driver/loss.h"
#include "compiler/driver/unwritten.h"

namespace palindrome::driver {
namespace {

std::vector<std::string> Split(const std::vector<std::string>& lists) {
  std::vector<std::string> result;
  for (const std::string& list : lists) {
    llvm::SmallVector<llvm::StringRef> parts;
    llvm::StringRef(list).split(parts, ',');
    for (const llvm::StringRef part : parts) {
      result.push_back(part.trim().str());
    }
  }
  return result;
}

// Options beat the file. Returns what is wrong with them.
std::string ApplyOptions(const Options& options, config::Settings& settings) {
  for (const std::string& rule : Split(options.List("rules"))) {
    if (std::string problem = config::SetSeverity(rule, settings);
        !problem.empty()) {
      return "--rules: " + problem;
    }
  }
  for (const std::string& dialect : Split(options.List("dialects"))) {
    if (std::string problem = config::CheckDialect(dialect); !problem.empty()) {
      return "--dialects: " + problem;
    }
  }
  if (options.Has("minimum-sqlite")) {
    if (std::string problem = config::SetMinimumSqlite(
            options.Get("minimum-sqlite"), rehearse::sqlite::Facts().version,
            settings);
        !problem.empty()) {
      return "--minimum-sqlite: " + problem;
    }
  }
  if (options.Has("rehearse")) {
    if (std::string problem =
            config::SetRehearse(options.Get("rehearse"), settings);
        !problem.empty()) {
      return "--rehearse: " + problem;
    }
  }
  settings.warnings_as_errors |= options.Has("warnings-as-errors");
  settings.require_locked |=
      options.Has("require-locked") || options.Has("locked");
  return "";
}

}  // namespace

void AddAnalysisOptions(Options& options) {
  options.AddFolder();
  options.AddList("rules", "RULE=SEVERITY",
                  "set the severity of a rule or a group: error, warning, "
                  "note or off; may be repeated");
  options.AddList("dialects", "DIALECT", "what to compile to: sqlite");
  options.AddValue("minimum-sqlite", "VERSION",
                   "the oldest SQLite that runs the program, such as 3.35");
  options.AddValue("rehearse", "HOW",
                   "schema: run each migration up, down and up again; none: "
                   "leave them unproven");
  options.AddFlag("warnings-as-errors", "a warning is an error");
  options.AddFlag("require-locked",
                  "a migration that is not locked is an "
                  "error");
  options.AddFlag("locked", "the same");
}

std::unique_ptr<Analysis> Analyze(const Options& options,
                                  Environment& environment) {
  auto analysis = std::make_unique<Analysis>();
  // The options are judged alone first, so that wrong usage is always 2.
  config::Settings scratch;
  analysis->usage_problem = ApplyOptions(options, scratch);
  if (!analysis->usage_problem.empty()) {
    return analysis;
  }
  diagnostics::Emitter& emitter = analysis->emitter;
  const std::string directory = options.Get("directory");
  ReadSettings(environment.file_system, analysis->files, directory,
               analysis->settings, analysis->inputs, emitter);
  ApplyOptions(options, analysis->settings);
  analysis->folder = ReadFolder(environment.file_system, analysis->files,
                                directory, options.Get("lock-file"),
                                /*headers_only=*/false, emitter);
  analysis->inputs.insert(analysis->inputs.end(),
                          analysis->folder.inputs.begin(),
                          analysis->folder.inputs.end());
  for (const graph::Revision& revision : analysis->folder.graph.revisions) {
    CheckWritten(revision.migration, emitter);
  }
  if (analysis->settings.require_locked) {
    graph::CheckLocked(analysis->folder.graph, emitter);
  }
  const auto engine = environment.make_engine(analysis->settings.stand_ins);
  CompiledHistory history =
      CompileHistory(analysis->folder, analysis->settings, *engine, emitter);
  analysis->migrations = std::move(history.migrations);
  analysis->history = std::move(history.analysis);
  if (options.Has("suggest")) {
    analysis->suggestions =
        SuggestDowngrades(analysis->folder.graph, analysis->history,
                          analysis->settings, *engine, emitter.diagnostics());
  }
  return analysis;
}

std::optional<table::Loss> LossOf(const Analysis& analysis, std::size_t index) {
  const MigrationAnalysis* migration = analysis.history[index].get();
  if (migration == nullptr || !migration->task || !migration->task->down) {
    return std::nullopt;
  }
  return ClassifyLoss(analysis.folder.graph.revisions[index].migration,
                      *migration);
}

}  // namespace palindrome::driver
