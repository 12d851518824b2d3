#include "compiler/driver/analysis.h"

#include <utility>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/compatibility.h"
#include "compiler/driver/loss.h"
#include "compiler/driver/offers.h"
#include "compiler/driver/rehearsal_cache.h"
#include "compiler/driver/unwritten.h"
#include "compiler/rehearse/sqlite/facts.h"
#include "runtime/src/sha256.h"

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
    if (config::Problem problem = config::SetSeverity(rule, settings);
        !problem.empty()) {
      return "--rules: " + problem.ToString();
    }
  }
  for (const std::string& dialect : Split(options.List("dialects"))) {
    if (config::Problem problem = config::CheckDialect(dialect);
        !problem.empty()) {
      return "--dialects: " + problem.ToString();
    }
  }
  if (options.Has("minimum-sqlite")) {
    if (config::Problem problem = config::SetMinimumSqlite(
            options.Get("minimum-sqlite"), rehearse::sqlite::Facts().version,
            settings);
        !problem.empty()) {
      return "--minimum-sqlite: " + problem.ToString();
    }
  }
  if (options.Has("rehearse")) {
    if (config::Problem problem =
            config::SetRehearse(options.Get("rehearse"), settings);
        !problem.empty()) {
      return "--rehearse: " + problem.ToString();
    }
  }
  if (options.Has("deployment")) {
    if (config::Problem problem =
            config::SetDeployment(options.Get("deployment"), settings);
        !problem.empty()) {
      return "--deployment: " + problem.ToString();
    }
  }
  settings.warnings_as_errors |= options.Has("warnings-as-errors");
  settings.require_locked |=
      options.Has("require-locked") || options.Has("locked");
  settings.lint_locked |= options.Has("lint-locked");
  return "";
}

// Empty: nothing is kept.
std::string CachePath(const Options& options, const Analysis& analysis,
                      Environment& environment) {
  if (!options.Has("cache") ||
      analysis.settings.rehearse == config::RehearseMode::kNone) {
    return "";
  }
  // Targets may share the folder; each history has a file of its own, so that
  // none pushes another's results out.
  llvm::SmallString<128> history(options.Get("directory"));
  environment.file_system.makeAbsolute(history);
  llvm::sys::path::remove_dots(history, /*remove_dot_dot=*/true);
  llvm::SmallString<128> path(options.Get("cache"));
  constexpr std::size_t kDigits = 16;
  llvm::sys::path::append(
      path, Sha256Hex(history.str()).substr(0, kDigits) + ".rehearsals");
  return path.str().str();
}

std::unique_ptr<RehearsalCache> OpenCache(const std::string& path,
                                          Environment& environment) {
  if (path.empty()) {
    return nullptr;
  }
  const std::string build_id = environment.build_id();
  if (build_id.empty()) {
    return nullptr;
  }
  auto file = environment.file_system.getBufferForFile(
      path, /*FileSize=*/-1, /*RequiresNullTerminator=*/false,
      /*IsVolatile=*/true);
  return std::make_unique<RehearsalCache>(
      build_id + "\n" + rehearse::sqlite::EngineIdentity(),
      file ? std::move(*file) : nullptr);
}

// Without a cache all goes on as well.
void SaveCache(const RehearsalCache* cache, const std::string& path,
               Environment& environment) {
  if (cache == nullptr || !cache->has_news()) {
    return;
  }
  if (llvm::Error error =
          environment.output.Write(OutputFile{path, cache->Bytes()})) {
    environment.err << "palindrome: note: " << llvm::toString(std::move(error))
                    << "; the next run rehearses again\n";
  }
}

// Of what is wrong with the lock file, the last that was reported.
void SayLessIsChecked(diagnostics::Emitter& emitter) {
  emitter.diagnostics().back().With(
      {},
      "while the lock file cannot be read, it is not known which migrations "
      "are locked; only the rules behind the laws are checked");
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
  options.AddValue("deployment", "HOW",
                   "rolling: programs of the version before run beside the new "
                   "ones; stop: none does");
  options.AddValue("cache", "DIR",
                   "keep the results of rehearsals there, and run only those "
                   "that it does not hold");
  options.AddFlag("warnings-as-errors", "a warning is an error");
  options.AddFlag("require-locked",
                  "a migration that is not locked is an "
                  "error");
  options.AddFlag("locked", "the same");
  options.AddFlag("lint-locked",
                  "hold locked migrations to the rules that came after them, "
                  "too");
  options.AddColor();
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
  if (!analysis->folder.graph.lock.complete) {
    SayLessIsChecked(emitter);
  }
  for (const graph::Revision* revision : analysis->folder.graph.All()) {
    CheckWritten(revision->migration, emitter);
  }
  if (analysis->settings.require_locked) {
    graph::CheckLocked(analysis->folder.graph, emitter);
  }
  const auto engine = environment.make_engine(analysis->settings.stand_ins);
  const std::string cache_path = CachePath(options, *analysis, environment);
  const auto cache = OpenCache(cache_path, environment);
  CompiledHistory history = CompileHistory(analysis->folder, analysis->settings,
                                           *engine, cache.get(), emitter);
  SaveCache(cache.get(), cache_path, environment);
  analysis->rehearsals_run = history.rehearsals_run;
  analysis->row_runs = history.row_runs;
  analysis->migrations = std::move(history.migrations);
  analysis->history = std::move(history.analysis);
  analysis->squashes = std::move(history.squashes);
  analysis->suggestions =
      SuggestDowngrades(analysis->folder.graph, analysis->history,
                        analysis->settings, *engine, emitter.diagnostics());
  OfferFixes(analysis->folder.graph, analysis->suggestions,
             emitter.diagnostics());
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

std::optional<std::uint32_t> CompatibilityOf(const Analysis& analysis,
                                             std::size_t index) {
  const MigrationAnalysis* migration = analysis.history[index].get();
  if (migration == nullptr || !migration->upgrade.applies) {
    return std::nullopt;
  }
  return ClassifyCompatibility(migration->upgrade);
}

}  // namespace palindrome::driver
