#include "compiler/rehearse/sqlite/database_file.h"

#include "palindrome/sqlite.h"
#include "runtime/drivers/sqlite/database_file.h"

namespace palindrome::rehearse::sqlite {

llvm::Error UseDatabaseFile(const std::string& path, Missing missing,
                            const UseDatabase& use) {
  const auto file = palindrome::sqlite::OpenDatabaseFile(path, missing);
  if (!file.ok()) {
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(), "the database `%s`: %s", path.c_str(),
        file.status().details().engine_message.c_str());
  }
  palindrome::sqlite::Database database(file->connection.get());
  use(database, file->is_stand_in);
  return llvm::Error::success();
}

}  // namespace palindrome::rehearse::sqlite
