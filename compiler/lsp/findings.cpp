#include <cstdint>

#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"

namespace palindrome::lsp {
namespace {

// DiagnosticSeverity of the protocol.
std::int64_t SeverityOf(diagnostics::Severity severity) {
  switch (severity) {
    case diagnostics::Severity::kError:
      return 1;
    case diagnostics::Severity::kWarning:
      return 2;
    case diagnostics::Severity::kNote:
      return 3;
    case diagnostics::Severity::kOff:
      return 4;
  }
  llvm_unreachable("not a severity");
}

}  // namespace

llvm::json::Value JsonFinding(const diagnostics::Diagnostic& finding,
                              const source::File& file) {
  const bool is_placed = finding.location.file == &file;
  llvm::json::Array related;
  std::string message = finding.message;
  for (const diagnostics::Note& note : finding.notes) {
    if (note.location.file == nullptr) {
      message += "\n" + note.message;
      continue;
    }
    related.push_back(llvm::json::Object{
        {"location", JsonLocation(*note.location.file, note.location.range)},
        {"message", llvm::json::fixUTF8(note.message)}});
  }
  llvm::json::Object json{
      {"range",
       JsonRange(file, is_placed ? finding.location.range : source::Range())},
      {"severity", SeverityOf(finding.severity)},
      {"code", diagnostics::Info(finding.kind).tag},
      {"source", "palindrome"},
      {"message", llvm::json::fixUTF8(message)}};
  if (!related.empty()) {
    json["relatedInformation"] = std::move(related);
  }
  return json;
}

}  // namespace palindrome::lsp
