// A replay of a history on both witnesses: the compiler's simulation, and an
// engine that runs what it lowers to.
//
// Owns the engines and the parsed statements; one thread. After a failure it
// does nothing.
#ifndef PALINDROME_TESTS_PROPERTY_REPLAY_H_
#define PALINDROME_TESTS_PROPERTY_REPLAY_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/migration.h"
#include "compiler/catalog/simulate.h"
#include "tests/property/database.h"
#include "tests/property/tracked_rows.h"

namespace palindrome::property {

// A schema, rows in it, and a change that is taken back. Statements without
// their `;`.
struct History {
  std::vector<std::string> given;
  std::vector<std::string> rows;
  std::vector<std::string> change;
};

// What came of the statements and changes.
struct Counts {
  std::size_t applied = 0;
  std::size_t refused = 0;   // By the simulation, or reported by it.
  std::size_t stricter = 0;  // Of those: the engine takes them.
  std::size_t stopped_by_rows = 0;
  std::size_t taken_back = 0;
  std::size_t not_reversible = 0;
};

class Replay {
 public:
  explicit Replay(Counts& counts);

  const catalog::Catalog& catalog() const { return catalog_; }
  // Where and what; empty so far.
  const std::string& failure() const { return failure_; }

  void Give(const std::string& sql);
  void Insert(const std::vector<std::string>& rows);
  void Change(const std::string& sql);
  // Takes the change back.
  void Finish();

 private:
  struct Parsed {
    std::unique_ptr<source::File> file;
    ast::Migration migration;
  };
  const Parsed* Parse(const std::string& sql);
  void CheckPrinted(const ast::Statement& statement);
  // No value: it does not apply, or something is wrong.
  std::optional<catalog::Simulation> Simulate(const std::string& sql);
  // Runs the program on the database without rows, and compares.
  void RunUp(const catalog::Simulation& simulation,
             const lower::Program& program);
  void Down(const catalog::Simulation& up);
  void Fail(const std::string& what);

  Counts& counts_;
  std::unique_ptr<catalog::Engine> engine_;
  std::deque<Parsed> parsed_;
  const source::File* file_ = nullptr;  // Of the statement at hand.
  catalog::Catalog catalog_;
  DirectSchemas direct_;
  Database empty_{direct_};
  std::optional<Database> filled_;  // Holds the rows.
  std::optional<TrackedRows> tracked_;
  catalog::Simulation change_;
  // A row stopped the last statement: `empty_` is one step ahead.
  bool stopped_ = false;
  std::size_t statements_ = 0;
  std::string at_;
  std::string failure_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_REPLAY_H_
