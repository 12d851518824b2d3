#include "compiler/rehearse/sqlite/database_file.h"

#include <memory>

#include <sqlite3.h>

#include "palindrome/sqlite.h"

namespace palindrome::rehearse::sqlite {

namespace {

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

}  // namespace

llvm::Error UseDatabaseFile(const std::string& path, bool creates,
                            llvm::function_ref<void(Database&)> use) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (creates ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  const std::unique_ptr<sqlite3, Close> connection(opened);
  if (code != SQLITE_OK) {
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(), "the database `%s`: %s", path.c_str(),
        opened == nullptr ? "out of memory" : sqlite3_errmsg(opened));
  }
  palindrome::sqlite::Database database(opened);
  use(database);
  return llvm::Error::success();
}

}  // namespace palindrome::rehearse::sqlite
