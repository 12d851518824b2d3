#include "compiler/rehearse/sqlite/facts.h"

#include <memory>

#include <sqlite3.h>

#include "compiler/rehearse/sqlite/connection.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

std::set<std::string> Names(sqlite3* database, const char* query) {
  std::set<std::string> names;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, query, -1, &statement, nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    names.insert(sql::FoldCase(
        reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))));
  }
  sqlite3_finalize(statement);
  return names;
}

EngineFacts Read() {
  EngineFacts facts;
  facts.version = static_cast<std::uint32_t>(sqlite3_libversion_number());
  sqlite3* opened = nullptr;
  sqlite3_open(":memory:", &opened);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(
      opened, &sqlite3_close);
  facts.functions =
      Names(database.get(), "SELECT name FROM pragma_function_list");
  facts.collations =
      Names(database.get(), "SELECT name FROM pragma_collation_list");
  return facts;
}

}  // namespace

const EngineFacts& Facts() {
  static const EngineFacts facts = Read();
  return facts;
}

std::string EngineIdentity() {
  std::string identity =
      std::string(sqlite3_libversion()) + ' ' + sqlite3_sourceid() + '\n';
  const char* option = nullptr;
  for (int i = 0; (option = sqlite3_compileoption_get(i)) != nullptr; ++i) {
    identity += option;
    identity += '\n';
  }
  // Both halves of a year, since a zone may have summer time.
  Connection connection(nullptr);
  connection.RunTrusted(
      "SELECT datetime('2025-01-01 12:00', 'localtime') UNION ALL "
      "SELECT datetime('2025-07-01 12:00', 'localtime')",
      [&](std::string_view time) {
        identity += time;
        identity += '\n';
        return true;
      });
  return identity;
}

}  // namespace palindrome::rehearse::sqlite
