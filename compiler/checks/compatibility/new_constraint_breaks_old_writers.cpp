#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "compiler/checks/constraint_pairs.h"
#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kConstraint, kNewConstraintBreaksOldWriters,
                "the new {0} asks more of table `{1}`, and programs of "
                "the version before may write rows that break it; release "
                "programs that keep it first",
                std::string, std::string);
PALINDROME_TEXT(kNotNull, kNewConstraintBreaksOldWriters,
                "column `{0}` of table `{1}` must have a value now, and "
                "programs of the version before may write NULL; release "
                "programs that always write one first",
                std::string, std::string);

using catalog::Catalog;
using catalog::ObjectKind;
using Names = std::set<std::string>;

std::string KindName(ast::ConstraintKind kind) {
  switch (kind) {
#define PALINDROME_CONSTRAINT_KIND(Name, Spelling) \
  case ast::ConstraintKind::Name:                  \
    return Spelling;
#include "compiler/ast/constraint_kinds.def"
  }
  return "";
}

Names NamesIn(const std::vector<ast::KeyPart>& parts) {
  Names names;
  for (const ast::KeyPart& part : parts) {
    if (!part.column.empty()) {
      names.insert(sql::FoldCase(part.column.text));
    } else {
      const auto used = ast::ColumnNames(part.expression);
      names.insert(used.begin(), used.end());
    }
  }
  return names;
}

Names NamesIn(const ast::Constraint& constraint, const ast::Table& table) {
  if (constraint.kind != ast::ConstraintKind::kCheck) {
    return NamesIn(constraint.columns);
  }
  Names names;
  for (std::string& name : ast::ColumnNames(constraint.check)) {
    if (FindColumn(table, name) != nullptr) {
      names.insert(std::move(name));
    }
  }
  return names;
}

// What goes in the same file may have asked more, as a CHECK with fewer words
// in its list does: then nothing new is asked.
bool Replaces(const ast::Constraint& constraint, const Names& names,
              const std::vector<const ast::Constraint*>& gone,
              const ast::Table& before) {
  return std::any_of(gone.begin(), gone.end(), [&](const ast::Constraint* old) {
    const Names old_names = NamesIn(*old, before);
    return old->kind == constraint.kind &&
           std::includes(names.begin(), names.end(), old_names.begin(),
                         old_names.end());
  });
}

// With a key that the table had already, more columns ask for nothing.
bool HoldsAnyway(const Catalog& catalog, const ast::Table& before,
                 const Names& names) {
  const auto has = [&](const std::vector<ast::KeyPart>& parts) {
    const Names key = NamesIn(parts);
    return !key.empty() &&
           std::includes(names.begin(), names.end(), key.begin(), key.end());
  };
  const auto indexes = catalog.UsersOf(before.name.text, ObjectKind::kIndex);
  return std::any_of(
             before.constraints.begin(), before.constraints.end(),
             [&](const ast::Constraint& constraint) {
               return (constraint.kind == ast::ConstraintKind::kPrimaryKey ||
                       constraint.kind == ast::ConstraintKind::kUnique) &&
                      has(constraint.columns);
             }) ||
         std::any_of(indexes.begin(), indexes.end(), [&](const auto& object) {
           const auto& index = std::get<ast::Index>(object->definition);
           return index.unique && index.where.empty() && has(index.parts);
         });
}

bool AllKnown(const MigrationContext& context, const ast::Table& table,
              const Names& names) {
  return !names.empty() &&
         std::all_of(names.begin(), names.end(), [&](const auto& name) {
           return IsKnownColumn(context, table, name);
         });
}

void CheckConstraints(const MigrationContext& context, const KnownTable& table,
                      diagnostics::Emitter& emitter) {
  const ConstraintPairs pairs =
      PairConstraints({*table.before, context.upgrade.before},
                      {*table.after, context.upgrade.after});
  for (const ast::Constraint* constraint : pairs.only_right) {
    const Names names = NamesIn(*constraint, *table.after);
    if (constraint->kind != ast::ConstraintKind::kPrimaryKey &&
        AllKnown(context, *table.before, names) &&
        !Replaces(*constraint, names, pairs.only_left, *table.before) &&
        !(constraint->kind == ast::ConstraintKind::kUnique &&
          HoldsAnyway(context.upgrade.before, *table.before, names))) {
      emitter.Emit(kConstraint, context.At(constraint->range),
                   KindName(constraint->kind), table.after->name.text);
    }
  }
}

void CheckIndexes(const MigrationContext& context,
                  diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (const Catalog::Change& change :
       Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.key.kind != ObjectKind::kIndex || !change.after) {
      continue;
    }
    const auto& index = std::get<ast::Index>(change.after->definition);
    const ast::Table* table = upgrade.before.FindTable(index.table.text);
    const bool was_unique =
        change.before && std::get<ast::Index>(change.before->definition).unique;
    if (index.unique && !was_unique && table != nullptr &&
        upgrade.after.FindTable(index.table.text) != nullptr &&
        AllKnown(context, *table, NamesIn(index.parts)) &&
        !HoldsAnyway(upgrade.before, *table, NamesIn(index.parts))) {
      emitter.Emit(kConstraint, change.after->created, "unique index",
                   table->name.text);
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.migration().header.squashes) {
    return;
  }
  const auto tables = ChangedTables(context);
  for (const KnownTable& table : tables) {
    if (table.after != nullptr) {
      CheckConstraints(context, table, emitter);
    }
  }
  for (const KnownColumn& column : KeptColumns(context, tables)) {
    const std::string& table = column.table->after->name.text;
    const std::string& name = column.after->name.text;
    const auto key = ast::PrimaryKey(*column.table->before);
    // Nobody writes NULL into a key.
    if (column.after->not_null &&
        !IsNeverNull(*column.table->before, *column.before) &&
        std::none_of(key.begin(), key.end(), [&](const std::string& part) {
          return sql::EqualsIgnoringCase(part, name);
        })) {
      emitter.Emit(kNotNull,
                   PlaceOfChange(
                       context, table, name,
                       [](const ast::Column* before, const ast::Column& after) {
                         return before == nullptr ||
                                (!before->not_null && after.not_null);
                       }),
                   name, table);
    }
  }
  CheckIndexes(context, emitter);
}

}  // namespace

constinit const Rule kNewConstraintBreaksOldWritersRule = {
    .kind = diagnostics::Kind::kNewConstraintBreaksOldWriters,
    .summary = "a table asks more of its rows than old programs know",
    .rationale = R"md(
The rows that are there may all keep a new constraint, and other rules see to it
that they do. But programs of the version before that run beside the new ones do
not know of it, and go on to write what breaks it: their INSERT fails.

Release the programs that keep the constraint first, and add it in the release
after that. What is asked of columns that the same release adds does not count,
nor a constraint that takes the place of one on the same columns.

It is no more than a note unless the deployment is `rolling`.
)md",
    .bad = R"sql(=== palindrome.toml
deployment = "rolling"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_require_mail.sql
MIGRATION 'require mail'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  UPDATE users SET mail = '' WHERE mail IS NULL;
  PRESERVE ALTER TABLE users ALTER COLUMN mail SET NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
deployment = "rolling"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_phone.sql
MIGRATION 'add phone'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN phone TEXT CONSTRAINT ck_users_phone CHECK (phone <> '');
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
