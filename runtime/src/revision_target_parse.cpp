#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "runtime/src/revision_target.h"

namespace palindrome {
namespace {

bool IsRevision(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char character) {
           return (character >= '0' && character <= '9') ||
                  (character >= 'a' && character <= 'z') ||
                  (character >= 'A' && character <= 'Z') || character == '_';
         });
}

// A number from 1; one that is too large to count is larger than any history.
std::optional<std::size_t> ParseSteps(std::string_view digits) {
  std::size_t steps = 0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, steps);
  if (error == std::errc::invalid_argument || end != last) {
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range) {
    return std::numeric_limits<std::size_t>::max();
  }
  return steps == 0 ? std::nullopt : std::optional(steps);
}

TargetKind KindOf(std::string_view start) {
  static constexpr std::pair<std::string_view, TargetKind> kWords[] = {
      {"", TargetKind::kHere},
      {"head", TargetKind::kHead},
      {"heads", TargetKind::kHeads},
      {"base", TargetKind::kBase},
      {"current", TargetKind::kCurrent}};
  const auto* const word =
      std::find_if(std::begin(kWords), std::end(kWords),
                   [&](const auto& pair) { return pair.first == start; });
  return word == std::end(kWords) ? TargetKind::kRevision : word->second;
}

}  // namespace

Result<Target> ParseTarget(std::string_view text) {
  const auto bad = [&](std::string_view why) {
    return Status(
        StatusCode::kBadTarget,
        "`" + std::string(text) + "` is not a target; " + std::string(why));
  };
  Target target;
  target.text = text;
  std::string_view rest = text;
  // A label may be any text; what follows the last `@` is not.
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    target.branch = text.substr(0, at);
    rest = text.substr(at + 1);
    if (target.branch.empty()) {
      return bad("a branch stands before the `@`");
    }
  }
  const std::string_view start = rest.substr(0, rest.find_first_of("+-"));
  if (start.size() < rest.size()) {
    const auto steps = ParseSteps(rest.substr(start.size() + 1));
    if (!steps) {
      return bad("a sign is followed by a number from 1");
    }
    target.offset =
        rest[start.size()] == '+' ? TargetOffset::kUp : TargetOffset::kDown;
    target.steps = *steps;
  }
  target.kind = KindOf(start);
  if (target.kind == TargetKind::kRevision) {
    target.revision = start;
  }
  if (rest.empty() ||
      (target.kind == TargetKind::kRevision && !IsRevision(start))) {
    return bad(
        "targets are a revision or the beginning of one, `head`, `heads`, "
        "`base`, `+N` and `-N`, a revision with a number behind it, as "
        "`head-1`, and each of these behind a branch and `@`");
  }
  return target;
}

}  // namespace palindrome
