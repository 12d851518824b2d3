#include <utility>

#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/overlay_files.h"
#include "compiler/lsp/server.h"

namespace palindrome::driver {
namespace {

// Where the results of rehearsals are kept, in memory: no folder of the disk
// has such a name.
constexpr char kCache[] = "/palindrome-lsp\n";

// Files in memory alone.
class MemoryOutput : public Output {
 public:
  explicit MemoryOutput(lsp::Texts& files) : files_(files) {}

  llvm::Error Write(llvm::ArrayRef<OutputFile> files) override {
    for (const OutputFile& file : files) {
      files_[file.path] = file.content;
    }
    return llvm::Error::success();
  }
  llvm::Error Create(const OutputFile& file) override { return Write(file); }
  llvm::Error Rearrange(llvm::ArrayRef<std::string> /*replaced*/,
                        llvm::ArrayRef<OutputFile> files,
                        const OutputFile* /*rewritten*/) override {
    return Write(files);
  }

 private:
  lsp::Texts& files_;
};

// What a snapshot points to.
struct Owner {
  std::unique_ptr<Analysis> analysis;
  std::unique_ptr<catalog::Engine> engine;
};

lsp::Snapshot MakeSnapshot(std::unique_ptr<Analysis> analysis,
                           const Environment& environment) {
  auto owner = std::make_shared<Owner>();
  owner->engine = environment.make_engine(analysis->settings.stand_ins);
  owner->analysis = std::move(analysis);
  lsp::Snapshot snapshot;
  const Analysis& result = *owner->analysis;
  snapshot.graph = &result.folder.graph;
  snapshot.findings = &result.emitter.diagnostics();
  for (const auto& migration : result.history) {
    snapshot.upgrades.push_back(migration ? &migration->upgrade : nullptr);
  }
  snapshot.engine = owner->engine.get();
  snapshot.owner = std::move(owner);
  return snapshot;
}

// Runs `check` on folders, with texts over those of the disk.
class FolderAnalyzer {
 public:
  explicit FolderAnalyzer(Environment& environment)
      : environment_(environment), build_id_(environment.build_id()) {}

  lsp::Snapshot Analyse(const std::string& directory, const lsp::Texts& open) {
    const auto file_system =
        OverlayFiles(environment_.file_system, {&open, &cache_});
    MemoryOutput output(cache_);
    Environment environment = {*file_system,
                               output,
                               llvm::nulls(),
                               llvm::nulls(),
                               environment_.version,
                               [this] { return build_id_; },
                               environment_.now,
                               environment_.random_id,
                               environment_.make_engine,
                               environment_.read_database,
                               environment_.run_all};
    Options options("check", "", "");
    AddAnalysisOptions(options);
    // The words are its own: they parse.
    (void)options.Parse({"--directory", directory, "--cache", kCache},
                        environment);
    return MakeSnapshot(Analyze(options, environment), environment_);
  }

 private:
  Environment& environment_;
  std::string build_id_;  // To make it, the whole program is read.
  lsp::Texts cache_;
};

}  // namespace

int RunLsp(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("lsp", "[OPTION]...",
                  "Serves an editor by the Language Server Protocol, over "
                  "standard input and\noutput. The folders are those of the "
                  "files that the editor opens.");
  // Clients of Visual Studio Code say so.
  options.AddFlag("stdio", "use standard input and output, as it always does");
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  FolderAnalyzer analyzer(environment);
  const bool is_well = lsp::Serve(
      *environment.in, environment.out, environment.file_system,
      [&](const std::string& directory, const lsp::Texts& open) {
        return analyzer.Analyse(directory, open);
      },
      environment.version);
  return is_well ? kSuccess : kFindings;
}

}  // namespace palindrome::driver
