#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/checks/creations.h"
#include "compiler/checks/foreign_keys.h"
#include "compiler/checks/keys.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNoIndex, kFkWithoutIndex,
                "no index of table `{0}` begins with {1}, so that each change "
                "of a key of `{2}` reads all of it; add `{3}`",
                std::string, std::string, std::string, std::string);

PALINDROME_TEXT(kDropped, kFkWithoutIndex,
                "no index of table `{0}` begins with {1} then, so that each "
                "change of a key of `{2}` reads all of it; keep one, or make "
                "one",
                std::string, std::string, std::string);

// A column of a foreign key, by its folded name, with the collation in which
// the engine looks for values: that of what it refers to. Empty: not known.
using Columns = std::map<std::string, std::string>;

Columns ColumnsOf(const catalog::Catalog& catalog, const ast::Constraint& key) {
  const ast::Table* parent = catalog.FindTable(key.references.table.text);
  const auto names = ReferencedColumns(catalog, key);
  Columns columns;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const ast::Column* column = parent != nullptr && i < names.size()
                                    ? FindColumn(*parent, names[i])
                                    : nullptr;
    columns[sql::FoldCase(key.columns[i].column.text)] =
        column == nullptr           ? ""
        : column->collation.empty() ? "binary"
                                    : sql::FoldCase(column->collation.text);
  }
  return columns;
}

// The part is one of the columns and has its values in their order.
bool Serves(const ast::KeyPart& part, const ast::Table& table,
            const Columns& columns) {
  const auto found = columns.find(sql::FoldCase(part.column.text));
  return found != columns.end() &&
         (found->second.empty() || found->second == CollationOf(part, table));
}

// Whether the first parts of the key are the columns, in any order.
bool BeginsWith(const std::vector<ast::KeyPart>& parts, const ast::Table& table,
                const Columns& columns) {
  if (parts.size() < columns.size()) {
    return false;
  }
  std::set<std::string> first;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!Serves(parts[i], table, columns)) {
      return false;
    }
    first.insert(sql::FoldCase(parts[i].column.text));
  }
  return first.size() == columns.size();
}

// Whether the key has columns of these alone: where it is unique, it finds the
// row without the others.
bool IsWithin(const std::vector<ast::KeyPart>& parts, const ast::Table& table,
              const Columns& columns) {
  return std::all_of(parts.begin(), parts.end(), [&](const ast::KeyPart& part) {
    return Serves(part, table, columns);
  });
}

// No condition, or that one of the columns is not NULL: the engine looks for
// values, which are not.
bool HasEveryValue(const ast::Expression& where, const Columns& columns) {
  if (where.empty()) {
    return true;
  }
  const auto& tokens = where.tokens;
  const bool is_not_null =
      (tokens.size() == 4 && IsWord(tokens[1], "is") &&
       IsWord(tokens[2], "not") && IsWord(tokens[3], "null")) ||
      (tokens.size() == 2 && IsWord(tokens[1], "notnull"));
  return is_not_null && columns.contains(sql::FoldCase(Meaning(tokens[0])));
}

bool IsIndexed(const catalog::Catalog& catalog, const ast::Table& table,
               const ast::Constraint& key) {
  const Columns columns = ColumnsOf(catalog, key);
  for (const ast::Constraint& constraint : table.constraints) {
    if ((constraint.kind == ast::ConstraintKind::kPrimaryKey ||
         constraint.kind == ast::ConstraintKind::kUnique) &&
        (BeginsWith(constraint.columns, table, columns) ||
         IsWithin(constraint.columns, table, columns))) {
      return true;
    }
  }
  const auto indexes =
      catalog.UsersOf(table.name.text, catalog::ObjectKind::kIndex);
  return std::any_of(indexes.begin(), indexes.end(), [&](const auto& object) {
    const auto& index = std::get<ast::Index>(object->definition);
    return (BeginsWith(index.parts, table, columns) ||
            (index.unique && IsWithin(index.parts, table, columns))) &&
           HasEveryValue(index.where, columns);
  });
}

