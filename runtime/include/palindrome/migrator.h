// The Migrator applies a compiled history to a database.
//
// It borrows the history and the database, which outlive it, and may be used
// by one thread at a time; any number of processes may migrate one database at
// once. No error changes anything: schema, rows and ledger are as they were
// before the call (before the failed migration, with
// transaction_per_migration), and the connection's settings always are.
//
// Targets: `head`, `heads`, `base`, a revision or the beginning of one, `+N`
// (upgrade), `-N` (downgrade).
#ifndef PALINDROME_MIGRATOR_H_
#define PALINDROME_MIGRATOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <palindrome/database.h>
#include <palindrome/migration.h>
#include <palindrome/observer.h>
#include <palindrome/options.h>
#include <palindrome/status.h>

namespace palindrome {

struct CurrentRevision {
  std::string revision;
  std::string title;
  bool is_head = false;  // Of the history.
  bool is_known = true;  // To the program.
};

struct HistoryEntry {
  std::string revision;
  std::string title;
  std::string documentation;
  std::string created;
  std::string file_name;
  std::vector<std::string> parents;
  std::vector<std::string> depends_on;
  std::vector<std::string> branch_labels;
  std::vector<std::pair<std::string, std::string>> allowed;  // Rule, reason.
  table::Proof proof = table::Proof::kNone;
  table::Loss loss = table::Loss::kUnclassified;
  std::uint32_t compatibility = 0;  // Of table::Compatibility.
  bool is_head = false;             // Of the history.
  bool is_applied = false;
  bool is_current = false;  // Applied, and nothing that needs it is.
};

struct Verification {
  std::vector<CurrentRevision> current;
  std::size_t applied = 0;
  // What could not be checked, and why; one sentence each.
  std::vector<std::string> not_checked;
};

class Migrator {
 public:
  Migrator(const palindrome::History& history, Database& database,
           Options options = {});
  ~Migrator();
  Migrator(const Migrator&) = delete;
  Migrator& operator=(const Migrator&) = delete;

  // Applies what `target` needs and is not applied yet. Returns at once, and
  // without taking a lock, where there is nothing to do. What targets there are
  // is documented in runtime/docs/revisions.md.
  Status Upgrade(std::string_view target = "head");

  // Undoes what was applied on top of `target`, which stays.
  Status Downgrade(std::string_view target);

  // What either would do now, losses that are not accepted included, or the
  // error with which it would refuse: a drifted schema, an unknown database, an
  // engine that is too old. Takes no lock, so another process may be first.
  Result<std::vector<PlannedStep>> Plan(
      std::string_view target, Direction direction = Direction::kUpgrade);

  // The applied revisions that no other applied one needs; empty at base. With
  // allow_newer or allow_foreign_downgrade, also those that the program does
  // not know.
  Result<std::vector<CurrentRevision>> Current();

  // The migrations that the program knows, parents first: those of `range`,
  // `LOWER:UPPER` with targets, without the one or the other to the end.
  Result<std::vector<HistoryEntry>> History(std::string_view range = ":");

  // Writes to the ledger that the database is at `target`, without running
  // anything; branches that have nothing to do with it stay where they are.
  // Of what is there and belongs to no history, what this one makes becomes its
  // own, if that changes where the database is; at `base`, what is this one's
  // belongs to no history.
  Status Stamp(std::string_view target);

  // Stamps a database that was made without this history with the revision that
  // it is at: `revision` if that is given, or the one that
  // Options::user_versions has for it, or the only one that has its schema. The
  // schema must be that of the revision. Does nothing where the history has a
  // ledger there, or without `revision` in an empty database. kUnknownDatabase,
  // kAmbiguousRevision where several revisions have the schema, or kBadTarget
  // where `revision` is not applied by the ledger that is there. See
  // runtime/docs/adopt.md.
  Status Adopt(std::string_view revision = "");

  // Compares the ledger with the history, and the schema with both.
  Result<Verification> Verify();

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace palindrome

#endif  // PALINDROME_MIGRATOR_H_
