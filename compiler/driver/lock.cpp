#include "llvm/Support/Path.h"

#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/unwritten.h"
#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

std::vector<std::size_t> Unlocked(const graph::Graph& graph,
                                  diagnostics::Emitter& emitter) {
  std::vector<std::size_t> unlocked;
  for (std::size_t index = 0; index < graph.revisions.size(); ++index) {
    const graph::Revision& revision = graph.revisions[index];
    if (revision.locked) {
      continue;
    }
    unlocked.push_back(index);
    // A broken body is for `check`; an empty one would be locked for ever.
    diagnostics::Emitter ignored;
    CheckWritten(parse::ParseMigration(*revision.migration.file, ignored),
                 emitter);
  }
  return unlocked;
}

std::string LockPath(const Options& options) {
  if (options.Has("lock-file")) {
    return options.Get("lock-file");
  }
  llvm::SmallString<128> path(options.Get("directory"));
  llvm::sys::path::append(path, "migrations.lock");
  return path.str().str();
}

}  // namespace

int RunLock(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("lock", "[OPTION]...",
                  "Records in the lock file that the migrations were reviewed. "
                  "From then on\na change to one of them fails the build.");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto headers = ReadHeaders(options, Judge::kLaws, environment);
  const graph::Graph& graph = headers->folder.graph;
  const std::vector<std::size_t> unlocked = Unlocked(graph, headers->emitter);
  if (const int status =
          Report(headers->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  if (unlocked.empty()) {
    environment.out << "nothing to lock\n";
    return kSuccess;
  }
  std::vector<graph::LockEntry> entries = graph.lock.entries;
  for (const std::size_t index : unlocked) {
    const graph::Revision& revision = graph.revisions[index];
    entries.push_back({revision.id,
                       revision.checksum,
                       std::string(revision.migration.file->base_name()),
                       {}});
  }
  if (llvm::Error error = environment.output.Write(
          OutputFile{LockPath(options), graph::FormatLock(entries)})) {
    environment.err << "palindrome: error: " << llvm::toString(std::move(error))
                    << '\n';
    return kFindings;
  }
  for (const std::size_t index : unlocked) {
    environment.out << "locked " << graph.revisions[index].id << "  "
                    << graph.revisions[index].migration.header.title.value
                    << '\n';
  }
  return kSuccess;
}

}  // namespace palindrome::driver
