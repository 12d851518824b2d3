#include "runtime/src/verify.h"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/src/ledger.h"
#include "runtime/src/live_schema.h"
#include "runtime/src/program.h"
#include "runtime/src/sha256.h"

namespace palindrome {
namespace {

bool Contains(const std::vector<std::size_t>& list, std::size_t index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

Status CheckStoredProgram(const AppliedRevision& row) {
  if (row.down_digest.empty() && row.down_program.empty()) {
    return {};
  }
  StatusDetails details;
  details.revision = row.revision;
  if ("p1:" + Sha256Hex(row.down_program) != row.down_digest) {
    return {StatusCode::kCorruptLedger,
            "the stored down program of revision `" + row.revision +
                "` is not the one that was stored",
            std::move(details)};
  }
  const auto program = DecodeProgram(row.down_program);
  return program.ok() ? Status()
                      : Status(program.status().code(),
                               program.status().message(), std::move(details));
}

std::vector<std::string> NotChecked(const LoadedHistory& history,
                                    const AppliedState& state,
                                    const LiveSchema& live) {
  std::vector<std::string> notes;
  if (!ExpectedDigest(history, state)) {
    notes.push_back(
        state.heads.size() > 1
            ? "the schema was not compared: there are several current "
              "revisions"
            : "the schema was not compared: revision `" +
                  history.graph.node(state.heads.front()).id +
                  "` was compiled without rehearsal");
  }
  const auto foreign = std::count_if(
      live.owned.begin(), live.owned.end(), [&](const OwnedObject& object) {
        return object.space != history.table.name();
      });
  if (foreign > 0) {
    notes.push_back(std::to_string(foreign) +
                    " objects of other histories were not compared");
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
  for (const std::size_t index : state.heads) {
    const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
    current.push_back({history.graph.node(index).id,
                       std::string(history.table.Text(row.title)),
                       Contains(history.graph.heads(), index)});
  }
  return current;
}

std::vector<HistoryEntry> DescribeHistory(const LoadedHistory& history,
                                          const AppliedState& state,
                                          const RevisionSet& members) {
  std::vector<HistoryEntry> entries;
  const HistoryTable& table = history.table;
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
    entry.is_head = Contains(history.graph.heads(), index);
    entry.is_applied = state.applied[index];
    entry.is_current = Contains(state.heads, index);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Verification> VerifyDatabase(const LoadedHistory& history,
                                    Database& database) {
  Ledger ledger(database, history.table.name());
  const auto rows = ledger.ReadAppliedWithPrograms();
  if (!rows.ok()) {
    return rows.status();
  }
  if (Status status = ledger.CheckBase(); !status.ok()) {
    return status;
  }
  const auto state = CheckApplied(history, *rows);
  if (!state.ok()) {
    return state.status();
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
