#include "runtime/src/consent.h"

#include <optional>
#include <string_view>

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
                                  Direction direction, std::size_t index) {
  const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
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

}  // namespace palindrome
