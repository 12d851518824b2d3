// What commands print: findings as text or JSON, and revisions as JSON.
//
// Pure functions but for the streams; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_REPORT_H_
#define PALINDROME_COMPILER_DRIVER_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "palindrome/table_values.h"

namespace palindrome::driver {

// Sorts the diagnostics, tells what is missing once, and writes them with their
// summary to `err`. Returns kFindings if one is an error, else kSuccess.
int Report(std::vector<diagnostics::Diagnostic>& diagnostics,
           llvm::raw_ostream& err);

// Reports them in the format that the command was asked for: as text to `err`,
// or as JSON or SARIF to `out`. JSON has what is in `object`, too.
int ReportFindings(const Options& options,
                   std::vector<diagnostics::Diagnostic>& diagnostics,
                   Environment& environment, llvm::json::Object object = {});

// Writes to `err` why the command cannot go on, and returns kFindings.
int ReportFailure(Environment& environment, const std::string& message);
int ReportFailure(Environment& environment, llvm::Error error);

// Writes a note to `err` for each temporary file that a killed run has left.
void ReportLeftovers(const std::vector<std::string>& paths,
                     Environment& environment);

// A string as JSON: bytes that are no UTF-8, as in a file's name, replaced.
llvm::json::Value JsonText(llvm::StringRef text);
llvm::json::Array JsonTexts(const std::vector<std::string>& texts);
// Its name; null: it is not known.
llvm::json::Value JsonLoss(std::optional<table::Loss> loss);
llvm::json::Value JsonCompatibility(std::optional<std::uint32_t> bits);
void PrintJson(llvm::json::Value value, llvm::raw_ostream& out);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_REPORT_H_
