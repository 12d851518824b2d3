#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/copies.h"
#include "compiler/checks/creations.h"
#include "compiler/checks/foreign_keys.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMismatch, kFkTypeMismatch,
                "column `{0}` is of type `{1}` and refers to column `{2}` of "
                "table `{3}`, which is of type `{4}`; give both the same type",
                std::string, std::string, std::string, std::string,
                std::string);

PALINDROME_TEXT(
    kChanged, kFkTypeMismatch,
    "column `{0}` of table `{1}` is of type `{2}` then, and refers "
    "to column `{3}` of table `{4}`, which is of type `{5}`; change "
    "both, in one file",
    std::string, std::string, std::string, std::string, std::string,
    std::string);

using lower::sqlite::Affinity;

// What the type says for certain. NUMERIC affinity is what SQLite gives to all
// words that it does not know, such as UUID or STRING.
std::optional<Affinity> FamilyOf(std::string_view type) {
  const Affinity affinity = lower::sqlite::AffinityOf(type, /*strict=*/false);
  const bool is_known = affinity == Affinity::kInteger
                            ? MeansInteger(type)
                            : affinity != Affinity::kNumeric;
  return type.empty() || !is_known ? std::nullopt : std::optional(affinity);
}

// Under any word with INT in it a text '07' is stored as 7, which no longer
// finds the text of the parent; the other way round SQLite converts it for the
// comparison.
bool StoresNumbers(std::string_view child, std::string_view parent) {
  return lower::sqlite::AffinityOf(child, /*strict=*/false) ==
             Affinity::kInteger &&
         FamilyOf(parent) == Affinity::kText;
}

bool Differ(const ast::Column& child, const ast::Column& parent) {
  const auto left = FamilyOf(child.type);
  const auto right = FamilyOf(parent.type);
  return (left && right && *left != *right) ||
         StoresNumbers(child.type, parent.type);
}

// Where the table that is rebuilt had the same reference, with these types.
bool WasThere(const ast::Table* before, const ast::Constraint& key,
              const ast::Column& child) {
  if (before == nullptr) {
    return false;
  }
  const ast::Column* old = FindColumn(*before, child.name.text);
  return old != nullptr && FamilyOf(old->type) == FamilyOf(child.type) &&
         std::any_of(before->constraints.begin(), before->constraints.end(),
                     [&](const ast::Constraint& each) {
                       const auto columns = KeyColumns(each.columns);
                       return each.kind == ast::ConstraintKind::kForeignKey &&
                              std::find(columns.begin(), columns.end(),
                                        sql::FoldCase(child.name.text)) !=
                                  columns.end() &&
                              sql::EqualsIgnoringCase(
                                  each.references.table.text,
                                  key.references.table.text);
                     });
}

// A column of a key and what it refers to.
struct Pair {
  const ast::Table* child = nullptr;
  const ast::Column* from = nullptr;
  const ast::Table* parent = nullptr;
  const ast::Column* to = nullptr;
};

class Finder {
 public:
  Finder(const MigrationContext& context, diagnostics::Emitter& emitter)
      : context_(context), emitter_(emitter) {}

  void Find() {
    for (const std::size_t i : context_.upgrade.changes) {
      const catalog::Step& step = context_.upgrade.steps[i];
      if (const auto* create = As<ast::CreateTable>(step)) {
        const std::string& name = create->table.name.text;
        const ast::Table* before = PredecessorOf(context_.upgrade, i, name);
        JudgeAll(i, name, create->table.constraints, before);
        if (before != nullptr) {
          for (const ast::Column& column : create->table.columns) {
            JudgeChange(i, name, column, *before, /*is_same_table=*/false);
          }
        }
      } else if (const auto* column = As<ast::AddColumn>(step)) {
        JudgeAll(i, column->table.text, column->constraints, nullptr);
      } else if (const auto* add = As<ast::AddConstraint>(step)) {
        JudgeAll(i, add->table.text, {add->constraint}, nullptr);
      } else if (const auto* alter = As<ast::AlterColumnType>(step)) {
        ast::Column changed;
        changed.name = alter->column;
        changed.type_range = alter->type_range;
        JudgeChange(i, alter->table.text, changed,
                    *step.before.FindTable(alter->table.text),
                    /*is_same_table=*/true);
      }
    }
  }

 private:
  // The parent as it is then, or else as it will be.
  const ast::Table* ParentOf(const catalog::Step& step,
                             const ast::Constraint& key) const {
    const std::string& name = key.references.table.text;
    const ast::Table* now = step.after.FindTable(name);
    return now != nullptr ? now : context_.upgrade.after.FindTable(name);
  }

  static std::vector<std::string> ReferencedBy(const ast::Constraint& key,
                                               const ast::Table& parent) {
    std::vector<std::string> columns;
    for (const ast::Name& column : key.references.columns) {
      columns.push_back(column.text);
    }
    return columns.empty() ? ast::PrimaryKey(parent) : columns;
  }

