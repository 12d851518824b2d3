// A database file that a command works on: the only place where the compiler
// writes to one.
//
// One call, one thread; the file is closed before it returns.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_DATABASE_FILE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_DATABASE_FILE_H_

#include <string>

#include "llvm/Support/Error.h"

#include "runtime/src/command_line.h"

namespace palindrome::rehearse::sqlite {

// Opens the file and hands it to `use`, as the command line of a program does.
llvm::Error UseDatabaseFile(const std::string& path, Missing missing,
                            const UseDatabase& use);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_DATABASE_FILE_H_
