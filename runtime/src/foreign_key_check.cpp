#include "runtime/src/foreign_key_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

using Violations = std::vector<ForeignKeyViolation>;
using Key = std::array<std::string, 3>;
using KeyFunction = Key (*)(const ForeignKeyViolation&);

Key ExactKey(const ForeignKeyViolation& violation) {
  return {sql::FoldCase(violation.table), sql::FoldCase(violation.columns),
          violation.values};
}

Key KeyOfTable(const ForeignKeyViolation& violation) {
  return {sql::FoldCase(violation.table), "", violation.values};
}

Key KeyOfColumns(const ForeignKeyViolation& violation) {
  return {"", sql::FoldCase(violation.columns), violation.values};
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

}  // namespace

Violations NewViolations(Violations before, Violations after) {
  for (const KeyFunction key_of : {ExactKey, KeyOfTable, KeyOfColumns}) {
    Cancel(key_of, &before, &after);
  }
  return after;
}

}  // namespace palindrome
