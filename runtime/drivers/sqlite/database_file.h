// Opens database files for the command lines, which make none before they know
// what for. Names are as SQLite takes them: also URIs, where it does.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_DATABASE_FILE_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_DATABASE_FILE_H_

#include <string>

#include "runtime/drivers/sqlite/connection.h"
#include "runtime/src/command_line.h"
#include <palindrome/status.h>

namespace palindrome::sqlite {

struct DatabaseFile {
  OwnedConnection connection;
  bool is_stand_in = false;  // For a file that would be made.
};

// An empty name is a database in memory that stands for none.
Result<DatabaseFile> OpenDatabaseFile(const std::string& name, Missing missing);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_DATABASE_FILE_H_
