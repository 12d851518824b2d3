#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"

namespace palindrome::driver {
namespace {

// The file that a target means; of a squash, too, which no other command takes
// for a revision.
Result<const graph::Revision*> FindFile(const graph::Graph& graph,
                                        const std::string& target) {
  const graph::Squash* squash =
      graph.Find(target) ? nullptr : graph.FindSquash(target);
  if (squash != nullptr) {
    return &squash->revision;
  }
  const Result<std::size_t> index = FindTarget(graph, target);
  if (!index.ok()) {
    return index.status();
  }
  return &graph.revisions[*index];
}

std::string WhyLocked(const graph::Revision& revision) {
  const std::string id = "`" + revision.id + "` is locked, and a build ";
  return revision.migration.header.squashes
             ? id + "refuses a locked squash that was edited; take its line "
                    "out of the lock file first, and run `palindrome lock` "
                    "afterwards [locked-revision-edited]"
             : id + "refuses a locked migration that was edited; write "
                    "another migration [locked-revision-edited]";
}

}  // namespace

int RunEdit(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("edit", "[OPTION]... REVISION",
                  "Opens a migration in the editor that VISUAL or EDITOR "
                  "names, and then reports\n"
                  "what is wrong with the headers of the folder. A locked "
                  "migration is not opened.");
  options.AddOperand("revision");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (!options.Has("revision")) {
    return options.Misused(environment, "the revision is missing");
  }
  std::string path;
  {
    // What is wrong now is perhaps what is to be edited.
    const auto headers = ReadHeaders(options, Judge::kOrder, environment);
    const graph::Graph& graph = headers->folder.graph;
    const auto found = FindFile(graph, options.Get("revision"));
    if (!found.ok()) {
      Report(headers->emitter.diagnostics(), environment.err);
      return ReportFailure(environment, found.status().message());
    }
    const graph::Revision& revision = **found;
    if (!graph.lock.complete) {
      Report(headers->emitter.diagnostics(), environment.err);
      return ReportFailure(
          environment, "the lock file does not tell whether `" + revision.id +
                           "` is locked; mend it first");
    }
    if (revision.locked) {
      return ReportFailure(environment, WhyLocked(revision));
    }
    path = revision.migration.file->name();
  }
  if (llvm::Error error = environment.edit_file(path)) {
    return ReportFailure(environment, llvm::toString(std::move(error)));
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
