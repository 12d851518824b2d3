// What `inspect` prints of the histories in a file, and of an update from one
// file to another.
//
// Pure functions but for the streams; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_INSPECT_REPORT_H_
#define PALINDROME_COMPILER_DRIVER_INSPECT_REPORT_H_

#include <vector>

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/inspect/compare.h"
#include "compiler/inspect/histories.h"

namespace palindrome::driver {

// With the statements of its programs, where `sql`.
void PrintHistories(const std::vector<inspect::History>& histories, bool sql,
                    llvm::raw_ostream& out);
llvm::json::Object JsonHistories(
    const std::vector<inspect::History>& histories);

void PrintUpdates(const std::vector<inspect::HistoryUpdate>& updates,
                  llvm::raw_ostream& out);
llvm::json::Object JsonUpdates(
    const std::vector<inspect::HistoryUpdate>& updates);

// Whether a database of the older history can go on with the newer one.
bool KeepsHistory(const inspect::HistoryUpdate& update);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_INSPECT_REPORT_H_
