// The SQLite driver: a Database over a sqlite3 connection that the caller
// opened, owns, and closes after the Database is gone. For one thread at a
// time. While the Migrator runs, `foreign_keys` and `legacy_alter_table` of
// the connection are off; both are as before afterwards. The busy handler and
// the hooks of the connection are never touched, nor is the progress handler
// unless the options say so. Its authorizer is touched only where
// Options::allow_foreign_downgrade makes a stored program run: that runs under
// the driver's own authorizer, and since SQLite cannot tell which one was there
// before, none is afterwards; a caller that has one sets it again. A connection
// with temporary objects is refused with kTemporaryObjects, and one whose
// journal mode is `off` with kNoRollback.
#ifndef PALINDROME_SQLITE_H_
#define PALINDROME_SQLITE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <palindrome/database.h>
#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

struct DatabaseOptions {
  // Lets a run set the connection's progress handler, of which there is one,
  // and take it away again: so that Observer::OnWork is called, and a long
  // statement can be cancelled. For connections whose owner sets none.
  bool uses_progress_handler = false;
};

class Database final : public palindrome::Database {
 public:
  explicit Database(sqlite3* connection, DatabaseOptions options = {});
  ~Database() override;

  table::Dialect dialect() const override;
  std::uint32_t engine_version() const override;
  std::string engine_name() const override;
  bool InTransaction() const override;
  Status Enter() override;
  Status Leave() override;
  Status Begin() override;
  Status Commit() override;
  Status Rollback() override;
  // In a database of UTF-8: bytes of a text are others in UTF-16.
  Result<bool> TakesSnapshot() override;
  Status SetSavepoint() override;
  Status ReleaseSavepoint() override;
  Status RollbackToSavepoint() override;
  Status BeginRead() override;
  Result<std::vector<std::string>> FindTables(
      std::span<const std::string_view> names) override;
  Result<std::vector<DatabaseRow>> Query(
      std::string_view sql, std::span<const std::string> parameters) override;
  Result<std::size_t> ExecuteMany(
      std::string_view sql,
      const std::vector<std::vector<std::string>>& parameters) override;
  std::span<const std::string_view> ledger_definition() const override;
  std::string_view current_time() const override;
  Status Run(std::string_view sql, std::uint32_t flags) override;
  void Confine(bool confined) override;
  Result<std::int64_t> ReadUserVersion() override;
  Result<ForeignKeyReport> CheckForeignKeys() override;
  void Watch(WorkWatcher* watcher) override;
  Status ReadSchema(std::vector<SchemaObject>* objects) override;

 private:
  struct Settings {
    std::string foreign_keys;
    std::string legacy_alter_table;
  };

  Status Execute(std::string_view sql);
  Status RunStatement(std::string_view sql, bool expects_no_rows);
  Result<std::vector<DatabaseRow>> ReadRows(
      std::string_view sql, std::span<const std::string> parameters);
  Status RefuseMissingJournal();
  Status RefuseTemporaryObjects();
  Status SetPragma(std::string_view name, std::string_view value);
  Result<std::string> ReadPragma(std::string_view name);

  sqlite3* connection_;
  const DatabaseOptions options_;
  WorkWatcher* watcher_ = nullptr;
  std::optional<Settings> saved_;
  bool is_confined_ = false;
};

// A script that does to a database what the Migrator would: `FROM:TO`, where
// the database is at FROM, or `TO` alone, from the base. It is plain SQL for
// the sqlite3 shell (`-bail`) and any program that stops at the first error;
// what it checks, and what it cannot, is documented in
// runtime/docs/offline_sql.md. Runs the history on a database in memory.
Result<std::string> OfflineSql(const History& history, std::string_view range);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_SQLITE_H_
