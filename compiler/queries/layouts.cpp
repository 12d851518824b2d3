#include "compiler/queries/layouts.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "compiler/queries/words.h"

namespace palindrome::queries {
namespace {

using diagnostics::Kind;
using diagnostics::Severity;

// The SQL of a branch.
struct Counts {
  std::size_t fits = 0;
  std::size_t fails = 0;
};

// Of a test, and whether it is its `else`.
using Key = std::tuple<std::string_view, std::uint32_t, std::uint32_t, bool>;

Key KeyOf(const Query& query, const facts::Branch& branch, bool is_else) {
  return {PathOf(*query.unit, branch.place), branch.place.begin,
          branch.place.end, is_else};
}

bool HasUnknownNamesAlone(const Verdict& verdict) {
  return verdict.HasErrors() &&
         std::all_of(verdict.problems.begin(), verdict.problems.end(),
                     [](const Problem& problem) {
                       return problem.severity != Severity::kError ||
                              problem.kind == Kind::kQueryUnknown;
                     });
}

}  // namespace

void LeaveOtherLayouts(const Program& program, std::vector<Verdict>& verdicts) {
  std::map<Key, Counts> branches;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Query& query = program.queries[i];
    // What makes a table fits in the branch that has none.
    if (ChangesSchema(query.text.value) || !verdicts[i].unchecked.empty()) {
      continue;
    }
    for (const facts::Branch& branch : query.branches) {
      if (branch.asks) {
        Counts& counts = branches[KeyOf(query, branch, branch.is_else)];
        ++(verdicts[i].HasErrors() ? counts.fails : counts.fits);
      }
    }
  }
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    Verdict& verdict = verdicts[i];
    const Query& query = program.queries[i];
    const bool is_other = std::any_of(
        query.branches.begin(), query.branches.end(),
        [&](const facts::Branch& branch) {
          if (!branch.asks) {
            return false;
          }
          const Counts own = branches[KeyOf(query, branch, branch.is_else)];
          const Counts other = branches[KeyOf(query, branch, !branch.is_else)];
          return other.fits > 0 && (own.fits == 0 || other.fails == 0);
        });
    if (is_other && HasUnknownNamesAlone(verdict)) {
      verdict.unchecked = "the program asks first what the schema is, and " +
                          verdict.problems.front().message;
      verdict.problems.clear();
    }
  }
}

}  // namespace palindrome::queries
