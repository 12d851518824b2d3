#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {

int RunCheck(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("check", "[OPTION]...",
                  "Does all that compile does but write: parses, checks and "
                  "rehearses the\nmigrations, and reports what it finds.");
  AddAnalysisOptions(options);
  options.AddFlag("suggest",
                  "where a downgrade is wrong or missing, print the one that "
                  "can be derived, or why there is none");
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto analysis = Analyze(options, environment);
  if (!analysis->usage_problem.empty()) {
    return options.Misused(environment, analysis->usage_problem);
  }
  ReportLeftovers(analysis->folder.leftovers, environment);
  auto& diagnostics = analysis->emitter.diagnostics();
  if (options.WantsJson()) {
    llvm::json::Object object;
    if (options.Has("suggest")) {
      object["suggestions"] = JsonSuggestions(analysis->suggestions);
    }
    return ReportJson(diagnostics, environment.out, std::move(object));
  }
  const int status = Report(diagnostics, environment.err);
  PrintSuggestions(analysis->suggestions, environment.err);
  if (diagnostics.empty()) {
    const std::size_t count = analysis->folder.graph.revisions.size();
    environment.out << count << (count == 1 ? " migration" : " migrations")
                    << ", no findings\n";
  }
  return status;
}

}  // namespace palindrome::driver
