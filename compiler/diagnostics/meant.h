// What a name that is not known was meant to be.
//
// Pure functions and values; any thread.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_MEANT_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_MEANT_H_

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace palindrome::diagnostics {

// As an argument of a message it is "; did you mean `…`?", or nothing.
struct Meant {
  std::string found;
  std::string name;  // Empty: nothing is near.
  // Nothing else is half as near, so that there is one reading.
  bool is_plain = false;
  // A name of an object, which may need quotes; else a word as it stands.
  bool is_name = false;
};

llvm::raw_ostream& operator<<(llvm::raw_ostream& out, const Meant& meant);

// The nearest of the keywords, rules, keys, …; else the one that begins so.
Meant MeantWord(llvm::StringRef found,
                const std::vector<std::string>& candidates);
// The nearest of the tables, columns, revisions, ….
Meant MeantName(llvm::StringRef found,
                const std::vector<std::string>& candidates);

// "; did you mean `…`?" or nothing.
std::string Suggestion(llvm::StringRef name,
                       const std::vector<std::string>& candidates);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_MEANT_H_
