#include "compiler/diagnostics/meant.h"

#include <algorithm>
#include <limits>

namespace palindrome::diagnostics {
namespace {

constexpr unsigned kLongest = 256;

// How far a candidate may be from `name` to be a slip of the pen. A third of
// the name may be wrong, as Clang allows; of a name of one or two letters
// nothing but its case.
unsigned LimitOf(llvm::StringRef name) {
  const auto length = static_cast<unsigned>(name.size());
  return length < 3 ? 0 : (length + 2) / 3;
}

// Two letters beside each other have changed places: one slip, not two.
bool IsTransposed(llvm::StringRef left, llvm::StringRef right) {
  if (left.size() != right.size() || left.size() < 3) {
    return false;
  }
  std::size_t at = 0;
  while (at < left.size() && left[at] == right[at]) {
    ++at;
  }
  return at + 1 < left.size() && left[at] == right[at + 1] &&
         left[at + 1] == right[at] &&
         left.substr(at + 2) == right.substr(at + 2);
}

// Without regard to case; anything above `limit` means too far.
unsigned DistanceOf(llvm::StringRef left, llvm::StringRef right,
                    unsigned limit) {
  if (IsTransposed(left.lower(), right.lower())) {
    return 1;
  }
  // A limit of 0 would mean no limit to edit_distance.
  return left.edit_distance_insensitive(right, true, limit + 1);
}

// The one candidate that begins so, where that tells enough; empty: there is
// none, or another one, too.
std::string FindWhole(llvm::StringRef beginning,
                      const std::vector<std::string>& candidates) {
  constexpr std::size_t kShortest = 3;
  std::string whole;
  for (const std::string& candidate : candidates) {
    if (beginning.size() < kShortest || candidate == whole ||
        !llvm::StringRef(candidate).starts_with_insensitive(beginning)) {
      continue;
    }
    if (!whole.empty()) {
      return "";
    }
    whole = candidate;
  }
  return whole;
}

Meant FindMeant(llvm::StringRef found,
                const std::vector<std::string>& candidates) {
  Meant meant;
  meant.found = found.str();
  if (found.empty() || found.size() > kLongest) {
    return meant;
  }
  const unsigned limit = LimitOf(found);
  unsigned nearest = limit + 1;
  unsigned second = std::numeric_limits<unsigned>::max();
  for (const std::string& candidate : candidates) {
    if (candidate == found) {
      return {};  // It is not the name that is wrong.
    }
    if (candidate.size() > kLongest) {
      continue;
    }
    const unsigned distance = DistanceOf(found, candidate, limit);
    if (distance < nearest) {
      second = meant.name.empty() ? second : nearest;
      nearest = distance;
      meant.name = candidate;
    } else if (candidate != meant.name) {
      second = std::min(second, distance);
    }
  }
  meant.is_plain =
      !meant.name.empty() &&
      (nearest == 0 ? second > 0 : second > limit || second > 2 * nearest);
  return meant;
}

}  // namespace

llvm::raw_ostream& operator<<(llvm::raw_ostream& out, const Meant& meant) {
  if (!meant.name.empty()) {
    out << "; did you mean `" << meant.name << "`?";
  }
  return out;
}

Meant MeantWord(llvm::StringRef found,
                const std::vector<std::string>& candidates) {
  Meant meant = FindMeant(found, candidates);
  if (meant.name.empty()) {
    meant.name = FindWhole(found, candidates);
  }
  return meant;
}

Meant MeantName(llvm::StringRef found,
                const std::vector<std::string>& candidates) {
  Meant meant = FindMeant(found, candidates);
  meant.is_name = true;
  return meant;
}

std::string Suggestion(llvm::StringRef name,
                       const std::vector<std::string>& candidates) {
  std::string text;
  llvm::raw_string_ostream(text) << MeantWord(name, candidates);
  return text;
}

}  // namespace palindrome::diagnostics
