#include "compiler/driver/report.h"

#include <algorithm>

#include "llvm/Support/FormatVariadic.h"

#include "compiler/diagnostics/console.h"
#include "compiler/diagnostics/told_once.h"
#include "compiler/driver/sarif.h"
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

// Of a place: "file", "line", "column"; empty and 0 of the history as a whole.
llvm::json::Object JsonPlace(const source::Location& location) {
  llvm::json::Object place{{"file", ""}, {"line", 0}, {"column", 0}};
  if (location.file != nullptr) {
    const source::LineColumn begin =
        location.file->Resolve(location.range.begin);
    place["file"] = JsonText(location.file->name());
    place["line"] = begin.line;
    place["column"] = begin.column;
  }
  return place;
}

llvm::json::Array JsonNotes(const Diagnostic& diagnostic) {
  llvm::json::Array notes;
  for (const diagnostics::Note& note : diagnostic.notes) {
    llvm::json::Object object = JsonPlace(note.location);
    object["message"] = JsonText(note.message);
    notes.push_back(std::move(object));
  }
  return notes;
}

llvm::json::Array JsonFixes(const Diagnostic& diagnostic) {
  llvm::json::Array fixes;
  for (const diagnostics::Fix& fix : diagnostic.fixes) {
    llvm::json::Array edits;
    for (const diagnostics::Edit& edit : fix.edits) {
      llvm::json::Object object = JsonPlace(edit.location);
      const source::LineColumn end =
          edit.location.file->Resolve(edit.location.range.end);
      object["end_line"] = end.line;
      object["end_column"] = end.column;
      object["text"] = JsonText(edit.text);
      edits.push_back(std::move(object));
    }
    fixes.push_back(llvm::json::Object{{"title", JsonText(fix.title)},
                                       {"mechanical", fix.mechanical},
                                       {"edits", std::move(edits)}});
  }
  return fixes;
}

llvm::json::Object JsonFinding(const Diagnostic& diagnostic) {
  llvm::json::Object finding = JsonPlace(diagnostic.location);
  finding["severity"] = diagnostics::SeverityName(diagnostic.severity);
  finding["rule"] = diagnostics::Info(diagnostic.kind).tag;
  finding["message"] = JsonText(diagnostic.message);
  finding["notes"] = JsonNotes(diagnostic);
  finding["fixes"] = JsonFixes(diagnostic);
  return finding;
}

void Arrange(std::vector<Diagnostic>& diagnostics) {
  diagnostics::Sort(diagnostics);
  diagnostics::TellOnce(diagnostics);
}

}  // namespace

int Report(std::vector<Diagnostic>& diagnostics, llvm::raw_ostream& err) {
  Arrange(diagnostics);
  diagnostics::WriteConsole(diagnostics, err);
  diagnostics::WriteSummary(diagnostics, err);
  return StatusOf(diagnostics);
}

int ReportFindings(const Options& options, std::vector<Diagnostic>& diagnostics,
                   Environment& environment, llvm::json::Object object) {
  if (!options.WantsJson() && !options.WantsSarif()) {
    return Report(diagnostics, environment.err);
  }
  Arrange(diagnostics);
  if (options.WantsSarif()) {
    PrintJson(Sarif(diagnostics, environment.file_system, environment.version),
              environment.out);
    return StatusOf(diagnostics);
  }
  llvm::json::Array findings;
  for (const Diagnostic& diagnostic : diagnostics) {
    findings.push_back(JsonFinding(diagnostic));
  }
  object["findings"] = std::move(findings);
  PrintJson(std::move(object), environment.out);
  return StatusOf(diagnostics);
}

int ReportFailure(Environment& environment, const std::string& message) {
  environment.err << "palindrome: error: " << PrintableLines(message) << '\n';
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
