#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {

int RunHeads(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("heads", "[OPTION]...",
                  "Lists the migrations that none other revises.");
  options.AddFlag("verbose,v", "show their headers");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (const auto status = RefuseHalf(options, *headers, environment)) {
    return *status;
  }
  const graph::Graph& graph = headers->folder.graph;
  llvm::json::Array heads;
  for (const std::size_t head : graph.heads) {
    if (options.WantsJson()) {
      heads.push_back(JsonRevision(graph, head));
    } else {
      environment.out << RevisionLine(graph, head) << '\n';
      if (options.Has("verbose")) {
        PrintFields(graph.revisions[head], environment.out, "    ");
      }
    }
  }
  if (options.WantsJson()) {
    PrintJson(llvm::json::Object{{"heads", std::move(heads)}}, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
