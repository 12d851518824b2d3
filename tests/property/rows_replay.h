// A history on a full database: random rows in all of its tables go up and
// down, beside what the compiler says of each migration.
//
// Owns the database; one thread. After a failure it does nothing.
#ifndef PALINDROME_TESTS_PROPERTY_ROWS_REPLAY_H_
#define PALINDROME_TESTS_PROPERTY_ROWS_REPLAY_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/property/compiled.h"
#include "tests/property/dump.h"
#include "tests/property/live.h"
#include "tests/property/random.h"

namespace palindrome::property {

struct RowCounts {
  std::size_t migrations = 0;
  std::size_t lossless = 0;       // Without errors, and all rows came back.
  std::size_t archived = 0;       // Of those: by an archive.
  std::size_t announced = 0;      // Without errors, and a message told of it.
  std::size_t stopped_up = 0;     // No row passes.
  std::size_t not_converted = 0;  // A text in a column of numbers stays one.
  std::size_t not_exchanged = 0;  // Values meet in a UNIQUE key.
  std::size_t sliced = 0;         // The slice did the same.
  std::size_t unsliced = 0;       // It cannot be filled: Inf has no literal.
  std::size_t edited = 0;         // Rows were written in between.
  std::size_t edits_refused = 0;
  // Errors by their tag: those that the random rows show, those that the
  // compiler's rows show, and those that no row shows.
  std::map<std::string, std::size_t> shown;
  std::map<std::string, std::size_t> shown_by_own;
  std::map<std::string, std::size_t> by_hand;
};

class RowsReplay {
 public:
  // Judges all migrations of the history.
  RowsReplay(const std::vector<std::string>& texts, std::uint64_t seed,
             catalog::Engine& engine, RowCounts& counts);

  // Where and what; empty: nothing.
  const std::string& failure() const { return failure_; }

 private:
  using Tables = std::map<std::string, TableDump>;
  struct Trip {
    Dump before;
    Dump after;
    Dump restored;
    std::string failure;                 // Of the downgrade.
    std::vector<std::string> sequences;  // As they were before.
    bool has_down = false;
    bool stops_rows = false;  // The upgrade, some that were there.
    std::string again;        // Of the second upgrade: what fails or differs.
    std::set<std::string> again_tables;
  };

  void Fail(const std::string& what);
  // False: there is nothing behind it to judge.
  bool Judge(std::size_t number);
  void DeleteOrphans();
  // False: the upgrade takes no rows at all.
  bool UpWithRows(const lower::Program& up, Trip& trip);
  void DownAndUp(const rehearse::Task& task, bool with_order, Trip& trip);
  void JudgeSlice(const rehearse::Task& task, const Trip& trip);
  void JudgeAccepted(std::size_t number, const Trip& trip);
  void JudgeRefused(std::size_t number, const Trip& trip);
  bool OwnRowsShow(const rehearse::Task& task) const;
  void Edit(std::size_t number, const Trip& trip);
  std::string EditSome(Live& copy, const Tables& before, Tables& now);
  void CompareEdited(std::size_t number, const Tables& before,
                     const Tables& after, const Tables& edited,
                     const Tables& restored, const std::string& edits);

  Random random_;
  RowCounts& counts_;
  Compiled compiled_;
  Live live_;
  std::string at_;
  std::string failure_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_ROWS_REPLAY_H_
