#include <algorithm>
#include <map>
#include <string>
#include <utility>

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

// A key under the names that its tables and columns have at some step.
struct NamedKey {
  std::string child;
  ast::Constraint constraint;
};

// The problem of the key in a catalog. Empty if it is not there, or has none.
std::string ProblemIn(const catalog::Catalog& catalog, const NamedKey& key) {
  const catalog::ObjectPtr child = catalog.Find(ObjectKind::kTable, key.child);
  if (!child) {
    return "";
  }
  for (const ForeignKey& other : ForeignKeysOf(child)) {
    if (ast::SameDefinition(*other.constraint, key.constraint)) {
      return ProblemOf(catalog, *other.constraint);
    }
  }
  return "";
}

void Rename(const ast::Name& from, const ast::Name& to, std::string& name) {
  if (sql::EqualsIgnoringCase(name, to.text)) {
    name = from.text;
  }
}

// Calls the key as it is called before the step.
void GoBack(const catalog::Step& step, NamedKey& key) {
  ast::Constraint& constraint = key.constraint;
  std::string& parent = constraint.references.table.text;
  if (const auto* rename = As<ast::RenameTable>(step)) {
    Rename(rename->table, rename->to, key.child);
    Rename(rename->table, rename->to, parent);
  } else if (const auto* of_column = As<ast::RenameColumn>(step)) {
    if (sql::EqualsIgnoringCase(of_column->table.text, key.child)) {
      Rename(of_column->column, of_column->to, constraint.owner.text);
      for (ast::KeyPart& part : constraint.columns) {
        Rename(of_column->column, of_column->to, part.column.text);
      }
    }
    if (sql::EqualsIgnoringCase(of_column->table.text, parent)) {
      for (ast::Name& column : constraint.references.columns) {
        Rename(of_column->column, of_column->to, column.text);
      }
    }
  }
}

// The step from which on the key is wrong, which no rename is. Null if it was
// wrong before.
const catalog::Step* Culprit(const catalog::Simulation& upgrade,
                             const ForeignKey& foreign_key) {
  NamedKey key = {foreign_key.child->name(), *foreign_key.constraint};
  for (const catalog::Step& step : llvm::reverse(upgrade.steps)) {
    GoBack(step, key);
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
  // Of what is no key, or no table, each key that refers to it says the same.
  const ast::Table* keyless = context.upgrade.after.FindTable(parent);
  diagnostic.subject =
      meant.found.empty() ? problem : sql::FoldCase(meant.found);
  if (keyless != nullptr && meant.found.empty() &&
      ast::PrimaryKey(*keyless).empty()) {
    diagnostic.subject = KeySubject(parent) + ": " + problem;
  }
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