  // The pairs of the key.
  static std::vector<Pair> PairsOf(const ast::Table& child,
                                   const ast::Constraint& key,
                                   const ast::Table& parent) {
    std::vector<Pair> pairs;
    const auto columns = ReferencedBy(key, parent);
    for (std::size_t k = 0; k < key.columns.size() && k < columns.size(); ++k) {
      const ast::Column* from = FindColumn(child, key.columns[k].column.text);
      const ast::Column* to = FindColumn(parent, columns[k]);
      if (from != nullptr && to != nullptr) {
        pairs.push_back({&child, from, &parent, to});
      }
    }
    return pairs;
  }

  // A column that gets another type while keys use it, by what it and its
  // counterparts are at the end. Keys that a new table brings along are judged
  // with it.
  void JudgeChange(std::size_t i, std::string_view table,
                   const ast::Column& column, const ast::Table& before,
                   bool is_same_table) {
    const catalog::Catalog& after = context_.upgrade.after;
    const ast::Column* old = FindColumn(before, column.name.text);
    const auto name = TableAtEnd(context_.upgrade, i, table);
    const catalog::ObjectPtr object =
        name ? after.Find(catalog::ObjectKind::kTable, *name) : nullptr;
    if (old == nullptr || !object) {
      return;
    }
    std::vector<ForeignKey> keys = ForeignKeysTo(after, *name);
    std::erase_if(keys, [&](const ForeignKey& key) {
      return key.child->key() == object->key();
    });
    if (is_same_table) {
      const auto own = ForeignKeysOf(object);
      keys.insert(keys.end(), own.begin(), own.end());
    }
    const ast::Table& now = std::get<ast::Table>(object->definition);
    for (const ForeignKey& key : keys) {
      const ast::Table* parent =
          after.FindTable(key.constraint->references.table.text);
      if (parent == nullptr) {
        continue;
      }
      for (const Pair& pair : PairsOf(key.table(), *key.constraint, *parent)) {
        JudgePair(i, pair, now, column, *old);
      }
    }
  }

  void JudgePair(std::size_t i, const Pair& pair, const ast::Table& table,
                 const ast::Column& column, const ast::Column& old) {
    const auto is_it = [&](const ast::Table* each, const ast::Column* of) {
      return each == &table &&
             sql::EqualsIgnoringCase(of->name.text, column.name.text);
    };
    const bool is_child = is_it(pair.child, pair.from);
    const bool is_parent = is_it(pair.parent, pair.to);
    if ((!is_child && !is_parent) || !Differ(*pair.from, *pair.to) ||
        Differ(is_child ? old : *pair.from, is_parent ? old : *pair.to)) {
      return;
    }
    const bool has_range = column.type_range.begin < column.type_range.end;
    const source::Range range =
        has_range ? column.type_range
                  : context_.upgrade.steps[i].item->statement.range;
    emitter_.Emit(kChanged, context_.At(range), pair.from->name.text,
                  pair.child->name.text, pair.from->type, pair.to->name.text,
                  pair.parent->name.text, pair.to->type);
  }

  void JudgeAll(std::size_t i, const std::string& table,
                const std::vector<ast::Constraint>& constraints,
                const ast::Table* before) {
    const catalog::Step& step = context_.upgrade.steps[i];
    const ast::Table* child = step.after.FindTable(table);
    for (const ast::Constraint& key : constraints) {
      const ast::Table* parent = key.kind == ast::ConstraintKind::kForeignKey
                                     ? ParentOf(step, key)
                                     : nullptr;
      if (child == nullptr || parent == nullptr) {
        continue;
      }
      for (const Pair& pair : PairsOf(*child, key, *parent)) {
        if (Differ(*pair.from, *pair.to) &&
            !WasThere(before, key, *pair.from)) {
          emitter_.Emit(kMismatch, context_.At(key.range), pair.from->name.text,
                        pair.from->type, pair.to->name.text, parent->name.text,
                        pair.to->type);
        }
      }
    }
  }

  const MigrationContext& context_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  Finder(context, emitter).Find();
}

}  // namespace

constinit const Rule kFkTypeMismatchRule = {
    .kind = diagnostics::Kind::kFkTypeMismatch,
    .summary = "a foreign key and what it refers to have different types",
    .rationale = R"md(
SQLite compares the two by the rules of the parent, so that `'7'` may find 7, or
not, by what was stored; a blob never finds a text. Joins convert each value, and
other databases refuse such a key. Most often the parent has changed since the
line was copied.

Give both columns the same type, and where one of them gets another type later,
change the other in the same file. The rule looks at what a type means to SQLite:
`INT` and `BIGINT` are one, as are `VARCHAR(20)` and `TEXT`. It says nothing of
words that SQLite does not know, such as `UUID`. `INTERVAL` and `POINT`, which it
takes for integers by their letters INT, are a finding where they refer to a text:
they store `'07'` as 7.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    owner TEXT,
    CONSTRAINT fk_tasks_owner FOREIGN KEY (owner) REFERENCES users (id)
  );
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    owner INTEGER,
    CONSTRAINT fk_tasks_owner FOREIGN KEY (owner) REFERENCES users (id)
  );
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
