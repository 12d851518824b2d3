#include "compiler/rehearse/sqlite/existing.h"

#include <memory>
#include <optional>
#include <utility>

#include <sqlite3.h>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/literal.h"
#include "compiler/rehearse/sqlite/run.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

namespace sql = palindrome::sql;

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

// `path` is what messages call the database.
llvm::Expected<std::vector<catalog::EngineObject>> ReadObjects(
    sqlite3* handle, const std::string& path) {
  sqlite3_stmt* prepared = nullptr;
  const int compiled =
      sqlite3_prepare_v2(handle, kQuery, -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, Close> statement(prepared);
  if (compiled != SQLITE_OK) {
    return Failed(path, handle);
  }
  std::vector<catalog::EngineObject> objects;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    objects.push_back({Text(statement.get(), 0), Text(statement.get(), 1),
                       Text(statement.get(), 2), Text(statement.get(), 3)});
  }
  if (code != SQLITE_DONE) {
    return Failed(path, handle);
  }
  return objects;
}

llvm::Error Failed(const catalog::EngineError& error) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 error.message.c_str());
}

// SELECT of the table's rows as INSERT statements.
std::string InsertsOf(const std::string& table,
                      const std::vector<std::string>& columns) {
  std::string names;
  std::string values;
  for (const std::string& column : columns) {
    const std::string name = sql::QuoteName(column);
    names += (names.empty() ? "" : ", ") + name;
    values += (values.empty() ? "" : " || ', ' || ") + LiteralOf(name);
  }
  const std::string quoted = sql::QuoteName(table);
  return "SELECT " +
         sql::QuoteString("INSERT INTO " + quoted + " (" + names +
                          ") VALUES (") +
         " || " + values + " || ')' FROM " + quoted;
}

std::optional<catalog::EngineError> ReadRows(const std::string& table,
                                             Connection& connection,
                                             std::vector<std::string>& rows) {
  std::vector<std::string> columns;
  auto error =
      connection.RunTrusted("SELECT name FROM pragma_table_xinfo(" +
                                sql::QuoteString(table) + ") WHERE hidden = 0",
                            [&columns](std::string_view name) {
                              columns.emplace_back(name);
                              return true;
                            });
  if (error || columns.empty()) {
    return error;
  }
  const auto keep = [&rows](std::string_view row) {
    rows.emplace_back(row);
    return true;
  };
  const std::string inserts = InsertsOf(table, columns);
  const std::size_t before = rows.size();
  error = connection.RunTrusted(inserts + " ORDER BY rowid", keep);
  if (error) {
    // A table without.
    rows.resize(before);
    error = connection.RunTrusted(inserts, keep);
  }
  return error;
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
  // The file may be a stranger's.
  sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  std::uint64_t calls = 0;
  constexpr int kStepsPerCall = 10'000;
  // The query looks at all tables for each.
  constexpr std::uint64_t kMaxCalls = 10 * kMaxStepsOfAll / kStepsPerCall;
  sqlite3_progress_handler(
      handle.get(), kStepsPerCall,
      [](void* count) -> int {
        return ++*static_cast<std::uint64_t*>(count) > kMaxCalls ? 1 : 0;
      },
      &calls);
  const MemoryLimit limit;
  return ReadObjects(handle.get(), path);
}

llvm::Expected<Contents> RunAll(const std::vector<std::string>& statements,
                                const StandIns& stand_ins) {
  Connection connection(&stand_ins);
  connection.LimitAllSteps();
  for (const std::string& statement : statements) {
    if (const auto error = connection.Run(statement)) {
      return Failed(*error);
    }
  }
  return ReadAll(connection);
}

llvm::Expected<Contents> ReadAll(Connection& connection) {
  auto objects = ReadObjects(connection.handle(), ":memory:");
  if (!objects) {
    return objects.takeError();
  }
  Contents contents;
  contents.objects = std::move(*objects);
  for (const catalog::EngineObject& object : contents.objects) {
    if (object.type != "table") {
      continue;
    }
    if (const auto error = ReadRows(object.name, connection, contents.rows)) {
      return Failed(*error);
    }
  }
  return contents;
}

llvm::Expected<std::vector<catalog::EngineObject>> RunPrograms(
    const std::vector<Program>& programs, const StandIns& stand_ins) {
  Connection connection(&stand_ins);
  connection.LimitAllSteps();
  Runner runner(connection);
  for (const Program& program : programs) {
    lower::Program lowered;
    for (const ProgramStatement& statement : program.statements) {
      lowered.statements.push_back(
          {statement.flags, statement.sql, 0, std::nullopt});
    }
    if (const auto failure = runner.Run(lowered, Phase::kUp)) {
      return Failed(failure->error);
    }
  }
  return ReadObjects(connection.handle(), ":memory:");
}

}  // namespace palindrome::rehearse::sqlite
