#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"

namespace palindrome::driver {

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
    const auto index = FindTarget(graph, options.Get("revision"));
    if (!index.ok()) {
      Report(headers->emitter.diagnostics(), environment.err);
      return ReportFailure(environment, index.status().message());
    }
    const graph::Revision& revision = graph.revisions[*index];
    if (!graph.lock.complete) {
      Report(headers->emitter.diagnostics(), environment.err);
      return ReportFailure(
          environment, "the lock file does not tell whether `" + revision.id +
                           "` is locked; mend it first");
    }
    if (revision.locked) {
      return ReportFailure(
          environment,
          "`" + revision.id +
              "` is locked, and a build refuses a locked migration that was "
              "edited; write another migration [locked-revision-edited]");
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
