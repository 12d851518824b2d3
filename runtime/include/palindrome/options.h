// What a program may ask of a Migrator. A plain value, copied by the Migrator;
// what it borrows (user versions, the observer) outlives that.
#ifndef PALINDROME_OPTIONS_H_
#define PALINDROME_OPTIONS_H_

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include <palindrome/observer.h>

namespace palindrome {

// What of a database that is newer than the program must still work for it:
// see Options::allow_newer.
enum class AllowNewer : std::uint8_t { kNo, kReads, kReadsAndWrites };

// What a program that kept a number of its own in the database (SQLite's
// `PRAGMA user_version`) called a revision.
struct UserVersion {
  std::int64_t version = 0;
  std::string_view revision;
};

struct Options {
  // How long reads, BEGIN and COMMIT are each tried again while another
  // connection holds a lock. Negative is none.
  std::chrono::milliseconds lock_timeout = std::chrono::seconds(30);
  // One transaction for each migration instead of one for the run.
  bool transaction_per_migration = false;
  // What follows is about databases in which revisions are applied that the
  // program does not know, since it is older; by default they are refused with
  // kDatabaseNewer. See runtime/docs/older_programs.md.
  //
  // An upgrade whose target is reached, and Verify, accept such a database
  // while every unknown revision leaves the reads (or the reads and writes) of
  // older programs alone, as the compiler has classified it.
  AllowNewer allow_newer = AllowNewer::kNo;
  // An upgrade or a downgrade to a revision that the program knows first undoes
  // the unknown ones with the down programs that the database keeps. Of a
  // sqlite::Database, this clears the authorizer of the connection. With both,
  // what allow_newer accepts is left alone.
  bool allow_foreign_downgrade = false;
  // Without, a stored program is refused with kLossNotAccepted unless the
  // ledger says that it loses nothing.
  bool accept_loss = false;
  // Before it looks for what to do, an upgrade adopts the database, as
  // Migrator::Adopt does.
  bool adopt = false;
  // The revisions of the user versions that databases in the field have. It
  // borrows them; they outlive the Migrator.
  std::span<const UserVersion> user_versions;
  Observer* observer = nullptr;  // May be null.
  // Takes the shortcuts that the compiler has shown to leave the same behind:
  // a new database is made as the newest migration leaves it, rebuilds of one
  // table that follow one another are one, and a squash stands for its
  // migrations. Where one fails, and with transaction_per_migration, each
  // migration is run by itself.
  bool use_snapshot = true;
  bool merge_rebuilds = true;
  bool use_squashes = true;
};

}  // namespace palindrome

#endif  // PALINDROME_OPTIONS_H_
