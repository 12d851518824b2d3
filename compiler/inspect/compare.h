// Two files' histories side by side: what the newer program does to a database
// at the older one's heads, and whether it may.
//
// Values that point into the histories, which outlive them. Pure functions.
#ifndef PALINDROME_COMPILER_INSPECT_COMPARE_H_
#define PALINDROME_COMPILER_INSPECT_COMPARE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include "compiler/inspect/histories.h"

namespace palindrome::inspect {

// A revision of the older history that the newer one does not keep.
struct Rewritten {
  std::string revision;
  std::string what;  // "its checksum differs"
};

struct HistoryUpdate {
  std::string name;
  const History* before = nullptr;  // Null: it is new.
  const History* after = nullptr;   // Null: it vanished.
  std::vector<Rewritten> rewritten;
  std::vector<std::size_t> steps;  // Rows of `after`, in order.
};

// An update for each name, in the order of the older file, new ones last. Fails
// if a file has two histories of one name that differ.
llvm::Expected<std::vector<HistoryUpdate>> CompareHistories(
    llvm::ArrayRef<History> before, llvm::ArrayRef<History> after);

// The tables that the program makes anew, each once.
std::vector<std::string> RebuiltTables(const Program& program);

}  // namespace palindrome::inspect

#endif  // PALINDROME_COMPILER_INSPECT_COMPARE_H_
