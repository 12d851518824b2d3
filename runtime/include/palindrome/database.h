// What the Migrator needs of a database engine. A driver implements it; a
// program uses a driver's class, such as palindrome::sqlite::Database, and has
// no need to implement its own. An object borrows a connection and may be used
// by one thread at a time. Every method that touches the database tries once:
// where another connection is in the way it returns kLocked, and the caller
// decides whether to try again.
#ifndef PALINDROME_DATABASE_H_
#define PALINDROME_DATABASE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <palindrome/migration.h>
#include <palindrome/status.h>

namespace palindrome {

struct SchemaObject;  // runtime/src/schema_facts.h

// A row of a ledger query; absent values are NULL.
using DatabaseRow = std::vector<std::optional<std::string>>;

// A row whose parent is missing. Two are the same violation if the child
// table, its key columns and their values are the same: a row's number, a
// key's and a value's type would not survive a rebuild of the table.
struct ForeignKeyViolation {
  std::string table;
  std::string columns;  // "`a`, `b`"; empty where the key cannot be checked.
  std::string values;   // "1, 'x'", or why the key cannot be checked.
  std::string parent;
};

// What a look at all foreign keys found, in any order. The keys tell a
// violation that moved with a renamed column or table from another one.
struct ForeignKeyReport {
  struct Key {
    std::string table;
    std::string columns;  // As in ForeignKeyViolation.
  };
  std::vector<Key> keys;
  std::vector<ForeignKeyViolation> violations;
};

// Is told how far a statement is.
class WorkWatcher {
 public:
  WorkWatcher() = default;
  virtual ~WorkWatcher() = default;
  WorkWatcher(const WorkWatcher&) = delete;
  WorkWatcher& operator=(const WorkWatcher&) = delete;

  // Numbers as in Work (palindrome/observer.h). True interrupts the
  // statement, which then returns kCancelled.
  virtual bool OnWork(std::uint64_t done, std::uint64_t total) = 0;
};

class Database {
 public:
  Database() = default;
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  virtual table::Dialect dialect() const = 0;
  // As table::Program::minimum_engine counts, and for a message.
  virtual std::uint32_t engine_version() const = 0;
  virtual std::string engine_name() const = 0;

  // True while a transaction is open on the connection, whoever began it.
  virtual bool InTransaction() const = 0;

  // Brings the connection's settings into the state that migrations need and
  // keeps the old ones; kInsideTransaction if a transaction is open. Leave
  // brings them back, outside of a transaction.
  virtual Status Enter() = 0;
  virtual Status Leave() = 0;

  // A transaction that excludes every other writer from its first moment.
  virtual Status Begin() = 0;
  virtual Status Commit() = 0;
  virtual Status Rollback() = 0;

  // Whether the statements of a snapshot leave here what they left when it was
  // compiled.
  virtual Result<bool> TakesSnapshot() { return true; }

  // A point inside of the transaction, which one of the others ends: what came
  // after it is kept, or taken back. There is one at a time.
  virtual Status SetSavepoint() = 0;
  virtual Status ReleaseSavepoint() = 0;
  virtual Status RollbackToSavepoint() = 0;

  // A transaction for reading alone, so that several queries see one state.
  // Ended by Rollback.
  virtual Status BeginRead() = 0;

  // Those of `names` that are tables, all at one moment.
  virtual Result<std::vector<std::string>> FindTables(
      std::span<const std::string_view> names) = 0;
  // `sql` has the parameters $1, $2, … in the order of their first use.
  // kCorruptLedger where a value is no text or number.
  virtual Result<std::vector<DatabaseRow>> Query(
      std::string_view sql, std::span<const std::string> parameters) = 0;
  // As Query, for each group of parameters, without rows; gives how many rows
  // of the ledger were written, changed or deleted in all.
  virtual Result<std::size_t> ExecuteMany(
      std::string_view sql,
      const std::vector<std::vector<std::string>>& parameters) = 0;

  // The statements that create the ledger, and an SQL expression for the
  // current time in UTC as ISO 8601.
  virtual std::span<const std::string_view> ledger_definition() const = 0;
  virtual std::string_view current_time() const = 0;

  // Runs one statement of a program. `flags` are known ones. kFailedStatement
  // where the engine refuses it, where kExpectNoRows is set and there is a
  // row, or where it is not what a migration may do (transaction control).
  virtual Status Run(std::string_view sql, std::uint32_t flags) = 0;

  // From `Confine(true)` to `Confine(false)`, what Run and Query run is held to
  // what a rehearsal may do: kFailedStatement for what would reach beyond the
  // database. For programs that did not come with this one.
  virtual void Confine(bool confined) = 0;

  // The number that a program may keep in the database for itself; 0 where
  // there is none.
  virtual Result<std::int64_t> ReadUserVersion() = 0;

  virtual Result<ForeignKeyReport> CheckForeignKeys() = 0;

  // Who is told of the work of the two before, from now on; null is nobody. A
  // driver that cannot tell ignores it.
  virtual void Watch(WorkWatcher* watcher) { static_cast<void>(watcher); }

  // Every object of the schema but the engine's own and the ledger.
  virtual Status ReadSchema(std::vector<SchemaObject>* objects) = 0;
};

}  // namespace palindrome

#endif  // PALINDROME_DATABASE_H_
