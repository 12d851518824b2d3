#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kUnrelated, kUnrelatedChangesInFile,
                "the change of `{0}` has nothing to do with that of `{1}`; "
                "write a migration of its own for it",
                std::string, std::string);

using catalog::Catalog;
using catalog::ObjectPtr;

// What an object belongs to: the table of an index or trigger, else itself.
std::string OwnerOf(const catalog::Object& object) {
  const std::string* table = object.table();
  return sql::FoldCase(table != nullptr ? *table : object.name());
}

// The tables and views that the migration changes, in sets of those that are
// tied together.
class Components {
 public:
  void Add(const std::string& name) { parents_.try_emplace(name, name); }

  // Ties the changed ones among the names together.
  void Tie(const std::set<std::string>& names) {
    const std::string* first = nullptr;
    for (const std::string& name : names) {
      if (!parents_.contains(name)) {
        continue;
      }
      if (first == nullptr) {
        first = &name;
      } else {
        parents_[Of(name)] = Of(*first);
      }
    }
  }

  std::string Of(const std::string& name) const {
    std::string at = name;
    while (parents_.at(at) != at) {
      at = parents_.at(at);
    }
    return at;
  }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& [name, parent] : parents_) {
      names.push_back(name);
    }
    return names;
  }

 private:
  std::map<std::string, std::string> parents_;
};

std::set<std::string> ChangedBy(const catalog::Step& step) {
  std::set<std::string> names;
  for (const Catalog::Change& change :
       Catalog::Changes(step.before, step.after)) {
    for (const ObjectPtr& object : {change.before, change.after}) {
      // An archive belongs to the statement, whatever table that is of.
      if (object && object->kind() != catalog::ObjectKind::kArchive) {
        names.insert(OwnerOf(*object));
      }
    }
  }
  return names;
}

// What the step makes use of that nothing it changes used before: the parent of
// a new foreign key, the tables of a new view.
std::set<std::string> NewlyUsedBy(const catalog::Step& step) {
  std::set<std::string> names;
  for (const Catalog::Change& change :
       Catalog::Changes(step.before, step.after)) {
    if (!change.after || change.key.kind == catalog::ObjectKind::kArchive) {
      continue;
    }
    const auto used = catalog::UsedTables(*change.after);
    names.insert(used.begin(), used.end());
    if (change.before) {
      for (const std::string& name : catalog::UsedTables(*change.before)) {
        names.erase(name);
      }
    }
  }
  return names;
}

// What a data statement reads and writes it ties together: values that move
// from one table to another.
std::set<std::string> TouchedBy(const catalog::Access& access) {
  std::set<std::string> names(access.inserts.begin(), access.inserts.end());
  names.insert(access.deletes.begin(), access.deletes.end());
  for (const auto* uses : {&access.reads, &access.updates}) {
    for (const catalog::Use& use : *uses) {
      names.insert(use.table);
    }
  }
  return names;
}

void TieUsers(const std::string& name, const Catalog& catalog,
              Components& components) {
  for (const ObjectPtr& user : catalog.UsersOf(name)) {
    if (user->kind() == catalog::ObjectKind::kTable) {
      components.Tie({name, OwnerOf(*user)});  // A foreign key.
      continue;
    }
    const auto used = catalog::UsedTables(*user);
    std::set<std::string> names(used.begin(), used.end());
    names.insert(OwnerOf(*user));
    components.Tie(names);
  }
}

// What a message says that the step changes: what it names, if it can.
std::string SubjectOf(const catalog::Step& step,
                      const std::set<std::string>& changed) {
  const std::string_view named = ast::TableOf(step.item->statement);
  return named.empty() ? *changed.begin() : std::string(named);
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  if (context.migration().header.revises_none ||
      context.migration().header.squashes) {
    return;
  }
  Components components;
  std::vector<std::pair<const catalog::Step*, std::set<std::string>>> changes;
  for (const catalog::Step& step : upgrade.steps) {
    auto names = ChangedBy(step);
    for (const std::string& name : names) {
      components.Add(name);
    }
    if (!names.empty() && !catalog::IsTemporaryWork(step)) {
      changes.emplace_back(&step, std::move(names));
    }
  }
  for (const auto& [step, names] : changes) {
    components.Tie(names);
  }
  const auto changed_names = components.Names();
  for (const catalog::Step& step : upgrade.steps) {
    auto names = TouchedBy(step.access);
    names.merge(NewlyUsedBy(step));
    if (names.empty()) {
      continue;
    }
    names.merge(ChangedBy(step));
    // Two statements that use the same table touch it both.
    for (const std::string& name : names) {
      components.Add(name);
    }
    components.Tie(names);
  }
  for (const std::string& name : changed_names) {
    TieUsers(name, upgrade.before, components);
    TieUsers(name, upgrade.after, components);
  }
  // What is only made for the work belongs to no other change.
  std::set<std::string> changed;
  for (const catalog::Key& key : ChangedObjects(upgrade)) {
    const ObjectPtr before = upgrade.before.Find(key.kind, key.name);
    const std::string owner =
        OwnerOf(before ? *before : *upgrade.after.Find(key.kind, key.name));
    changed.insert(components.Of(owner));
  }
  std::erase_if(changes, [&](const auto& change) {
    return !changed.contains(components.Of(*change.second.begin()));
  });
  std::set<std::string> seen;
  for (const auto& [step, names] : changes) {
    const bool is_new = seen.insert(components.Of(*names.begin())).second;
    if (!is_new || seen.size() == 1) {
      continue;
    }
    const auto& [first_step, first_names] = changes.front();
    emitter.Emit(diagnostics::Make(kUnrelated, LocationOf(context, *step),
                                   SubjectOf(*step, names),
                                   SubjectOf(*first_step, first_names))
                     .With(LocationOf(context, *first_step),
                           "the other change is here"));
  }
}

}  // namespace

constinit const Rule kUnrelatedChangesInFileRule = {
    .kind = diagnostics::Kind::kUnrelatedChangesInFile,
    .summary = "one file makes changes that have nothing to do with each other",
    .rationale = R"md(
Small migrations can be reviewed, reverted and moved on their own. When two
changes share a file, the one cannot go back without the other.

Changes belong together if they touch the same table, or tables that are tied by
a foreign key, a view, a trigger or a statement that moves rows between them. Two
new tables that refer to the same old one touch it both, and so do two new views,
triggers or statements that use it.
The first migration of a history is exempt, and so is a squash.
)md",
    .bad = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_various.sql
MIGRATION 'add various columns'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN full_name TEXT;
  ALTER TABLE labels ADD COLUMN colour TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_full_name.sql
MIGRATION 'add full name'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN full_name TEXT;
END;

DOWNGRADE AUTO;
=== 20250116_090500_add_colour.sql
MIGRATION 'add colour'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  ALTER TABLE labels ADD COLUMN colour TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
