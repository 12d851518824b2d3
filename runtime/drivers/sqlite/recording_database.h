// A database that writes what is done to it into a script: the statements of
// the migrations with their checks, and the rows of the ledger. For one run of
// a Migrator, which it also observes; borrows all that it is given.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_RECORDING_DATABASE_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_RECORDING_DATABASE_H_

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/drivers/sqlite/sql_script.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/observer.h>
#include <palindrome/sqlite.h>

struct sqlite3;

namespace palindrome::sqlite {

class RecordingDatabase final : public palindrome::Database, public Observer {
 public:
  RecordingDatabase(sqlite3* connection, const LoadedHistory& history,
                    SqlScript* script)
      : connection_(connection),
        database_(connection),
        history_(history),
        script_(*script) {}

  void OnStepStarted(const PlannedStep& step) override;

  table::Dialect dialect() const override { return database_.dialect(); }
  std::uint32_t engine_version() const override {
    return database_.engine_version();
  }
  std::string engine_name() const override { return database_.engine_name(); }
  bool InTransaction() const override { return database_.InTransaction(); }
  Status Enter() override { return database_.Enter(); }
  Status Leave() override { return database_.Leave(); }
  Status Begin() override { return database_.Begin(); }
  Status Commit() override { return database_.Commit(); }
  Status Rollback() override { return database_.Rollback(); }
  Status SetSavepoint() override { return database_.SetSavepoint(); }
  Status ReleaseSavepoint() override { return database_.ReleaseSavepoint(); }
  Status RollbackToSavepoint() override {
    return database_.RollbackToSavepoint();
  }
  Status BeginRead() override { return database_.BeginRead(); }
  Result<std::vector<std::string>> FindTables(
      std::span<const std::string_view> names) override {
    return database_.FindTables(names);
  }
  Result<std::vector<DatabaseRow>> Query(
      std::string_view sql, std::span<const std::string> parameters) override;
  Result<std::size_t> ExecuteMany(
      std::string_view sql,
      const std::vector<std::vector<std::string>>& parameters) override;
  std::span<const std::string_view> ledger_definition() const override {
    return database_.ledger_definition();
  }
  std::string_view current_time() const override {
    return database_.current_time();
  }
  Status Run(std::string_view sql, std::uint32_t flags) override;
  void Confine(bool confined) override { database_.Confine(confined); }
  Result<std::int64_t> ReadUserVersion() override {
    return database_.ReadUserVersion();
  }
  Result<ForeignKeyReport> CheckForeignKeys() override;
  Status ReadSchema(std::vector<SchemaObject>* objects) override {
    return database_.ReadSchema(objects);
  }

 private:
  Status RecordRun(std::string_view sql, std::uint32_t flags);
  Status RecordNotice(std::string_view sql);
  // "WITH palindrome_found (c1, …) AS (…)".
  Result<std::string> AsFound(std::string_view sql);

  sqlite3* connection_;
  sqlite::Database database_;
  const LoadedHistory& history_;
  SqlScript& script_;
  std::string revision_;  // Of the step that runs.
  std::set<std::string> notices_;
  std::optional<std::set<std::string>> keys_;  // Before the step.
};

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_RECORDING_DATABASE_H_
