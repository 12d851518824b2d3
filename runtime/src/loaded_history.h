// A history as the Migrator works with it: the validated table and its graph,
// and what of it a database has applied. Values that borrow the table's bytes.
#ifndef PALINDROME_RUNTIME_SRC_LOADED_HISTORY_H_
#define PALINDROME_RUNTIME_SRC_LOADED_HISTORY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/src/history_table.h"
#include "runtime/src/ledger.h"
#include "runtime/src/revision_graph.h"
#include "runtime/src/revision_target.h"
#include <palindrome/migration.h>
#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

// Graph nodes have the indices of the table's rows.
struct LoadedHistory {
  HistoryTable table;
  RevisionGraph graph;
};

// kMalformedHistory or kUnsupportedHistory.
Result<LoadedHistory> LoadHistory(const History& history);

// What the ledger says, checked against the history.
struct AppliedState {
  RevisionSet applied;               // By index of the graph.
  std::vector<std::size_t> heads;    // Of `applied`.
  std::vector<std::string> digests;  // By index, as the ledger has them.
  // What the history has not, each before what it needs.
  std::vector<AppliedRevision> foreign;
};

// kDatabaseNewer for a revision that the history has not, unless they are
// allowed, kEditedAfterApplied for one whose checksum or parents are others
// than when it was applied, kCorruptLedger where the ledger contradicts itself.
Result<AppliedState> CheckApplied(const LoadedHistory& history,
                                  const std::vector<AppliedRevision>& rows,
                                  bool allows_foreign = false);

// What takes a database from one set to another: the indices in the order in
// which they are run.
struct MigrationPlan {
  Direction direction = Direction::kUpgrade;
  std::vector<std::size_t> steps;
};

Result<MigrationPlan> MakePlan(const LoadedHistory& history,
                               const AppliedState& state, Direction direction,
                               const Target& target);

PlannedStep DescribeStep(const LoadedHistory& history, Direction direction,
                         std::size_t index);
// Of upgrades, each after what it needs.
std::vector<PlannedStep> DescribeUpgrades(const LoadedHistory& history,
                                          const RevisionSet& revisions);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_LOADED_HISTORY_H_
