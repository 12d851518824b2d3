// `check --fix`: makes the fixes that need no person.
//
// One call, one thread; the analysis owns what it points to.
#ifndef PALINDROME_COMPILER_DRIVER_MEND_H_
#define PALINDROME_COMPILER_DRIVER_MEND_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/analysis.h"

namespace palindrome::driver {

// A fix that was made, with the place of its finding in the file as it was
// before the first one.
struct Mend {
  std::string file;
  source::LineColumn place;
  std::string title;
  diagnostics::Kind kind = diagnostics::Kind::kSyntaxError;
};

struct MendedAnalysis {
  std::unique_ptr<Analysis> analysis;  // Of the texts as they are in the end.
  std::vector<Mend> mends;             // By file and place.
};

// Analyses the folder and makes the mechanical fixes, in rounds, until there is
// none; then the files are written, all in one step each. Locked migrations are
// never edited, and nothing is where the lock file cannot be read. Fails if a
// file cannot be written, as one with other hard links, or has changed
// meanwhile; then none is.
llvm::Expected<MendedAnalysis> MendAndAnalyze(const Options& options,
                                              Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_MEND_H_
