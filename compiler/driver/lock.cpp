#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/unwritten.h"
#include "compiler/parse/parse.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

using Revisions = std::vector<const graph::Revision*>;

Revisions Unlocked(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  Revisions unlocked;
  for (const graph::Revision* revision : graph.All()) {
    if (revision->locked) {
      continue;
    }
    unlocked.push_back(revision);
    // A broken body is for `check`; an empty one would be locked for ever.
    diagnostics::Emitter ignored;
    CheckWritten(parse::ParseMigration(*revision->migration.file, ignored),
                 emitter);
  }
  return unlocked;
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
  const Revisions unlocked = Unlocked(graph, headers->emitter);
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
  for (const graph::Revision* revision : unlocked) {
    entries.push_back(graph::LockEntryOf(*revision));
  }
  if (llvm::Error error = environment.output.Write(
          OutputFile{LockPathOf(options), graph::FormatLock(entries),
                     /*is_edit=*/true})) {
    return ReportFailure(environment, std::move(error));
  }
  for (const graph::Revision* revision : unlocked) {
    environment.out << "locked " << revision->id << "  "
                    << Printable(revision->migration.header.title.value)
                    << '\n';
  }
  return kSuccess;
}

}  // namespace palindrome::driver
