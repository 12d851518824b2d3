// The way back: a run undoes what the program does not know.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "runtime/src/foreign_revisions.h"
#include "runtime/src/migration_run.h"
#include "runtime/src/program_run.h"
#include "runtime/src/stored_program.h"

namespace palindrome {
namespace {

std::set<std::string> HeadIds(const LoadedHistory& history,
                              const AppliedState& state) {
  const CurrentHeads heads = FindCurrentHeads(history, state);
  std::set<std::string> ids;
  for (const std::size_t index : heads.known) {
    ids.insert(history.graph.node(index).id);
  }
  for (const AppliedRevision* row : heads.foreign) {
    ids.insert(row->revision);
  }
  return ids;
}

// Held to the rules of a rehearsal while it lives.
class Confined {
 public:
  explicit Confined(Database& database) : database_(database) {
    database_.Confine(true);
  }
  ~Confined() { database_.Confine(false); }
  Confined(const Confined&) = delete;
  Confined& operator=(const Confined&) = delete;

 private:
  Database& database_;
};

}  // namespace

Status MigrationRun::PrepareForeign() {
  foreign_.clear();
  if (state_.foreign.empty()) {
    return {};
  }
  for (const AppliedRevision& row : state_.foreign) {
    if (Status status = CheckLoss(row, options_); !status.ok()) {
      return status;
    }
  }
  const auto rows = ledger_.ReadAppliedWithPrograms();
  if (!rows.ok()) {
    return rows.status();
  }
  for (const AppliedRevision& row : state_.foreign) {
    const auto found = std::find_if(rows->begin(), rows->end(),
                                    [&](const AppliedRevision& other) {
                                      return other.revision == row.revision;
                                    });
    auto program = ReadStoredProgram(found == rows->end() ? row : *found);
    if (!program.ok()) {
      return program.status();
    }
    foreign_.push_back({row.revision, std::move(program).value()});
  }
  return {};
}

Status MigrationRun::RefreshForeign() {
  std::set<std::string> wanted;
  for (const ForeignStep& step : foreign_) {
    wanted.insert(step.revision);
  }
  for (const AppliedRevision& row : state_.foreign) {
    if (!wanted.contains(row.revision)) {
      return DatabaseNewer(state_,
                           "another process migrates the database meanwhile");
    }
  }
  return PrepareForeign();
}

Status MigrationRun::RunForeign(std::size_t count) {
  LedgerChange change;
  const std::set<std::string> former = HeadIds(history_, state_);
  const auto end = static_cast<std::ptrdiff_t>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const AppliedRevision& row = state_.foreign[i];
    const Confined confined(database_);
    if (Status status =
            RunProgram(database_, options_.observer, DescribeForeignStep(row),
                       /*file_name=*/"", foreign_[i].program);
        !status.ok()) {
      return status;
    }
    change.log.push_back({row.revision, "downgrade", row.title, row.checksum});
    change.removed.push_back(row.revision);
  }
  StatusDetails details;
  details.revision = change.removed.back();
  const Status drift(StatusCode::kDriftedSchema,
                     "the schema is not the one from before the revision that "
                     "the stored program undoes; nothing was changed",
                     std::move(details));
  foreign_.erase(foreign_.begin(), foreign_.begin() + end);
  state_.foreign.erase(state_.foreign.begin(), state_.foreign.begin() + end);
  for (const std::string& id : HeadIds(history_, state_)) {
    if (!former.contains(id)) {
      change.new_heads.push_back(id);
    }
  }
  return Settle(std::move(change), drift);
}

}  // namespace palindrome
