// The two parts of a migration's file name, `20250115_143022_add_index.sql`.
//
// Pure functions; the results are views into the name.
#ifndef PALINDROME_COMPILER_CHECKS_FILE_NAMES_H_
#define PALINDROME_COMPILER_CHECKS_FILE_NAMES_H_

#include <string_view>

#include "llvm/ADT/StringRef.h"

namespace palindrome::checks {

// `20250115_143022`; nothing if the file is not called so.
llvm::StringRef TimeOf(llvm::StringRef file_name);

// Whether there is such a date and time: `name` begins with it.
bool IsRealTime(std::string_view name);
// `add_index.sql`; nothing if the file is not called so.
llvm::StringRef SlugOf(llvm::StringRef file_name);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_FILE_NAMES_H_
