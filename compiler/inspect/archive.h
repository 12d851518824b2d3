// The members of an archive (`ar`), in the ways of GNU, BSD and Windows. LLVM's
// own reader trusts the sizes in it, so that a broken archive leads it astray.
//
// The bytes belong to the archive's buffer. A pure function, any thread.
#ifndef PALINDROME_COMPILER_INSPECT_ARCHIVE_H_
#define PALINDROME_COMPILER_INSPECT_ARCHIVE_H_

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace palindrome::inspect {

struct Member {
  std::string name;
  llvm::StringRef bytes;
};

// In their order, without symbol tables and the table of long names. `archive`
// begins with `!<arch>` and a line feed. Fails if a member does not lie within.
llvm::Expected<std::vector<Member>> ReadArchive(llvm::StringRef archive);

}  // namespace palindrome::inspect

#endif  // PALINDROME_COMPILER_INSPECT_ARCHIVE_H_
