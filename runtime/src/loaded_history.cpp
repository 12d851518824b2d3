#include "runtime/src/loaded_history.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "runtime/src/foreign_revisions.h"

namespace palindrome {
namespace {

std::vector<std::string> Strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

std::set<std::string> AsSet(const std::vector<std::string>& list) {
  return {list.begin(), list.end()};
}

Status Edited(const HistoryTable& table, const table::Row& row,
              const std::string& what) {
  StatusDetails details;
  details.revision = table.Text(row.revision);
  details.file_name = table.Text(row.file_name);
  const std::string message =
      "revision `" + details.revision + "` was applied to this database " +
      "and then edited: " + what +
      "; undo the edit, and write a new migration for the change";
  return {StatusCode::kEditedAfterApplied, message, std::move(details)};
}

Status Corrupt(const std::string& revision, const std::string& what) {
  StatusDetails details;
  details.revision = revision;
  return {StatusCode::kCorruptLedger,
          "the ledger of the database contradicts itself: " + what,
          std::move(details)};
}

Status CheckRow(const LoadedHistory& history, std::size_t index,
                const AppliedRevision& row) {
  const table::Row expected =
      history.table.Row(static_cast<std::uint32_t>(index));
  if (row.checksum != history.table.Text(expected.checksum)) {
    return Edited(history.table, expected, "its checksum differs");
  }
  const RevisionNode& node = history.graph.node(index);
  if (AsSet(row.parents) != AsSet(node.parents) ||
      AsSet(row.depends_on) != AsSet(node.depends_on)) {
    return Edited(history.table, expected,
                  "it has other parents or dependencies");
  }
  return {};
}

// Chains are compared parents first, so that the first difference is where
// the ledger itself was changed: checksums and parents were compared before.
Status CheckChains(const LoadedHistory& history, const AppliedState& state,
                   const std::vector<const AppliedRevision*>& rows) {
  for (const std::size_t index : history.graph.order()) {
    if (!state.applied[index]) {
      continue;
    }
    const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
    if (rows[index]->chain != history.table.Text(row.chain)) {
      return Corrupt(rows[index]->revision,
                     "the chain of revision `" + rows[index]->revision +
                         "` does not follow from what it needs");
    }
    for (const std::size_t need : history.graph.needs(index)) {
      if (!state.applied[need]) {
        return Corrupt(rows[index]->revision,
                       "revision `" + rows[index]->revision +
                           "` is applied and `" + history.graph.node(need).id +
                           "`, which it needs, is not");
      }
    }
  }
  return {};
}

// The rows that are marked are those that no other needs.
Status CheckHeads(const LoadedHistory& history, const AppliedState& state,
                  const std::vector<AppliedRevision>& rows) {
  const CurrentHeads heads = FindCurrentHeads(history, state);
  std::set<std::string_view> ids;
  for (const std::size_t index : heads.known) {
    ids.insert(history.graph.node(index).id);
  }
  for (const AppliedRevision* row : heads.foreign) {
    ids.insert(row->revision);
  }
  for (const AppliedRevision& row : rows) {
    const bool is_head = ids.contains(row.revision);
    if (row.is_head != is_head) {
      return Corrupt(row.revision, "revision `" + row.revision + "` is " +
                                       (is_head ? "not " : "") +
                                       "marked as a head");
    }
  }
  return {};
}

}  // namespace

Result<LoadedHistory> LoadHistory(const History& history) {
  auto table = HistoryTable::Open(history);
  if (!table.ok()) {
    return table.status();
  }
  if (Status status = table->Validate(); !status.ok()) {
    return status;
  }
  std::vector<RevisionNode> nodes;
  nodes.reserve(table->size());
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const table::Row row = table->Row(i);
    nodes.push_back({std::string(table->Text(row.revision)),
                     Strings(table->Links(row.parents)),
                     Strings(table->Links(row.depends_on)),
                     Strings(table->Links(row.branch_labels))});
  }
  auto graph = RevisionGraph::Build(std::move(nodes));
  if (!graph.ok()) {
    return graph.status();
  }
  return LoadedHistory{*table, std::move(graph).value()};
}

Result<AppliedState> CheckApplied(const LoadedHistory& history,
                                  const std::vector<AppliedRevision>& rows,
                                  bool allows_foreign) {
  AppliedState state;
  state.applied.resize(history.graph.size());
  state.digests.resize(history.graph.size());
  std::vector<const AppliedRevision*> by_index(history.graph.size());
  std::vector<std::string> unknown;
  for (const AppliedRevision& row : rows) {
    const auto index = history.graph.Find(row.revision);
    if (!index) {
      unknown.push_back(row.revision);
      continue;
    }
    state.applied[*index] = true;
    state.digests[*index] = row.digest;
    by_index[*index] = &row;
  }
  for (const std::size_t index : history.graph.order()) {
    if (state.applied[index]) {
      if (Status status = CheckRow(history, index, *by_index[index]);
          !status.ok()) {
        return status;
      }
    }
  }
  if (!unknown.empty() && !allows_foreign) {
    return DatabaseNewer(unknown);
  }
  if (Status status = CheckChains(history, state, by_index); !status.ok()) {
    return status;
  }
  state.heads = history.graph.HeadsOf(state.applied);
  if (!unknown.empty()) {
    auto foreign = FindForeign(history.graph, rows);
    if (!foreign.ok()) {
      return foreign.status();
    }
    state.foreign = std::move(foreign).value();
  }
  if (Status status = CheckHeads(history, state, rows); !status.ok()) {
    return status;
  }
  return state;
}

Result<MigrationPlan> MakePlan(const LoadedHistory& history,
                               const AppliedState& state, Direction direction,
                               const Target& target) {
  const bool is_upgrade = direction == Direction::kUpgrade;
  const auto goal =
      is_upgrade ? ResolveUpgrade(history.graph, state.applied, target)
                 : ResolveDowngrade(history.graph, state.applied, target);
  if (!goal.ok()) {
    return goal.status();
  }
  MigrationPlan plan;
  plan.direction = direction;
  for (const std::size_t index : history.graph.order()) {
    if ((*goal)[index] != state.applied[index]) {
      plan.steps.push_back(index);
    }
  }
  if (!is_upgrade) {
    std::reverse(plan.steps.begin(), plan.steps.end());
  }
  return plan;
}

PlannedStep DescribeStep(const LoadedHistory& history, Direction direction,
                         std::size_t index) {
  const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
  PlannedStep step;
  step.direction = direction;
  step.revision = history.table.Text(row.revision);
  step.title = history.table.Text(row.title);
  step.loss = row.loss;
  step.proof = row.proof;
  step.compatibility = row.compatibility;
  return step;
}

std::vector<PlannedStep> DescribeUpgrades(const LoadedHistory& history,
                                          const RevisionSet& revisions) {
  std::vector<PlannedStep> steps;
  for (const std::size_t index : history.graph.order()) {
    if (revisions[index]) {
      steps.push_back(DescribeStep(history, Direction::kUpgrade, index));
    }
  }
  return steps;
}

}  // namespace palindrome
