// The pipeline: every phase from a folder of migrations to a compiled history.
//
// One call, one thread outside; rehearsals run on all cores inside. The result
// points into the folder and the settings.
#ifndef PALINDROME_COMPILER_DRIVER_PIPELINE_H_
#define PALINDROME_COMPILER_DRIVER_PIPELINE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/catalog/engine.h"
#include "compiler/codegen/codegen.h"
#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/history_analysis.h"
#include "compiler/driver/options.h"
#include "compiler/driver/rehearsal_cache.h"
#include "compiler/graph/graph.h"
#include "compiler/source/source.h"

namespace palindrome::driver {

// A migrations folder as it was read: the sources, the lock file and the graph.
struct Folder {
  std::string directory;
  graph::Graph graph;
  std::vector<std::string> inputs;  // Every path that was read.
  // Temporary files of runs that were killed while they wrote.
  std::vector<std::string> leftovers;
};

// The paths of the `*.sql` files of a folder in order of their names, and then
// those of its folder `squashed`. `leftovers`, if given, gets the files that a
// killed run left in them.
std::vector<std::string> ListMigrations(
    llvm::vfs::FileSystem& file_system, const std::string& directory,
    diagnostics::Emitter& emitter,
    std::vector<std::string>* leftovers = nullptr);

// Null, and reported: it is no text. Else the file itself.
const source::File* CheckText(const source::File& file,
                              diagnostics::Emitter& emitter);
// Reads a text and notes it in `inputs`. Null: reported.
const source::File* ReadSource(llvm::vfs::FileSystem& file_system,
                               source::Files& files, const std::string& path,
                               std::vector<std::string>& inputs,
                               diagnostics::Emitter& emitter);

// Reads `directory`: its `*.sql` files in order of their names, those of its
// folder `squashed`, and the lock file (`lock_path`, or `migrations.lock` in
// the folder if that is empty). With `headers_only` bodies are not parsed.
Folder ReadFolder(llvm::vfs::FileSystem& file_system, source::Files& files,
                  const std::string& directory, const std::string& lock_path,
                  bool headers_only, diagnostics::Emitter& emitter);

// The lock file of a command's folder.
std::string LockPathOf(const Options& options);

// Reads `palindrome.toml` of the folder into `settings`, if there is one, and
// notes it in `inputs`.
void ReadSettings(llvm::vfs::FileSystem& file_system, source::Files& files,
                  const std::string& directory, config::Settings& settings,
                  std::vector<std::string>& inputs,
                  diagnostics::Emitter& emitter);

struct CompiledHistory {
  // Complete only if no diagnostic is an error.
  std::vector<codegen::CompiledMigration> migrations;
  HistoryAnalysis analysis;
  // By squash of the graph; null: not shown to stand for its revisions.
  HistoryAnalysis squashes;
  // Of each revision of the graph, and then of each squash, whether all rules
  // have seen it: something in it, or before it, may keep them from it.
  std::vector<bool> judged;
  // What the cache did not know: rehearsals, and upgrades for their rows.
  std::size_t rehearsals_run = 0;
  std::size_t row_runs = 0;
};

// Simulates, reverses, lowers, rehearses and checks the history. Diagnostics in
// `emitter` are complete afterwards: suppressed, with their severities, and
// sorted. The cache may be null.
CompiledHistory CompileHistory(const Folder& folder,
                               const config::Settings& settings,
                               catalog::Engine& engine, RehearsalCache* cache,
                               diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_PIPELINE_H_
