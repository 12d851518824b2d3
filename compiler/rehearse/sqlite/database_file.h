// A database file that a command works on: the only place where the compiler
// writes to one.
//
// One call, one thread; the file is closed before it returns.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_DATABASE_FILE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_DATABASE_FILE_H_

#include <string>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include "palindrome/database.h"

namespace palindrome::rehearse::sqlite {

// Opens the file and hands it to `use`. A missing one is made if `creates` says
// so; else it is an error.
llvm::Error UseDatabaseFile(const std::string& path, bool creates,
                            llvm::function_ref<void(Database&)> use);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_DATABASE_FILE_H_
