// What a program may watch of a run, and stop. The program owns its observer,
// which outlives the Migrator; its methods are called by the thread that runs
// the migrations, between statements or, where the driver can, within one, and
// must not use the connection.
#ifndef PALINDROME_OBSERVER_H_
#define PALINDROME_OBSERVER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <palindrome/table_values.h>

namespace palindrome {

enum class Direction : std::uint8_t { kUpgrade, kDowngrade };

// One migration of a plan.
struct PlannedStep {
  Direction direction = Direction::kUpgrade;
  std::string revision;
  std::string title;
  table::Loss loss = table::Loss::kUnclassified;
  table::Proof proof = table::Proof::kNone;
  std::uint32_t compatibility = 0;  // Of table::Compatibility.
  // Undone by the program that the database keeps of it, since this program
  // does not know it; its proof is not known.
  bool is_stored = false;
};

// How far a statement is.
struct Work {
  std::size_t statements_done = 0;  // Of the step.
  std::size_t statements = 0;
  // Rows that a statement has copied, and how many there are; where that is
  // not known `total` is 0, and `done` counts instructions of the engine.
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

class Observer {
 public:
  Observer() = default;
  virtual ~Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // The revisions that an upgrade or Adopt recorded as applied and did not run,
  // each after what it needs, before OnPlan. They are still taken back if their
  // transaction fails.
  virtual void OnAdopted(std::span<const PlannedStep> steps) {
    static_cast<void>(steps);
  }
  // The steps in their order, once the lock is held and before the first.
  virtual void OnPlan(std::span<const PlannedStep> steps) {
    static_cast<void>(steps);
  }
  virtual void OnStepStarted(const PlannedStep& step) {
    static_cast<void>(step);
  }
  // After each statement of a step; `copies_rows` for one that moved every
  // row of a table.
  virtual void OnProgress(const PlannedStep& step, std::size_t statements_done,
                          std::size_t statements, bool copies_rows) {
    static_cast<void>(step);
    static_cast<void>(statements_done);
    static_cast<void>(statements);
    static_cast<void>(copies_rows);
  }
  // Now and then within a statement, where the driver can tell, as that of
  // SQLite does if its options say so.
  virtual void OnWork(const PlannedStep& step, const Work& work) {
    static_cast<void>(step);
    static_cast<void>(work);
  }
  // What a step could not do and is no failure: "values not restored: 2 rows of
  // table `t`, changed since".
  virtual void OnNotice(const PlannedStep& step, const std::string& text) {
    static_cast<void>(step);
    static_cast<void>(text);
  }
  // A step that is done is still taken back if its transaction fails.
  virtual void OnStepDone(const PlannedStep& step) { static_cast<void>(step); }
  // Asked before each statement and after OnWork; true ends the run with
  // kCancelled and takes the open transaction back. Also asked while the run
  // waits for a lock; true ends it with kLocked.
  virtual bool IsCancelled() { return false; }
};

}  // namespace palindrome

#endif  // PALINDROME_OBSERVER_H_
