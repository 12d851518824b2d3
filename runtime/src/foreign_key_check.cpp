#include "runtime/src/foreign_key_check.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "runtime/src/literal_values.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

using Violations = std::vector<ForeignKeyViolation>;
using Key = std::array<std::string, 3>;
using KeyFunction = Key (*)(const ForeignKeyViolation&);

// Where a key cannot be checked the values are no literals but the reason.
std::string ValuesOf(const ForeignKeyViolation& violation) {
  return violation.columns.empty() ? violation.values
                                   : KeyOfLiterals(violation.values);
}

Key ExactKey(const ForeignKeyViolation& violation) {
  return {sql::FoldCase(violation.table), sql::FoldCase(violation.columns),
          ValuesOf(violation)};
}

Key KeyOfTable(const ForeignKeyViolation& violation) {
  return {sql::FoldCase(violation.table), "", ValuesOf(violation)};
}

Key KeyOfColumns(const ForeignKeyViolation& violation) {
  return {"", sql::FoldCase(violation.columns), ValuesOf(violation)};
}

Key KeyOfValues(const ForeignKeyViolation& violation) {
  return {"", "", ValuesOf(violation)};
}

// Takes the violations of keys that `other` does not have out of `violations`.
Violations TakeOfMissingKeys(const ForeignKeyReport& other,
                             Violations* violations) {
  std::set<std::pair<std::string, std::string>> keys;
  for (const ForeignKeyReport::Key& key : other.keys) {
    keys.emplace(sql::FoldCase(key.table), sql::FoldCase(key.columns));
  }
  const auto missing = std::stable_partition(
      violations->begin(), violations->end(),
      [&](const ForeignKeyViolation& violation) {
        return keys.contains(
            {sql::FoldCase(violation.table), sql::FoldCase(violation.columns)});
      });
  Violations taken(std::make_move_iterator(missing),
                   std::make_move_iterator(violations->end()));
  violations->erase(missing, violations->end());
  return taken;
}

// Takes pairs of one key off both sides.
void Cancel(KeyFunction key_of, Violations* before, Violations* after) {
  std::map<Key, std::size_t> counts;
  for (const ForeignKeyViolation& violation : *before) {
    ++counts[key_of(violation)];
  }
  std::map<Key, std::size_t> used;
  after->erase(std::remove_if(after->begin(), after->end(),
                              [&](const ForeignKeyViolation& violation) {
                                const Key key = key_of(violation);
                                const auto found = counts.find(key);
                                if (found == counts.end() ||
                                    used[key] == found->second) {
                                  return false;
                                }
                                ++used[key];
                                return true;
                              }),
               after->end());
  before->erase(
      std::remove_if(before->begin(), before->end(),
                     [&](const ForeignKeyViolation& violation) {
                       const auto found = used.find(key_of(violation));
                       if (found == used.end() || found->second == 0) {
                         return false;
                       }
                       --found->second;
                       return true;
                     }),
      before->end());
}

// A value may be megabytes long, and a message is read by people.
std::string Shortened(const std::string& values) {
  constexpr std::size_t kMost = 60;
  constexpr unsigned kKindMask = 0xc0;
  constexpr unsigned kContinuation = 0x80;
  if (values.size() <= kMost) {
    return values;
  }
  std::size_t end = kMost;
  // Not within a character of UTF-8.
  while (end > 0 && (static_cast<unsigned char>(values[end]) & kKindMask) ==
                        kContinuation) {
    --end;
  }
  return values.substr(0, end) + "…";
}

}  // namespace

Violations NewViolations(const ForeignKeyReport& before,
                         const ForeignKeyReport& after) {
  Violations old = before.violations;
  Violations found = after.violations;
  Cancel(ExactKey, &old, &found);
  Violations of_gone_keys = TakeOfMissingKeys(after, &old);
  Violations of_new_keys = TakeOfMissingKeys(before, &found);
  for (const KeyFunction key_of : {KeyOfTable, KeyOfColumns, KeyOfValues}) {
    Cancel(key_of, &of_gone_keys, &of_new_keys);
  }
  found.insert(found.end(), of_new_keys.begin(), of_new_keys.end());
  return found;
}

std::string DescribeViolations(const Violations& violations) {
  const ForeignKeyViolation& example = violations.front();
  if (example.columns.empty()) {
    return "the foreign keys of table `" + example.table +
           "` cannot be checked any more: " + Shortened(example.values);
  }
  const std::string others =
      violations.size() == 1
          ? ""
          : " (and " + std::to_string(violations.size() - 1) + " more)";
  return "the migration leaves a row of table `" + example.table + "` whose " +
         example.columns + " `" + Shortened(example.values) +
         "` has no parent in `" + example.parent + "`" + others +
         "; migrate or delete such rows first";
}

}  // namespace palindrome
