#include "compiler/rehearse/sqlite/existing.h"

#include <memory>

#include <sqlite3.h>

namespace palindrome::rehearse::sqlite {

namespace {

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};

// The tables behind a virtual table are its module's.
constexpr char kQuery[] =
    "SELECT type, name, tbl_name, sql FROM main.sqlite_master AS m "
    "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND tbl_name NOT LIKE 'palindrome\\_%' ESCAPE '\\' "
    "AND NOT EXISTS (SELECT 1 FROM pragma_table_list AS l WHERE "
    "l.schema = 'main' AND l.type = 'shadow' AND l.name = m.tbl_name) "
    "ORDER BY rowid";

llvm::Error Failed(const std::string& path, sqlite3* handle) {
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(), "the database `%s` cannot be read: %s",
      path.c_str(),
      handle == nullptr ? "out of memory" : sqlite3_errmsg(handle));
}

std::string Text(sqlite3_stmt* statement, int column) {
  const auto* bytes = sqlite3_column_text(statement, column);
  const auto size =
      static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return {reinterpret_cast<const char*>(bytes), bytes == nullptr ? 0 : size};
}

}  // namespace

llvm::Expected<std::vector<catalog::EngineObject>> ReadExisting(
    const std::string& path) {
  sqlite3* raw = nullptr;
  const int opened =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, Close> handle(raw);
  if (opened != SQLITE_OK) {
    return Failed(path, handle.get());
  }
  sqlite3_stmt* prepared = nullptr;
  const int compiled =
      sqlite3_prepare_v2(handle.get(), kQuery, -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, Close> statement(prepared);
  if (compiled != SQLITE_OK) {
    return Failed(path, handle.get());
  }
  std::vector<catalog::EngineObject> objects;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    objects.push_back({Text(statement.get(), 0), Text(statement.get(), 1),
                       Text(statement.get(), 2), Text(statement.get(), 3)});
  }
  if (code != SQLITE_DONE) {
    return Failed(path, handle.get());
  }
  return objects;
}

}  // namespace palindrome::rehearse::sqlite
