#include "compiler/models/kept.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/catalog/create_again.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

using catalog::Catalog;
using catalog::ObjectKind;

bool Keeps(const Models& models, const catalog::Object& object) {
  const auto uses_unmodelled = [&] {
    const auto used = catalog::UsedTables(object);
    return std::any_of(used.begin(), used.end(), [&](const std::string& name) {
      return models.unmodelled.contains(name);
    });
  };
  switch (object.kind()) {
    case ObjectKind::kTable:
      return models.unmodelled.contains(object.key().name);
    case ObjectKind::kIndex:
      return uses_unmodelled();
    case ObjectKind::kView:
    case ObjectKind::kTrigger:
    case ObjectKind::kVirtualTable:
      return !models.is_sql || uses_unmodelled();
    case ObjectKind::kArchive:
      return false;
  }
  return false;
}

// A table, view or column that the history has, and what is wanted has not.
bool UsesGone(const catalog::Object& object, const Catalog& history,
              const Catalog& wanted) {
  for (const std::string& name : catalog::UsedTables(object)) {
    const catalog::ObjectPtr used = history.FindRelation(name);
    if (used && !wanted.FindRelation(name)) {
      return true;
    }
    const ast::Table* before = history.FindTable(name);
    const ast::Table* after = wanted.FindTable(name);
    if (before == nullptr || after == nullptr) {
      continue;
    }
    for (const ast::Column& column : before->columns) {
      const bool stays = std::any_of(
          after->columns.begin(), after->columns.end(),
          [&](const ast::Column& other) {
            return sql::EqualsIgnoringCase(other.name.text, column.name.text);
          });
      if (!stays &&
          catalog::UsesColumn(history, object, *before, column.name.text)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Catalog WithKept(const Models& models, const Catalog& history, Catalog wanted) {
  std::set<catalog::Key> bodies;
  for (const catalog::ObjectPtr& object : history.Objects()) {
    if (!Keeps(models, *object) ||
        wanted.Find(object->kind(), object->name())) {
      continue;
    }
    wanted = wanted.With(*object);
    if (object->kind() == ObjectKind::kView ||
        object->kind() == ObjectKind::kTrigger) {
      bodies.insert(object->key());
    }
  }
  // What uses a view that goes, goes too.
  for (bool found = true; found;) {
    found = false;
    for (auto body = bodies.begin(); body != bodies.end();) {
      if (UsesGone(*history.Find(body->kind, body->name), history, wanted)) {
        wanted = wanted.Without(*body);
        body = bodies.erase(body);
        found = true;
      } else {
        ++body;
      }
    }
  }
  return wanted;
}

}  // namespace palindrome::models
