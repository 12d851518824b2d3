#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/differences.h"
#include "compiler/checks/foreign_keys.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kInvalid, kFkTargetInvalid, "{0} does not refer to a key: {1}",
                std::string, std::string);

using catalog::ObjectKind;
using diagnostics::Kind;

// The problem of the same key in another catalog. Empty if it is not there, or
// has none.
std::string ProblemIn(const catalog::Catalog& catalog, const ForeignKey& key) {
  const catalog::ObjectPtr child =
      catalog.Find(ObjectKind::kTable, key.child->name());
  if (!child) {
    return "";
  }
  for (const ForeignKey& other : ForeignKeysOf(child)) {
    if (ast::SameDefinition(*other.constraint, *key.constraint)) {
      return ProblemOf(catalog, *other.constraint);
    }
  }
  return "";
}

// What a name at the end of the upgrade was called before it. What was made
// anew is called as what it replaces.
std::string NameBefore(const catalog::Simulation& upgrade,
                       const std::string& table) {
  const auto old_name = OldName(upgrade, upgrade.steps.size(), table);
  return old_name.value_or(sql::FoldCase(table));
}

std::string NameBefore(const catalog::Simulation& upgrade,
                       const std::string& table, const std::string& column) {
  const auto old_name = OldName(upgrade, upgrade.steps.size(), {table, column});
  return old_name ? old_name->column : sql::FoldCase(column);
}

// The columns and the target are the same, but for names that changed.
bool IsSameKey(const catalog::Simulation& upgrade,
               const ast::Constraint& before, const ForeignKey& key) {
  const ast::References& from = before.references;
  const ast::References& to = key.constraint->references;
  return sql::EqualsIgnoringCase(from.table.text,
                                 NameBefore(upgrade, to.table.text)) &&
         llvm::equal(
             before.columns, key.constraint->columns,
             [&](const ast::KeyPart& left, const ast::KeyPart& right) {
               return sql::EqualsIgnoringCase(
                   left.column.text,
                   NameBefore(upgrade, key.child->name(), right.column.text));
             }) &&
         llvm::equal(from.columns, to.columns,
                     [&](const ast::Name& left, const ast::Name& right) {
                       return sql::EqualsIgnoringCase(
                           left.text,
                           NameBefore(upgrade, to.table.text, right.text));
                     });
}

bool WasWrong(const catalog::Simulation& upgrade, const ForeignKey& key) {
  const catalog::ObjectPtr child = upgrade.before.Find(
      ObjectKind::kTable, NameBefore(upgrade, key.child->name()));
  if (!child) {
    return false;
  }
  const std::vector<ForeignKey> keys = ForeignKeysOf(child);
  return std::any_of(keys.begin(), keys.end(), [&](const ForeignKey& before) {
    return IsSameKey(upgrade, *before.constraint, key) &&
           !ProblemOf(upgrade.before, *before.constraint).empty();
  });
}

// The step from which on the key is wrong. Null if it was wrong before.
const catalog::Step* Culprit(const catalog::Simulation& upgrade,
                             const ForeignKey& key) {
  if (WasWrong(upgrade, key)) {
    return nullptr;
  }
  for (const catalog::Step& step : llvm::reverse(upgrade.steps)) {
    if (ProblemIn(step.before, key).empty()) {
      return &step;
    }
  }
  return nullptr;
}

// Whether the statement is reported already for what it takes away.
bool IsReported(const catalog::Simulation& upgrade, source::Range statement) {
  return std::any_of(upgrade.problems.begin(), upgrade.problems.end(),
                     [&](const auto& problem) {
                       return problem.kind == Kind::kDropWithLiveDependents &&
                              statement.contains(problem.location.range);
                     });
}

// Where the statement writes what the key refers to and is not there: the
// parent, or the column of it. The key's own place, if both are; nothing if the
// statement does not write it.
source::Range PlaceOf(const MigrationContext& context, const ForeignKey& key,
                      const ast::Statement& statement) {
  const ast::References& references = key.constraint->references;
  const auto& tokens = statement.tokens.tokens;
  const bool is_own =
      std::any_of(tokens.begin(), tokens.end(), [&](const ast::Token& token) {
        return token.range.begin != token.range.end &&
               token.range.begin == references.table.range.begin &&
               ast::Meaning(token) == references.table.text;
      });
  if (!is_own) {
    return {};
  }
  const ast::Table* parent =
      context.upgrade.after.FindTable(references.table.text);
  if (parent == nullptr) {
    return references.table.range;
  }
  for (const ast::Name& column : references.columns) {
    if (FindColumn(*parent, column.text) == nullptr) {
      return column.range;
    }
  }
  return key.constraint->range;
}

