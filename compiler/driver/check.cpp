#include <utility>

#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/mend.h"
#include "compiler/driver/report.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

llvm::Expected<MendedAnalysis> Run(const Options& options,
                                   Environment& environment) {
  if (options.Has("fix")) {
    return MendAndAnalyze(options, environment);
  }
  MendedAnalysis result;
  result.analysis = Analyze(options, environment);
  return result;
}

void PrintMends(const std::vector<Mend>& mends, llvm::raw_ostream& out) {
  for (const Mend& mend : mends) {
    out << Printable(mend.file) << ':' << mend.place.line << ':'
        << mend.place.column << ": fixed: " << Printable(mend.title) << " ["
        << diagnostics::Info(mend.kind).tag << "]\n";
  }
}

llvm::json::Array JsonMends(const std::vector<Mend>& mends) {
  llvm::json::Array array;
  for (const Mend& mend : mends) {
    array.push_back(
        llvm::json::Object{{"file", JsonText(mend.file)},
                           {"line", mend.place.line},
                           {"column", mend.place.column},
                           {"rule", diagnostics::Info(mend.kind).tag},
                           {"title", JsonText(mend.title)}});
  }
  return array;
}

}  // namespace

int RunCheck(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("check", "[OPTION]...",
                  "Does all that compile does but write: parses, checks and "
                  "rehearses the\nmigrations, and reports what it finds.");
  AddAnalysisOptions(options);
  options.AddFlag("suggest",
                  "where a downgrade is wrong or missing, print the one that "
                  "can be derived, or why there is none");
  options.AddFlag("fix",
                  "first correct in the files what has one reading, such as a "
                  "word that is misspelt; never in a locked migration");
  options.AddFormat({"sarif"});
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  auto result = Run(options, environment);
  if (!result) {
    return ReportFailure(environment, result.takeError());
  }
  const Analysis& analysis = *result->analysis;
  if (!analysis.usage_problem.empty()) {
    return options.Misused(environment, analysis.usage_problem);
  }
  ReportLeftovers(analysis.folder.leftovers, environment);
  auto& diagnostics = result->analysis->emitter.diagnostics();
  if (options.WantsJson()) {
    llvm::json::Object object;
    if (options.Has("suggest")) {
      object["suggestions"] = JsonSuggestions(analysis.suggestions);
    }
    if (options.Has("fix")) {
      object["fixed"] = JsonMends(result->mends);
    }
    return ReportFindings(options, diagnostics, environment, std::move(object));
  }
  PrintMends(result->mends,
             options.WantsSarif() ? environment.err : environment.out);
  const int status = ReportFindings(options, diagnostics, environment);
  if (options.WantsSarif()) {
    return status;
  }
  if (options.Has("suggest")) {
    PrintSuggestions(analysis.suggestions, environment.err);
  }
  if (diagnostics.empty()) {
    const std::size_t count = analysis.folder.graph.revisions.size();
    environment.out << count << (count == 1 ? " migration" : " migrations")
                    << ", no findings\n";
  }
  return status;
}

}  // namespace palindrome::driver
