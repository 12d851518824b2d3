#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRedundant, kRedundantIndex,
                "index `{0}` finds nothing that {1} does not find; drop `{0}`",
                std::string, std::string);
PALINDROME_TEXT(kMakesRedundant, kRedundantIndex,
                "index `{0}` finds nothing that the new {1} does not find; "
                "drop `{0}`",
                std::string, std::string);

// An index, or what a constraint has in its place.
struct Key {
  std::string description;
  const ast::Index* index = nullptr;  // Null: of a constraint.
  const ast::Constraint* constraint = nullptr;
  const std::vector<ast::KeyPart>* parts = nullptr;
  bool unique = false;
};

std::vector<Key> KeysOf(const catalog::Catalog& catalog,
                        const ast::Table& table) {
  std::vector<Key> keys;
  for (const ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kPrimaryKey) {
      keys.push_back(
          {"the primary key", nullptr, &constraint, &constraint.columns, true});
    } else if (constraint.kind == ast::ConstraintKind::kUnique) {
      keys.push_back(
          {"the UNIQUE key on " + QuotedList(KeyColumns(constraint.columns)),
           nullptr, &constraint, &constraint.columns, true});
    }
  }
  for (const catalog::ObjectPtr& user :
       catalog.UsersOf(table.name.text, catalog::ObjectKind::kIndex)) {
    const auto& index = std::get<ast::Index>(user->definition);
    keys.push_back({"index `" + index.name.text + "`", &index, nullptr,
                    &index.parts, index.unique});
  }
  return keys;
}

std::string CollationOf(const ast::Table& table, const ast::KeyPart& part) {
  if (!part.collation.empty()) {
    return sql::FoldCase(part.collation.text);
  }
  const ast::Column* column = FindColumn(table, part.column.text);
  return column == nullptr || column->collation.empty()
             ? "binary"
             : sql::FoldCase(column->collation.text);
}

// Whether the other key begins with all parts of this one, in the same order or
// with every order turned round.
bool IsBeginningOf(const ast::Table& table, const Key& key, const Key& other) {
  const auto& parts = *key.parts;
  const auto& longer = *other.parts;
  if (parts.empty() || parts.size() > longer.size()) {
    return false;
  }
  const bool turned = parts[0].descending != longer[0].descending;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!sql::EqualsIgnoringCase(parts[i].column.text, longer[i].column.text) ||
        !ast::SameTokens(parts[i].expression, longer[i].expression) ||
        CollationOf(table, parts[i]) != CollationOf(table, longer[i]) ||
        (parts[i].descending != longer[i].descending) != turned) {
      return false;
    }
  }
  return true;
}

bool IsRedundant(const ast::Table& table, const Key& key, const Key& other) {
  static const ast::Expression kEveryRow;
  const ast::Expression& other_where =
      other.index == nullptr ? kEveryRow : other.index->where;
  if (key.index == nullptr || !IsBeginningOf(table, key, other) ||
      !ast::SameTokens(key.index->where, other_where)) {
    return false;
  }
  const bool same_length = key.parts->size() == other.parts->size();
  return key.unique ? other.unique && same_length : true;
}

// One of two equal indexes is enough.
bool IsLaterTwin(const ast::Table& table, const Key& key, const Key& other) {
  return other.index == nullptr || !IsRedundant(table, other, key) ||
         key.index->name.range.begin >= other.index->name.range.begin;
}

class TableCheck {
 public:
  TableCheck(const MigrationContext& context,
             const std::vector<NewIndex>& indexes,
             const std::vector<NewConstraint>& constraints,
             diagnostics::Emitter& emitter)
      : context_(context),
        indexes_(indexes),
        constraints_(constraints),
        emitter_(emitter) {}

  void Run(const ast::Table& table) const {
    const std::vector<Key> keys = KeysOf(context_.upgrade.after, table);
    for (const Key& key : keys) {
      for (const Key& other : keys) {
        if (&key != &other && IsRedundant(table, key, other) &&
            IsLaterTwin(table, key, other) && Report(key, other)) {
          break;
        }
      }
    }
  }

 private:
  // False if neither of the two is new.
  bool Report(const Key& key, const Key& other) const {
    if (const NewIndex* index = FindNew(key.index)) {
      // Later files and queries may name it.
      emitter_.Emit(diagnostics::Make(kRedundant,
                                      context_.At(RangeOf(index->written->name,
                                                          *index->step)),
                                      key.index->name.text, other.description)
                        .Mended(diagnostics::RemoveStatement(
                            diagnostics::By::kPerson,
                            LocationOf(context_, *index->step), "the index")));
      return true;
    }
    if (const NewIndex* index = FindNew(other.index)) {
      emitter_.Emit(kMakesRedundant,
                    context_.At(RangeOf(index->written->name, *index->step)),
                    key.index->name.text, other.description);
      return true;
    }
    for (const NewConstraint& constraint : constraints_) {
      if (other.constraint != nullptr &&
          IsSameConstraint(*constraint.written, *other.constraint)) {
        emitter_.Emit(kMakesRedundant, context_.At(constraint.written->range),
                      key.index->name.text, other.description);
        return true;
      }
    }
    return false;
  }

  const NewIndex* FindNew(const ast::Index* index) const {
    const auto found = std::find_if(
        indexes_.begin(), indexes_.end(), [&](const NewIndex& each) {
          return index != nullptr &&
                 sql::EqualsIgnoringCase(each.written->name.text,
                                         index->name.text);
        });
    return found == indexes_.end() ? nullptr : &*found;
  }

  const MigrationContext& context_;
  const std::vector<NewIndex>& indexes_;
  const std::vector<NewConstraint>& constraints_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const std::vector<NewIndex> indexes = NewIndexes(context.upgrade);
  const std::vector<NewConstraint> constraints =
      NewConstraints(context.upgrade);
  std::map<std::string, const ast::Table*> tables;
  for (const NewIndex& index : indexes) {
    tables[index.table->name.text] = index.table;
  }
  for (const NewConstraint& constraint : constraints) {
    tables[constraint.table->name.text] = constraint.table;
  }
  const TableCheck check(context, indexes, constraints, emitter);
  for (const auto& [name, table] : tables) {
    check.Run(*table);
  }
}

}  // namespace

constinit const Rule kRedundantIndexRule = {
    .kind = diagnostics::Kind::kRedundantIndex,
    .summary = "an index is the beginning of another one",
    .rationale = R"md(
An index on `(a, b)` finds rows by `a` as well as one on `(a)` does, and so does
a primary key or UNIQUE constraint that begins so. The shorter index is written
with every row and read by nobody.

Drop the shorter one. Indexes with different conditions, collations or orders
are not compared, and a UNIQUE index is reported only if its key is UNIQUE
already.
)md",
    .bad = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT, state TEXT);
  CREATE INDEX ix_tasks_owner_state ON tasks (owner, state);
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT, state TEXT);
  CREATE INDEX ix_tasks_owner_state ON tasks (owner, state);
  CREATE INDEX ix_tasks_state ON tasks (state);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
