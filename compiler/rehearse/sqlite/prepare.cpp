#include "compiler/rehearse/sqlite/prepare.h"

#include <sqlite3.h>

namespace palindrome::rehearse::sqlite {

Prepared Prepare(Connection& connection, std::string_view text,
                 bool strings_in_double_quotes) {
  Prepared prepared;
  sqlite3* handle = connection.handle();
  if (handle == nullptr) {
    prepared.error = catalog::EngineError{
        catalog::EngineError::Class::kOther, "out of memory", "", {}, {}};
    return prepared;
  }
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML,
                    strings_in_double_quotes ? 1 : 0, nullptr);
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v2(
      handle, text.data(), static_cast<int>(text.size()), &statement, &tail);
  if (code != SQLITE_OK) {
    prepared.error = connection.Explain(sqlite3_extended_errcode(handle),
                                        sqlite3_errmsg(handle));
  } else {
    prepared.parameters = sqlite3_bind_parameter_count(statement);
    prepared.used = static_cast<std::size_t>(tail - text.data());
  }
  sqlite3_finalize(statement);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  return prepared;
}

}  // namespace palindrome::rehearse::sqlite
