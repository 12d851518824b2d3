#include "runtime/src/foreign_revisions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "runtime/src/chain.h"
#include "runtime/src/consent.h"
#include "runtime/src/loss_text.h"

namespace palindrome {
namespace {

using RowsById = std::map<std::string_view, const AppliedRevision*>;

Status Corrupt(const std::string& revision, const std::string& what) {
  StatusDetails details;
  details.revision = revision;
  return {StatusCode::kCorruptLedger,
          "the ledger of the database contradicts itself: " + what,
          std::move(details)};
}

std::set<std::string_view> NeedsOf(const AppliedRevision& row) {
  std::set<std::string_view> needs(row.parents.begin(), row.parents.end());
  needs.insert(row.depends_on.begin(), row.depends_on.end());
  return needs;
}

Status CheckForeignRow(const AppliedRevision& row, const RowsById& applied) {
  std::vector<std::string> chains;
  for (const std::string_view need : NeedsOf(row)) {
    const auto found = applied.find(need);
    if (found == applied.end()) {
      return Corrupt(row.revision,
                     "revision `" + row.revision + "` is applied and `" +
                         std::string(need) + "`, which it needs, is not");
    }
    chains.push_back(found->second->chain);
  }
  if (ChainDigest(row.revision, row.checksum, std::move(chains)) != row.chain) {
    return Corrupt(row.revision, "the chain of revision `" + row.revision +
                                     "` does not follow from what it needs");
  }
  return {};
}

// What is needed comes last; what is part of a circle is left out.
std::vector<AppliedRevision> NewestFirst(const RowsById& foreign) {
  std::map<std::string_view, std::size_t> users;
  for (const auto& [id, row] : foreign) {
    for (const std::string_view need : NeedsOf(*row)) {
      ++users[need];
    }
  }
  std::vector<const AppliedRevision*> ready;
  for (const auto& [id, row] : foreign) {
    if (!users.contains(id)) {
      ready.push_back(row);
    }
  }
  std::vector<AppliedRevision> order;
  while (!ready.empty()) {
    const AppliedRevision& row = *ready.back();
    ready.pop_back();
    order.push_back(row);
    for (const std::string_view need : NeedsOf(row)) {
      const auto found = foreign.find(need);
      if (--users[need] == 0 && found != foreign.end()) {
        ready.push_back(found->second);
      }
    }
  }
  return order;
}

bool IsAllowed(std::uint32_t compatibility, AllowNewer allowed) {
  if ((compatibility & table::kClassified) == 0 ||
      (compatibility & ~table::kKnownCompatibility) != 0) {
    return false;
  }
  switch (allowed) {
    case AllowNewer::kNo:
      return false;
    case AllowNewer::kReads:
      return (compatibility & table::kBreaksReads) == 0;
    case AllowNewer::kReadsAndWrites:
      return compatibility == table::kClassified;
  }
  return false;
}

std::string WhatBreaks(std::uint32_t compatibility) {
  const bool reads = (compatibility & table::kBreaksReads) != 0;
  const bool writes = (compatibility & table::kBreaksWrites) != 0;
  if ((compatibility & table::kClassified) == 0 || (!reads && !writes)) {
    return "may break programs that were built before it";
  }
  return std::string("breaks ") +
         (reads && writes ? "reads and writes" : (reads ? "reads" : "writes")) +
         " of programs that were built before it";
}

// Means the same wherever the database is.
bool IsAbsolute(const Target& target) {
  return target.kind != TargetKind::kHere &&
         target.kind != TargetKind::kCurrent;
}

}  // namespace

Result<std::vector<AppliedRevision>> FindForeign(
    const RevisionGraph& graph, const std::vector<AppliedRevision>& rows) {
  RowsById applied;
  RowsById foreign;
  for (const AppliedRevision& row : rows) {
    if (!applied.emplace(row.revision, &row).second) {
      return Corrupt(row.revision,
                     "revision `" + row.revision + "` is applied twice");
    }
    if (!graph.Find(row.revision)) {
      foreign.emplace(row.revision, &row);
    }
  }
  for (const auto& [id, row] : foreign) {
    if (Status status = CheckForeignRow(*row, applied); !status.ok()) {
      return status;
    }
  }
  std::vector<AppliedRevision> order = NewestFirst(foreign);
  if (order.size() != foreign.size()) {
    const std::string& id = foreign.begin()->second->revision;
    return Corrupt(id, "revisions that are applied need each other");
  }
  return order;
}

CurrentHeads FindCurrentHeads(const LoadedHistory& history,
                              const AppliedState& state) {
  std::set<std::string_view> needed;
  for (const AppliedRevision& row : state.foreign) {
    needed.merge(NeedsOf(row));
  }
  CurrentHeads heads;
  for (const std::size_t index : state.heads) {
    if (!needed.contains(history.graph.node(index).id)) {
      heads.known.push_back(index);
    }
  }
  for (const AppliedRevision& row : state.foreign) {
    if (!needed.contains(row.revision)) {
      heads.foreign.push_back(&row);
    }
  }
  return heads;
}

Status DatabaseNewer(const std::vector<std::string>& unknown,
                     const std::string& why) {
  StatusDetails details;
  details.revision = unknown.front();
  const std::string others =
      unknown.size() == 1
          ? ""
          : " and " + std::to_string(unknown.size() - 1) + " more";
  return {StatusCode::kDatabaseNewer,
          "the database has revision `" + unknown.front() + "`" + others +
              " applied, which this program does not know" +
              (why.empty() ? "" : ", and " + why) +
              "; use the program that applied it",
          std::move(details)};
}

Status DatabaseNewer(const AppliedState& state, const std::string& why) {
  std::vector<std::string> unknown;
  for (const AppliedRevision& row : state.foreign) {
    unknown.push_back(row.revision);
  }
  std::reverse(unknown.begin(), unknown.end());
  return DatabaseNewer(unknown, why);
}

bool MeetsForeign(const Options& options) {
  return options.allow_newer != AllowNewer::kNo ||
         options.allow_foreign_downgrade;
}

Status CheckWindow(const AppliedState& state, const Options& options) {
  if (options.allow_newer == AllowNewer::kNo) {
    return state.foreign.empty() ? Status() : DatabaseNewer(state);
  }
  const auto breaking =
      std::find_if(state.foreign.rbegin(), state.foreign.rend(),
                   [&](const AppliedRevision& row) {
                     return !IsAllowed(row.compatibility, options.allow_newer);
                   });
  return breaking == state.foreign.rend()
             ? Status()
             : DatabaseNewer(state, "`" + breaking->revision + "` " +
                                        WhatBreaks(breaking->compatibility));
}

Result<ForeignAction> DecideOnForeign(const LoadedHistory& history,
                                      const AppliedState& state,
                                      const Options& options,
                                      Direction direction,
                                      const Target& target) {
  if (state.foreign.empty()) {
    return ForeignAction::kNone;
  }
  if (!IsAbsolute(target)) {
    return DatabaseNewer(state,
                         "`" + target.text + "` counts from what is applied");
  }
  Status refusal = DatabaseNewer(state);
  if (direction == Direction::kUpgrade &&
      options.allow_newer != AllowNewer::kNo) {
    const auto plan = MakePlan(history, state, direction, target);
    if (!plan.ok()) {
      return plan.status();
    }
    refusal = CheckWindow(state, options);
    if (refusal.ok() && plan->steps.empty()) {
      return ForeignAction::kAccept;
    }
    if (refusal.ok()) {
      refusal = DatabaseNewer(state,
                              "`" + history.graph.node(plan->steps.front()).id +
                                  "` of this program is not applied");
    }
  }
  return options.allow_foreign_downgrade
             ? Result<ForeignAction>(ForeignAction::kWalkBack)
             : Result<ForeignAction>(std::move(refusal));
}

PlannedStep DescribeForeignStep(const AppliedRevision& row) {
  PlannedStep step;
  step.direction = Direction::kDowngrade;
  step.revision = row.revision;
  step.title = row.title;
  // A class that is not known says no more than none.
  step.loss = row.loss <= static_cast<std::uint32_t>(table::Loss::kSigned)
                  ? static_cast<table::Loss>(row.loss)
                  : table::Loss::kUnclassified;
  step.compatibility = row.compatibility;
  step.is_stored = true;
  return step;
}

Status CheckLoss(const AppliedRevision& row, const Options& options) {
  const PlannedStep step = DescribeForeignStep(row);
  if (options.accept_loss || LossesOf(step).empty()) {
    return {};
  }
  StatusDetails details;
  details.revision = row.revision;
  return {StatusCode::kLossNotAccepted,
          "to undo revision `" + row.revision +
              "`, which this program does not know, may lose data: it is `" +
              std::string(LossName(step.loss)) +
              "`; accept the loss, or use the program that applied it",
          std::move(details)};
}

}  // namespace palindrome
