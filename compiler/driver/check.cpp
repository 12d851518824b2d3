#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {

int RunCheck(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("check", "[OPTION]...",
                  "Does all that compile does but write: parses, checks and "
                  "rehearses the\nmigrations, and reports what it finds.");
  AddAnalysisOptions(options);
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto analysis = Analyze(options, environment);
  if (!analysis->usage_problem.empty()) {
    return options.Misused(environment, analysis->usage_problem);
  }
  auto& diagnostics = analysis->emitter.diagnostics();
  if (options.WantsJson()) {
    return ReportJson(diagnostics, environment.out);
  }
  const int status = Report(diagnostics, environment.err);
  if (diagnostics.empty()) {
    const std::size_t count = analysis->folder.graph.revisions.size();
    environment.out << count << (count == 1 ? " migration" : " migrations")
                    << ", no findings\n";
  }
  return status;
}

}  // namespace palindrome::driver
