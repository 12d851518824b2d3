#include "runtime/src/verify.h"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/src/foreign_revisions.h"
#include "runtime/src/ledger.h"
#include "runtime/src/live_schema.h"
#include "runtime/src/stored_program.h"

namespace palindrome {
namespace {

bool Contains(const std::vector<std::size_t>& list, std::size_t index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

Status CheckStoredProgram(const AppliedRevision& row) {
  // Not every engine has one.
  return row.down_digest.empty() && row.down_program.empty()
             ? Status()
             : ReadStoredProgram(row).status();
}

std::string WhyNotKnown(const LoadedHistory& history,
                        const AppliedState& state) {
  const CurrentHeads heads = FindCurrentHeads(history, state);
  if (heads.known.size() + heads.foreign.size() > 1) {
    return "there are several current revisions";
  }
  return "revision `" +
         (heads.known.empty() ? heads.foreign.front()->revision
                              : history.graph.node(heads.known.front()).id) +
         "` was compiled without rehearsal";
}

std::vector<std::string> NotChecked(const LoadedHistory& history,
                                    const AppliedState& state,
                                    const LiveSchema& live) {
  std::vector<std::string> notes;
  if (!ExpectedDigest(history, state)) {
    notes.push_back(
        "the schema was compared with what the last run or stamp left, and "
        "not with what the migrations make: " +
        WhyNotKnown(history, state));
  }
  if (!state.foreign.empty()) {
    notes.push_back(std::to_string(state.foreign.size()) +
                    " applied revisions are not known to this program");
  }
  const auto foreign = std::count_if(
      live.owned.begin(), live.owned.end(), [&](const OwnedObject& object) {
        return object.space != history.table.name();
      });
  if (foreign > 0) {
    notes.push_back(std::to_string(foreign) +
                    " objects of other histories were not compared");
  }
  if (!live.other_ledgers.empty()) {
    notes.push_back(std::to_string(live.other_ledgers.size()) +
                    " objects of the ledgers of other tools were not compared");
  }
  std::size_t unproven = 0;
  for (std::size_t i = 0; i < state.applied.size(); ++i) {
    const table::Row row = history.table.Row(static_cast<std::uint32_t>(i));
    unproven += state.applied[i] && row.proof == table::Proof::kNone ? 1 : 0;
  }
  if (unproven > 0) {
    notes.push_back("of " + std::to_string(unproven) +
                    " applied revisions it is not proven that they can be "
                    "undone: they were compiled without rehearsal");
  }
  return notes;
}

}  // namespace

std::vector<CurrentRevision> DescribeCurrent(const LoadedHistory& history,
                                             const AppliedState& state) {
  std::vector<CurrentRevision> current;
  const CurrentHeads heads = FindCurrentHeads(history, state);
  for (const std::size_t index : heads.known) {
    const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
    current.push_back({history.graph.node(index).id,
                       std::string(history.table.Text(row.title)),
                       Contains(history.graph.heads(), index)});
  }
  for (const AppliedRevision* row : heads.foreign) {
    current.push_back({row->revision, row->title, /*is_head=*/false,
                       /*is_known=*/false});
  }
  return current;
}

std::vector<HistoryEntry> DescribeHistory(const LoadedHistory& history,
                                          const AppliedState& state,
                                          const RevisionSet& members) {
  std::vector<HistoryEntry> entries;
  const HistoryTable& table = history.table;
  const std::vector<std::size_t> current =
      FindCurrentHeads(history, state).known;
  for (const std::size_t index : history.graph.order()) {
    if (!members[index]) {
      continue;
    }
    const table::Row row = table.Row(static_cast<std::uint32_t>(index));
    const RevisionNode& node = history.graph.node(index);
    HistoryEntry entry;
    entry.revision = node.id;
    entry.title = table.Text(row.title);
    entry.documentation = table.Text(row.documentation);
    entry.created = table.Text(row.created);
    entry.file_name = table.Text(row.file_name);
    entry.parents = node.parents;
    entry.depends_on = node.depends_on;
    entry.branch_labels = node.branch_labels;
    for (const table::Allowed& allowed : table.Allowed(row.allowed)) {
      entry.allowed.emplace_back(table.Text(allowed.rule),
                                 table.Text(allowed.reason));
    }
    entry.proof = row.proof;
    entry.loss = row.loss;
    entry.compatibility = row.compatibility;
    entry.is_head = Contains(history.graph.heads(), index);
    entry.is_applied = state.applied[index];
    entry.is_current = Contains(current, index);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Verification> VerifyDatabase(const LoadedHistory& history,
                                    Database& database,
                                    const Options& options) {
  Ledger ledger(database, history.table.name());
  const auto rows = ledger.ReadAppliedWithPrograms();
  if (!rows.ok()) {
    return rows.status();
  }
  if (Status status = ledger.CheckBase(); !status.ok()) {
    return status;
  }
  const auto state =
      CheckApplied(history, *rows, options.allow_newer != AllowNewer::kNo);
  if (!state.ok()) {
    return state.status();
  }
  if (Status status = CheckWindow(*state, options); !status.ok()) {
    return status;
  }
  for (const AppliedRevision& row : *rows) {
    if (Status status = CheckStoredProgram(row); !status.ok()) {
      return status;
    }
  }
  const auto live = ReadLiveSchema(database, ledger);
  if (!live.ok()) {
    return live.status();
  }
  const auto has_log = ledger.HasLog();
  if (!has_log.ok()) {
    return has_log.status();
  }
  if (Status status = CheckSchema(history, *state, *live, *has_log);
      !status.ok()) {
    return status;
  }
  return Verification{DescribeCurrent(history, *state), rows->size(),
                      NotChecked(history, *state, *live)};
}

}  // namespace palindrome