// What the name at the place was meant to be.
diagnostics::Meant MeantAt(const MigrationContext& context,
                           const ForeignKey& key, source::Range place) {
  const ast::References& references = key.constraint->references;
  const ast::Table* parent =
      context.upgrade.after.FindTable(references.table.text);
  if (parent == nullptr) {
    return diagnostics::MeantName(
        references.table.text, context.upgrade.after.Names(ObjectKind::kTable));
  }
  std::vector<std::string> columns;
  for (const ast::Column& column : parent->columns) {
    columns.push_back(column.name.text);
  }
  for (const ast::Name& column : references.columns) {
    if (column.range.begin == place.begin) {
      return diagnostics::MeantName(column.text, columns);
    }
  }
  return {};
}

// Each key that refers to what is not there says the same; so does each that
// refers to the same columns, which are no key.
std::string SubjectOf(const MigrationContext& context, const ForeignKey& key,
                      const std::string& problem) {
  const ast::References& references = key.constraint->references;
  const ast::Table* parent =
      context.upgrade.after.FindTable(references.table.text);
  if (parent == nullptr) {
    return sql::FoldCase(references.table.text);
  }
  for (const ast::Name& column : references.columns) {
    if (FindColumn(*parent, column.text) == nullptr) {
      return sql::FoldCase(column.text);
    }
  }
  return ast::PrimaryKey(*parent).empty()
             ? KeySubject(parent->name.text) + ": " + problem
             : problem;
}

void CheckKey(const MigrationContext& context, const ForeignKey& key,
              diagnostics::Emitter& emitter) {
  const std::string problem = ProblemOf(context.upgrade.after, *key.constraint);
  if (problem.empty()) {
    return;
  }
  const catalog::Step* culprit = Culprit(context.upgrade, key);
  if (culprit == nullptr) {
    return;
  }
  const source::Range statement = culprit->item->statement.range;
  if (IsReported(context.upgrade, statement)) {
    return;
  }
  const source::Range written = PlaceOf(context, key, culprit->item->statement);
  const bool here = written.begin != written.end;
  auto diagnostic = diagnostics::Make(
      kInvalid, context.At(here ? written : statement), Describe(key), problem);
  const std::string& parent = key.constraint->references.table.text;
  const catalog::ObjectPtr target = context.upgrade.after.FindRelation(parent);
  for (const catalog::ObjectPtr& table : {here ? nullptr : key.child, target}) {
    if (table && table->created.file != nullptr) {
      diagnostic.With(table->created,
                      std::string(catalog::ObjectKindName(table->kind())) +
                          " `" + table->name() + "` is created here");
    }
  }
  const diagnostics::Meant meant = MeantAt(context, key, written);
  if (here) {
    diagnostic.Mended(meant);
  }
  diagnostic.subject = SubjectOf(context, key, problem);
  emitter.Emit(std::move(diagnostic));
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  // By table and place in it, so that each key is judged once.
  std::map<std::pair<std::string, const ast::Constraint*>, ForeignKey> keys;
  const auto add = [&](const std::vector<ForeignKey>& found) {
    for (const ForeignKey& key : found) {
      keys.emplace(std::pair(key.child->key().name, key.constraint), key);
    }
  };
  for (const auto& change :
       catalog::Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.key.kind == ObjectKind::kTable && change.after) {
      add(ForeignKeysOf(change.after));
    }
    for (const auto& object : {change.before, change.after}) {
      if (object) {
        const std::string* table = object->table();
        add(ForeignKeysTo(upgrade.after,
                          table != nullptr ? *table : object->name()));
      }
    }
  }
  for (const auto& [place, key] : keys) {
    CheckKey(context, key, emitter);
  }
}

}  // namespace

constinit const Rule kFkTargetInvalidRule = {
    .kind = diagnostics::Kind::kFkTargetInvalid,
    .summary = "a foreign key refers to something that is no key of a table",
    .rationale = R"md(
SQLite accepts a foreign key to a table or column that does not exist, to a
view, and to columns that are not unique. The schema builds; then every INSERT,
UPDATE and DELETE on either table fails with "foreign key mismatch". The same
happens when the unique index that a foreign key rests on is dropped.

A foreign key needs a PRIMARY KEY, a UNIQUE constraint or a unique index over
exactly the columns that it refers to, the index without WHERE and with the
columns' own collations.
)md",
    .bad = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    owner TEXT,
    CONSTRAINT fk_tasks_owner FOREIGN KEY (owner) REFERENCES users (email)
  );
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    CONSTRAINT uq_users_email UNIQUE (email)
  );
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    owner TEXT,
    CONSTRAINT fk_tasks_owner FOREIGN KEY (owner) REFERENCES users (email)
  );
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
