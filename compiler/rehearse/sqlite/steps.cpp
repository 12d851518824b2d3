#include "compiler/rehearse/sqlite/steps.h"

#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse {

StepChanges ChangesOf(const catalog::Simulation& simulation) {
  StepChanges changes;
  for (const std::size_t number : simulation.changes) {
    const catalog::Step& step = simulation.steps[number];
    // After the last step all is compared. What is temporary is in no schema.
    if (number + 1 < simulation.steps.size() &&
        !catalog::IsTemporaryWork(step)) {
      changes[number] = catalog::Catalog::Changes(step.before, step.after);
    }
  }
  return changes;
}

namespace sqlite {

namespace {

using palindrome::sqlite::FactsOf;
using palindrome::sqlite::SchemaText;

std::string KeyOf(std::string_view kind, std::string_view name) {
  return std::string(kind) + ' ' + sql::FoldCase(name);
}

std::string KeyOf(const catalog::Key& key) {
  return KeyOf(catalog::ObjectKindName(key.kind), key.name);
}

std::map<std::string, SchemaText> ByKey(const SchemaTexts& texts) {
  std::map<std::string, SchemaText> by_key;
  for (const SchemaText& text : texts) {
    by_key.emplace(KeyOf(text.kind, text.name), text);
  }
  return by_key;
}

SchemaText TextOf(const catalog::Object& object) {
  const std::string* table = object.table();
  return {std::string(catalog::ObjectKindName(object.kind())), object.name(),
          table != nullptr ? *table : object.name(),
          catalog::CreateStatement(object)};
}

// The facts of the objects with these keys.
SchemaObjects FactsOf(const std::map<std::string, SchemaText>& texts,
                      const std::set<std::string>& keys) {
  std::map<std::string, SchemaText> needed;
  for (const std::string& key : keys) {
    const auto found = texts.find(key);
    if (found == texts.end()) {
      continue;
    }
    needed.insert(*found);
    const auto table = texts.find(KeyOf("table", found->second.table));
    if (table != texts.end()) {
      needed.insert(*table);
    }
  }
  SchemaTexts list;
  for (auto& [key, text] : needed) {
    list.push_back(std::move(text));
  }
  return FactsOf(list);
}

}  // namespace

StepWitness::StepWitness(Connection& connection, const SchemaTexts& before,
                         const StepChanges& changes)
    : connection_(connection),
      changes_(changes),
      next_(changes.begin()),
      expected_(ByKey(before)),
      seen_(expected_) {}

void StepWitness::Expect(const catalog::Catalog::Change& change) {
  if (change.key.kind == catalog::ObjectKind::kArchive) {
    return;  // It is no part of a schema.
  }
  const std::string key = KeyOf(change.key);
  // What is not there before is not in the slice.
  if (change.before && !expected_.contains(key)) {
    return;
  }
  if (change.after) {
    expected_.insert_or_assign(key, TextOf(*change.after));
  } else {
    expected_.erase(key);
  }
  touched_.insert(key);
}

void StepWitness::After(std::size_t step) {
  if (difference_ || next_ == changes_.end() || next_->first > step) {
    return;
  }
  touched_.clear();
  for (; next_ != changes_.end() && next_->first <= step; ++next_) {
    for (const catalog::Catalog::Change& change : next_->second) {
      Expect(change);
    }
  }
  Compare(step);
}

void StepWitness::Compare(std::size_t step) {
  const auto read = palindrome::sqlite::ReadSchemaTexts(connection_.handle());
  if (!read.ok()) {
    return;
  }
  Texts found = ByKey(*read);
  for (const auto& [key, text] : found) {
    const auto before = seen_.find(key);
    if (before == seen_.end() || before->second.text != text.text) {
      touched_.insert(key);
    }
  }
  for (const auto& [key, text] : seen_) {
    if (!found.contains(key)) {
      touched_.insert(key);
    }
  }
  seen_ = std::move(found);
  auto differences =
      CompareSchemas(FactsOf(expected_, touched_), FactsOf(seen_, touched_));
  if (!differences.empty()) {
    difference_ = StepDifference{step, std::move(differences.front())};
  }
}

}  // namespace sqlite

}  // namespace palindrome::rehearse