bool DowngradeDrops(const MigrationContext& context, const std::string& table) {
  const auto& steps = context.downgrade.simulation.steps;
  return std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
    const auto* drop = As<ast::DropTable>(step);
    return drop != nullptr && sql::EqualsIgnoringCase(drop->table.text, table);
  });
}

bool IsHead(const MigrationContext& context) {
  const auto all = context.graph.All();
  return std::none_of(all.begin(), all.end(), [&](const auto* revision) {
    const auto& parents = revision->migration.header.parents;
    return std::any_of(parents.begin(), parents.end(), [&](const auto& parent) {
      return parent.value == context.revision.id;
    });
  });
}

// The statement, or the FOR block that it stands in; no value: the block goes
// on to take the table or a column away.
std::optional<source::Range> PlaceOf(const MigrationContext& context,
                                     const NewConstraint& key) {
  const ast::Item& item = *key.step->item;
  if (item.for_block.begin == item.for_block.end) {
    return item.statement.range;
  }
  const ast::Table* left = nullptr;
  for (const catalog::Step& step : context.upgrade.steps) {
    if (step.item->for_block.begin == item.for_block.begin) {
      left = step.after.FindTable(key.table->name.text);
    }
  }
  const bool is_left =
      left != nullptr &&
      std::all_of(key.written->columns.begin(), key.written->columns.end(),
                  [&](const ast::KeyPart& part) {
                    return FindColumn(*left, part.column.text) != nullptr;
                  });
  return is_left ? std::optional(item.for_block) : std::nullopt;
}

// The index behind what adds the key. A tool may write it where the downgrade
// takes it away again and no later file can have made it.
std::optional<diagnostics::Fix> WithIndex(const MigrationContext& context,
                                          const NewConstraint& key,
                                          const std::string& name,
                                          const std::string& create) {
  const ast::Statement& statement = key.step->item->statement;
  const std::string& table = key.table->name.text;
  const std::string_view text = context.migration().file->text();
  const std::optional<source::Range> place = PlaceOf(context, key);
  const std::size_t end =
      place ? text.find_first_not_of(" \t", place->end) : std::string::npos;
  if (context.upgrade.after.FindRelation(name) ||
      context.upgrade.before.FindRelation(name) ||
      !sql::EqualsIgnoringCase(ast::TableOf(statement), table) ||
      end == std::string_view::npos || text[end] != ';') {
    return std::nullopt;
  }
  const std::size_t line = text.rfind('\n', place->begin) + 1;
  const std::size_t indented = text.find_first_not_of(" \t", line);
  const bool goes_again = context.downgrade.is_auto ||
                          (As<ast::CreateTable>(*key.step) != nullptr &&
                           DowngradeDrops(context, table));
  const auto by = goes_again && IsHead(context) ? diagnostics::By::kTool
                                                : diagnostics::By::kPerson;
  // Behind a comment that ends the line.
  const std::size_t rest = text.find_first_not_of(" \t", end + 1);
  const bool has_comment =
      rest != std::string_view::npos && text.substr(rest, 2) == "--";
  const auto at = static_cast<std::uint32_t>(
      has_comment ? std::min(text.find('\n', rest), text.size()) : end + 1);
  auto fix = diagnostics::Insert(
      by, context.At({at, at}),
      "\n" + std::string(text.substr(line, indented - line)) + create + ";");
  fix.title = "insert `" + create + "`";
  return fix;
}

// ` COLLATE BINARY` where the table gives the column another collation than the
// engine looks by.
std::string CollationFor(const ast::KeyPart& part, const ast::Table& table,
                         const Columns& columns) {
  const std::string& wanted = columns.at(sql::FoldCase(part.column.text));
  return wanted.empty() || wanted == CollationOf(part, table)
             ? ""
             : " COLLATE " + llvm::StringRef(wanted).upper();
}

// The columns of the key in words.
std::string DescribeColumns(const catalog::Catalog& catalog,
                            const ast::Table& table,
                            const ast::Constraint& key) {
  const Columns columns = ColumnsOf(catalog, key);
  std::vector<std::string> parts;
  for (const ast::KeyPart& part : key.columns) {
    parts.push_back(part.column.text + CollationFor(part, table, columns));
  }
  return QuotedList(parts);
}

