#include "runtime/src/consent.h"

#include <optional>
#include <string_view>

#include "runtime/src/ledger.h"
#include "runtime/src/loss_text.h"

namespace palindrome {
namespace {

struct SignedLoss {
  std::string_view rule;
  bool on_upgrade;
  bool on_downgrade;
};

constexpr SignedLoss kSignedLosses[] = {
#define PALINDROME_SIGNED_LOSS(Rule, OnUpgrade, OnDowngrade) \
  {Rule, OnUpgrade, OnDowngrade},
#include "runtime/src/signed_losses.def"
};

// Nothing for a rule that is about no loss.
std::optional<bool> Loses(std::string_view rule, Direction direction) {
  for (const SignedLoss& loss : kSignedLosses) {
    if (loss.rule == rule) {
      return direction == Direction::kUpgrade ? loss.on_upgrade
                                              : loss.on_downgrade;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> LossesOf(const LoadedHistory& history,
                                  Direction direction, std::size_t index,
                                  bool is_recorded) {
  const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
  if (is_recorded && direction == Direction::kDowngrade &&
      row.loss != table::Loss::kLossless &&
      row.loss != table::Loss::kLosslessByArchive) {
    return {"what it made was there before it was stamped or adopted"};
  }
  if (row.loss == table::Loss::kOnUpgrade && direction == Direction::kUpgrade) {
    return {std::string(LossText(row.loss))};
  }
  if (row.loss != table::Loss::kSigned) {
    return {};
  }
  std::vector<std::string> losses;
  bool is_known = false;
  for (const table::Allowed& allowed : history.table.Allowed(row.allowed)) {
    const std::string rule(history.table.Text(allowed.rule));
    const auto loses = Loses(rule, direction);
    is_known = is_known || loses.has_value();
    if (loses.value_or(false)) {
      losses.push_back("allows " + rule + ": " +
                       std::string(history.table.Text(allowed.reason)));
    }
  }
  // A newer compiler may know rules that this program does not.
  if (!is_known) {
    losses.emplace_back("its loss is signed");
  }
  return losses;
}

// Of several that hold, the class names one alone: only these two say that
// nothing is lost on the way down.
std::vector<std::string> LossesOf(const PlannedStep& stored) {
  if (stored.loss == table::Loss::kLossless ||
      stored.loss == table::Loss::kLosslessByArchive) {
    return {};
  }
  return {"this program does not know it, and the database has it as `" +
          std::string(LossName(stored.loss)) + "`"};
}

Result<std::set<std::string>> ReadRecorded(const LoadedHistory& history,
                                           Database& database) {
  std::set<std::string> recorded;
  const auto exists = Ledger(database, history.table.name()).Exists();
  if (!exists.ok()) {
    return exists.status();
  }
  if (!*exists) {
    return recorded;
  }
  const std::vector<std::string> name = {std::string(history.table.name())};
  const auto rows = database.Query(
      "SELECT revision, action FROM main.palindrome_history "
      "WHERE namespace = $1 ORDER BY id",
      name);
  if (!rows.ok()) {
    return rows.status();
  }
  for (const DatabaseRow& row : *rows) {
    if (row.size() != 2 || !row[0] || !row[1]) {
      continue;
    }
    if (*row[1] == "stamp" || *row[1] == "adopt") {
      recorded.insert(*row[0]);
    } else {
      recorded.erase(*row[0]);
    }
  }
  return recorded;
}

}  // namespace palindrome
