// The ledger: what a database remembers of the histories that were applied to
// it. Format 1, documented in runtime/docs/ledger_format.md. A Ledger reads
// and writes the rows of one namespace; it borrows the database and does no
// locking or retrying of its own.
#ifndef PALINDROME_RUNTIME_SRC_LEDGER_H_
#define PALINDROME_RUNTIME_SRC_LEDGER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <palindrome/database.h>
#include <palindrome/status.h>

namespace palindrome {

inline constexpr std::string_view kLedgerFormat = "1";

// A current head, as the start-up reads it.
struct LedgerHead {
  std::string revision;
  std::string chain;
};

// A row of palindrome_applied.
struct AppliedRevision {
  std::string revision;
  std::string title;
  std::vector<std::string> parents;
  std::vector<std::string> depends_on;
  std::string checksum;
  std::string chain;
  bool is_head = false;
  std::string digest;  // Of the catalog after it; empty when not known.
  std::uint32_t loss = 0;
  std::uint32_t compatibility = 0;
  std::string down_program;  // Only where it is asked for.
  std::string down_digest;
};

// A row of palindrome_objects.
struct OwnedObject {
  std::string space;  // The namespace.
  std::string kind;
  std::string name;
  std::string digest;  // `s1:` of it when the owner last saw it.
};

// A row of palindrome_history, before the engine adds number and time.
struct LogEntry {
  std::string revision;
  std::string action;
  std::string title;
  std::string checksum;
};

struct LedgerChange {
  std::vector<LogEntry> log;
  std::vector<AppliedRevision> added;
  std::vector<std::string> removed;    // Revisions.
  std::vector<std::string> new_heads;  // Among those that stay.
  std::vector<std::string> former_heads;
  std::vector<OwnedObject> owned;     // Written anew.
  std::vector<OwnedObject> disowned;  // Their digests do not matter.
};

class Ledger {
 public:
  Ledger(Database& database, std::string_view name)
      : database_(database), name_(name) {}

  // The methods that read give nothing where there is no ledger,
  // kUnsupportedLedger where it has another format, and kCorruptLedger where
  // one of its tables is missing.
  Result<bool> Exists();
  Result<std::vector<LedgerHead>> ReadHeads();
  Result<std::vector<AppliedRevision>> ReadApplied();
  // Also the down programs.
  Result<std::vector<AppliedRevision>> ReadAppliedWithPrograms();
  // Of every namespace.
  Result<std::vector<OwnedObject>> ReadObjects();
  // kCorruptLedger where nothing is applied and yet objects are owned: rows
  // were lost. Not for a stamp, which writes them again.
  Status CheckBase();
  // Whether this namespace was ever written to.
  Result<bool> HasLog();

  // Creates the tables where they are missing, and writes; inside the
  // caller's transaction.
  Status Write(const LedgerChange& change);

 private:
  using Parameters = std::vector<std::vector<std::string>>;

  Result<std::vector<DatabaseRow>> Query(std::string_view sql);
  Result<std::vector<DatabaseRow>> QueryAll(std::string_view sql);
  Result<std::vector<AppliedRevision>> ReadRows(std::string_view down_program);
  Status Create();
  // `sql` writes one row of `table` for each of `rows`; kCorruptLedger if it
  // finds another number of them.
  Status WriteRows(std::string_view table, std::string_view sql,
                   const Parameters& rows);
  Status WriteApplied(const LedgerChange& change);
  Status WriteObjects(const LedgerChange& change);
  Status WriteLog(const LedgerChange& change);

  Database& database_;
  std::string name_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_LEDGER_H_
