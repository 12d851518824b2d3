#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "runtime/src/schema_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

using ObjectKey = std::pair<std::string, std::string>;

ObjectKey KeyOf(const SchemaObject& object) {
  return {object.kind, sql::FoldCase(object.name)};
}

std::vector<const SchemaObject*> Sorted(const SchemaObjects& objects) {
  std::vector<std::pair<ObjectKey, const SchemaObject*>> keyed;
  keyed.reserve(objects.size());
  for (const SchemaObject& object : objects) {
    keyed.emplace_back(KeyOf(object), &object);
  }
  std::stable_sort(
      keyed.begin(), keyed.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const SchemaObject*> sorted;
  sorted.reserve(keyed.size());
  for (const auto& [key, object] : keyed) {
    sorted.push_back(object);
  }
  return sorted;
}

// What is in `from` and not in `without`, both sorted, as multisets.
std::vector<SchemaFact> Minus(const std::vector<SchemaFact>& from,
                              const std::vector<SchemaFact>& without) {
  std::vector<SchemaFact> rest;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(),
                      std::back_inserter(rest));
  return rest;
}

void CompareFacts(const SchemaObject& left, const SchemaObject& right,
                  std::vector<SchemaDifference>* differences) {
  std::vector<SchemaFact> left_facts = left.facts;
  std::vector<SchemaFact> right_facts = right.facts;
  std::sort(left_facts.begin(), left_facts.end());
  std::sort(right_facts.begin(), right_facts.end());
  const std::vector<SchemaFact> gone = Minus(left_facts, right_facts);
  const std::vector<SchemaFact> come = Minus(right_facts, left_facts);
  auto l = gone.begin();
  auto r = come.begin();
  while (l != gone.end() || r != come.end()) {
    const bool takes_left =
        l != gone.end() && (r == come.end() || l->key <= r->key);
    const bool takes_right =
        r != come.end() && (l == gone.end() || r->key <= l->key);
    SchemaDifference difference = {left.kind, left.name, "", "", ""};
    difference.detail = takes_left ? l->key : r->key;
    if (takes_left) {
      difference.left = (l++)->value;
    }
    if (takes_right) {
      difference.right = (r++)->value;
    }
    differences->push_back(std::move(difference));
  }
}

void CompareObjects(const SchemaObject& left, const SchemaObject& right,
                    std::vector<SchemaDifference>* differences) {
  if (!sql::EqualsIgnoringCase(left.table, right.table)) {
    differences->push_back(
        {left.kind, left.name, "table", left.table, right.table});
  }
  CompareFacts(left, right, differences);
}

}  // namespace

std::vector<SchemaDifference> CompareSchemas(const SchemaObjects& left,
                                             const SchemaObjects& right) {
  const std::vector<const SchemaObject*> lefts = Sorted(left);
  const std::vector<const SchemaObject*> rights = Sorted(right);
  std::vector<SchemaDifference> differences;
  auto l = lefts.begin();
  auto r = rights.begin();
  while (l != lefts.end() || r != rights.end()) {
    if (r == rights.end() || (l != lefts.end() && KeyOf(**l) < KeyOf(**r))) {
      differences.push_back(
          {(*l)->kind, (*l)->name, "", std::string(kPresent), ""});
      ++l;
    } else if (l == lefts.end() || KeyOf(**r) < KeyOf(**l)) {
      differences.push_back(
          {(*r)->kind, (*r)->name, "", "", std::string(kPresent)});
      ++r;
    } else {
      CompareObjects(**l, **r, &differences);
      ++l;
      ++r;
    }
  }
  return differences;
}

std::string DescribeDifference(const SchemaDifference& difference) {
  const std::string object = difference.kind + " `" + difference.name + "`";
  const std::string subject =
      difference.detail.empty() ? object : difference.detail + " of " + object;
  if (difference.right.empty()) {
    return subject + " is missing";
  }
  if (difference.left.empty()) {
    return subject + " is not expected";
  }
  return subject + " is `" + difference.right + "`, not `" + difference.left +
         "`";
}

}  // namespace palindrome
