#include "compiler/driver/report.h"

#include <algorithm>

#include "llvm/Support/FormatVariadic.h"

#include "compiler/diagnostics/console.h"
#include "runtime/src/compatibility_text.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;

int StatusOf(const std::vector<Diagnostic>& diagnostics) {
  const bool failed = std::any_of(
      diagnostics.begin(), diagnostics.end(),
      [](const Diagnostic& each) { return each.severity == Severity::kError; });
  return failed ? kFindings : kSuccess;
}

llvm::json::Object JsonFinding(const Diagnostic& diagnostic) {
  llvm::json::Object finding{
      {"file", ""},
      {"line", 0},
      {"column", 0},
      {"severity", diagnostics::SeverityName(diagnostic.severity)},
      {"rule", diagnostics::Info(diagnostic.kind).tag},
      {"message", JsonText(diagnostic.message)}};
  if (const source::File* file = diagnostic.location.file) {
    const source::LineColumn place =
        file->Resolve(diagnostic.location.range.begin);
    finding["file"] = JsonText(file->name());
    finding["line"] = place.line;
    finding["column"] = place.column;
  }
  return finding;
}

}  // namespace

int Report(std::vector<Diagnostic>& diagnostics, llvm::raw_ostream& err) {
  diagnostics::Sort(diagnostics);
  diagnostics::WriteConsole(diagnostics, err);
  diagnostics::WriteSummary(diagnostics, err);
  return StatusOf(diagnostics);
}

int ReportJson(std::vector<Diagnostic>& diagnostics, llvm::raw_ostream& out,
               llvm::json::Object object) {
  diagnostics::Sort(diagnostics);
  llvm::json::Array findings;
  for (const Diagnostic& diagnostic : diagnostics) {
    findings.push_back(JsonFinding(diagnostic));
  }
  object["findings"] = std::move(findings);
  PrintJson(std::move(object), out);
  return StatusOf(diagnostics);
}

int ReportFailure(Environment& environment, const std::string& message) {
  environment.err << "palindrome: error: " << message << '\n';
  return kFindings;
}

int ReportFailure(Environment& environment, llvm::Error error) {
  return ReportFailure(environment, llvm::toString(std::move(error)));
}

void ReportLeftovers(const std::vector<std::string>& paths,
                     Environment& environment) {
  for (const std::string& path : paths) {
    environment.err << "palindrome: note: `" << Printable(path)
                    << "` is what a run left that was killed while it wrote, "
                       "and nothing reads it; delete it, unless it has a "
                       "migration that is nowhere else\n";
  }
}

llvm::json::Value JsonText(llvm::StringRef text) {
  return llvm::json::fixUTF8(text);
}

llvm::json::Array JsonTexts(const std::vector<std::string>& texts) {
  llvm::json::Array array;
  for (const std::string& text : texts) {
    array.push_back(JsonText(text));
  }
  return array;
}

llvm::json::Value JsonLoss(std::optional<table::Loss> loss) {
  return loss ? JsonText(LossName(*loss)) : llvm::json::Value(nullptr);
}

llvm::json::Value JsonCompatibility(std::optional<std::uint32_t> bits) {
  return bits ? JsonText(CompatibilityName(*bits)) : llvm::json::Value(nullptr);
}

void PrintJson(llvm::json::Value value, llvm::raw_ostream& out) {
  out << llvm::formatv("{0:2}", value) << '\n';
}

}  // namespace palindrome::driver
