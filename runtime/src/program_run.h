// Runs one program of a migration, statement by statement, and tells the
// observer. Borrows everything for the call; inside the caller's transaction.
#ifndef PALINDROME_RUNTIME_SRC_PROGRAM_RUN_H_
#define PALINDROME_RUNTIME_SRC_PROGRAM_RUN_H_

#include <string_view>

#include "runtime/src/program.h"
#include <palindrome/database.h>
#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

// `observer` may be null, and `file_name` empty. Errors name the revision, the
// file and the statement; kForeignKeyViolation where the program leaves a row
// without its parent that had one.
Status RunProgram(Database& database, Observer* observer,
                  const PlannedStep& step, std::string_view file_name,
                  const Program& program);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_PROGRAM_RUN_H_