void Report(const MigrationContext& context, const NewConstraint& key,
            diagnostics::Emitter& emitter) {
  const std::string& table = key.table->name.text;
  const Columns columns = ColumnsOf(context.upgrade.after, *key.written);
  std::vector<std::string> parts;
  std::string name = "ix_" + sql::FoldCase(table);
  for (const ast::KeyPart& part : key.written->columns) {
    parts.push_back(sql::QuoteName(part.column.text) +
                    CollationFor(part, *key.table, columns));
    name += "_" + sql::FoldCase(part.column.text);
  }
  const std::string create = "CREATE INDEX " + sql::QuoteName(name) + " ON " +
                             sql::QuoteName(table) + " (" +
                             llvm::join(parts, ", ") + ")";
  emitter.Emit(
      diagnostics::Make(
          kNoIndex, context.At(key.written->range), table,
          DescribeColumns(context.upgrade.after, *key.table, *key.written),
          key.written->references.table.text, create)
          .Mended(WithIndex(context, key, name, create)));
}

// The index is dropped that found the rows of a key which stays.
void CheckDrop(const MigrationContext& context, std::size_t i,
               std::string_view table, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  const catalog::Step& step = upgrade.steps[i];
  const ast::Table* then = step.before.FindTable(table);
  const auto name = TableAtEnd(upgrade, i, table);
  const catalog::ObjectPtr at_end =
      name ? upgrade.after.Find(catalog::ObjectKind::kTable, *name) : nullptr;
  if (then == nullptr || !at_end) {
    return;
  }
  for (const ForeignKey& key : ForeignKeysOf(at_end)) {
    const ast::Table* now = step.after.FindTable(table);
    const bool was_there =
        std::any_of(then->constraints.begin(), then->constraints.end(),
                    [&](const auto& each) {
                      return IsSameConstraint(each, *key.constraint);
                    });
    if (!was_there || !IsIndexed(step.before, *then, *key.constraint) ||
        IsIndexed(step.after, *now, *key.constraint) ||
        IsIndexed(upgrade.after, key.table(), *key.constraint)) {
      continue;
    }
    emitter.Emit(kDropped, LocationOf(context, step), key.table().name.text,
                 DescribeColumns(upgrade.after, key.table(), *key.constraint),
                 key.constraint->references.table.text);
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (const NewConstraint& key : NewConstraints(upgrade)) {
    if (key.written->kind == ast::ConstraintKind::kForeignKey &&
        !key.written->columns.empty() &&
        !IsIndexed(upgrade.after, *key.table, *key.written)) {
      Report(context, key, emitter);
    }
  }
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    if (const auto* drop = As<ast::DropIndex>(step)) {
      const catalog::ObjectPtr index =
          step.before.Find(catalog::ObjectKind::kIndex, drop->index.text);
      if (index) {
        CheckDrop(context, i, *index->table(), emitter);
      }
    } else if (const auto* constraint = As<ast::DropConstraint>(step)) {
      CheckDrop(context, i, constraint->table.text, emitter);
    }
  }
}

}  // namespace

constinit const Rule kFkWithoutIndexRule = {
    .kind = diagnostics::Kind::kFkWithoutIndex,
    .summary = "a foreign key has no index on its columns",
    .rationale = R"md(
When a row of the other table is deleted or its key changes, the engine looks
for the rows that refer to it. Without an index that begins with the columns of
the foreign key it reads the whole table for each of them, and so do queries
that join the two.

Create the index in the same file, and keep one as long as the key is there. A
primary key or UNIQUE key that begins with the columns, or has some of them alone,
is one too; an index with WHERE is one only if its condition is that a column of
the key is not NULL. The engine looks by the collation of the column that is
referred to, so that an index with another one, such as NOCASE, does not serve.
)md",
    .bad = R"sql(=== 20250115_090000_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    owner INTEGER CONSTRAINT tasks_owner_fk REFERENCES users (id)
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_090000_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    owner INTEGER CONSTRAINT tasks_owner_fk REFERENCES users (id)
  );
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
