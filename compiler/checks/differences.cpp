#include "compiler/checks/differences.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/ast/statement.h"
#include "compiler/checks/constraint_pairs.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using catalog::Catalog;
using catalog::ObjectKind;
using catalog::ObjectPtr;

std::string Quote(const std::string& text) {
  return "`" + text + "`";
}

bool SameObject(const ObjectPtr& left, const ObjectPtr& right) {
  if (left == right || !left || !right) {
    return left == right;
  }
  return std::visit(
      [&](const auto& definition) {
        using Type = std::decay_t<decltype(definition)>;
        const auto* other = std::get_if<Type>(&right->definition);
        return other != nullptr && ast::SameDefinition(definition, *other);
      },
      left->definition);
}

std::string Or(const std::string& text, const std::string& otherwise) {
  return text.empty() ? otherwise : Quote(text);
}

std::string DefaultOf(const ast::Column& column) {
  return column.default_value
             ? "the default " + Quote(ast::Print(*column.default_value))
             : "no default";
}

// What differs in a column, if it is one thing; else the column as a whole.
std::string DescribeColumn(const ast::Column& before,
                           const ast::Column& restored) {
  ast::Column only = restored;
  only.type = before.type;
  if (ast::SameDefinition(only, before)) {
    return "is " + Or(restored.type, "without a type") + " instead of " +
           Or(before.type, "without a type");
  }
  only = restored;
  only.not_null = before.not_null;
  if (ast::SameDefinition(only, before)) {
    return restored.not_null ? "is NOT NULL" : "is not NOT NULL";
  }
  only = restored;
  only.default_value = before.default_value;
  if (ast::SameDefinition(only, before)) {
    return "has " + DefaultOf(restored) + " instead of " + DefaultOf(before);
  }
  return "is " + Quote(ast::Print(restored, {})) + " instead of " +
         Quote(ast::Print(before, {}));
}

// Those of a column that differs as a whole go with it.
void RemoveInlineOfMissing(const ast::Table& other,
                           std::vector<const ast::Constraint*>& constraints) {
  llvm::erase_if(constraints, [&](const ast::Constraint* constraint) {
    return constraint->is_inline &&
           FindColumn(other, constraint->owner.text) == nullptr;
  });
}

// The name of a NOT NULL says nothing to an engine.
bool SameColumn(const ast::Column& before, ast::Column restored) {
  restored.not_null_name = before.not_null_name;
  return ast::SameDefinition(before, restored);
}

// What makes a constraint without a name the same one: its place.
std::vector<std::string> PlaceOf(const ast::Constraint& constraint) {
  std::vector<std::string> columns;
  for (const ast::KeyPart& part : constraint.columns) {
    columns.push_back(sql::FoldCase(part.column.text));
  }
  return columns;
}

// Whether two constraints that differ are one that was changed.
bool IsChangeOf(const ast::Constraint& before, const ast::Constraint& after) {
  using ast::ConstraintKind;
  if (before.kind == ConstraintKind::kPrimaryKey) {
    return after.kind == ConstraintKind::kPrimaryKey;  // There is only one.
  }
  if (!sql::EqualsIgnoringCase(before.name.text, after.name.text)) {
    return false;
  }
  return !before.name.empty() ||
         (before.kind == after.kind && before.kind != ConstraintKind::kCheck &&
          PlaceOf(before) == PlaceOf(after));
}

std::string PrintUnnamed(ast::Constraint constraint) {
  constraint.name = {};
  return Quote(ast::Print(constraint));
}

std::string Describe(const ast::Constraint& constraint) {
  return constraint.name.empty() ? PrintUnnamed(constraint)
                                 : "constraint " + Quote(constraint.name.text);
}

// What has changed, but not how it was.
std::string DescribePlace(const ast::Constraint& constraint) {
  if (!constraint.name.empty()) {
    return Describe(constraint);
  }
  switch (constraint.kind) {
    case ast::ConstraintKind::kPrimaryKey:
      return "the primary key";
    case ast::ConstraintKind::kUnique:
      return "the UNIQUE constraint on " + QuotedList(PlaceOf(constraint));
    case ast::ConstraintKind::kForeignKey:
      return "the foreign key on " + QuotedList(PlaceOf(constraint));
    case ast::ConstraintKind::kCheck:
      break;
  }
  return "the CHECK constraint";
}

class TableDifferences {
 public:
  TableDifferences(const catalog::Key& key, const ast::Table& before,
                   const ast::Table& restored, std::vector<Difference>& found)
      : key_(key), before_(before), restored_(restored), found_(found) {}

  void Find(ConstraintPairs pairs) {
    Columns();
    Constraints(std::move(pairs));
    Option(before_.strict, restored_.strict, "STRICT");
    Option(before_.without_rowid, restored_.without_rowid, "WITHOUT ROWID");
  }

 private:
  void Add(const std::string& column, std::string text) {
    found_.push_back({key_, sql::FoldCase(column), std::move(text)});
  }

  std::string SubjectOf(const ast::Column& before,
                        const ast::Column& restored) const {
    const std::string& table = before_.name.text;
    if (IsInKey(before_, before) || IsInKey(restored_, before)) {
      return KeySubject(table);
    }
    return before.not_null != restored.not_null
               ? NotNullSubject(table, before.name.text)
               : "";
  }

  static bool IsInKey(const ast::Table& table, const ast::Column& column) {
    return llvm::any_of(ast::PrimaryKey(table), [&](const std::string& name) {
      return sql::EqualsIgnoringCase(name, column.name.text);
    });
  }

  std::string OfTable() const {
    return " of table " + Quote(before_.name.text) + " ";
  }

  void Columns() {
    for (const ast::Column& column : before_.columns) {
      const ast::Column* other = FindColumn(restored_, column.name.text);
      const std::string name = "column " + Quote(column.name.text) + OfTable();
      if (other == nullptr) {
        Add(column.name.text, name + "is missing");
      } else if (!SameColumn(column, *other)) {
        Add(column.name.text, name + DescribeColumn(column, *other));
        found_.back().subject = SubjectOf(column, *other);
      }
    }
    for (const ast::Column& column : restored_.columns) {
      if (FindColumn(before_, column.name.text) == nullptr) {
        Add(column.name.text,
            "column " + Quote(column.name.text) + OfTable() + "is still there");
      }
    }
  }

  void Constraints(ConstraintPairs pairs) {
    auto& added = pairs.only_right;
    RemoveInlineOfMissing(restored_, pairs.only_left);
    RemoveInlineOfMissing(before_, added);
    for (const ast::Constraint* constraint : pairs.only_left) {
      const auto changed = llvm::find_if(added, [&](const auto* other) {
        return IsChangeOf(*constraint, *other);
      });
      if (changed == added.end()) {
        Add("", Describe(*constraint) + OfTable() + "is missing");
        NoteKey(*constraint);
      } else {
        Add("", DescribePlace(*constraint) + OfTable() + "is " +
                    PrintUnnamed(**changed) + " instead of " +
                    PrintUnnamed(*constraint));
        NoteKey(*constraint);
        added.erase(changed);
      }
    }
    for (const ast::Constraint* constraint : added) {
      Add("", Describe(*constraint) + OfTable() + "is still there");
      NoteKey(*constraint);
    }
  }

  // The difference found last is that of the constraint.
  void NoteKey(const ast::Constraint& constraint) {
    if (constraint.kind == ast::ConstraintKind::kPrimaryKey) {
      found_.back().subject = KeySubject(before_.name.text);
    }
  }

  void Option(bool before, bool restored, const std::string& name) {
    if (before != restored) {
      Add("", "table " + Quote(before_.name.text) +
                  (restored ? " is " : " is not ") + name);
    }
  }

  const catalog::Key& key_;
  const ast::Table& before_;
  const ast::Table& restored_;
  std::vector<Difference>& found_;
};

void Describe(const Catalog::Change& change, const Catalog& of_before,
              const Catalog& of_restored, std::vector<Difference>& found) {
  const ObjectPtr& object = change.before ? change.before : change.after;
  const std::string name =
      std::string(catalog::ObjectKindName(object->kind())) + " " +
      Quote(object->name());
  if (!change.after) {
    found.push_back({change.key, "", name + " is missing"});
    return;
  }
  if (!change.before) {
    found.push_back({change.key, "", name + " is still there"});
    return;
  }
  if (const auto* before =
          std::get_if<ast::Table>(&change.before->definition)) {
    const auto& restored = std::get<ast::Table>(change.after->definition);
    TableDifferences(change.key, *before, restored, found)
        .Find(PairConstraints({*before, of_before}, {restored, of_restored}));
    return;
  }
  const auto print = [](const ObjectPtr& of) {
    return std::visit([](const auto& it) { return ast::Print(it); },
                      of->definition);
  };
  found.push_back({change.key, "",
                   name + " is " + Quote(print(change.after)) + " instead of " +
                       Quote(print(change.before))});
}

// An index or trigger of a table that is itself there in one of the two only.
bool GoesWithItsTable(const Catalog::Change& change, const Catalog& before,
                      const Catalog& restored) {
  const ObjectPtr& object = change.before ? change.before : change.after;
  const std::string* table = object->table();
  return table != nullptr && (!change.before || !change.after) &&
         (before.FindTable(*table) == nullptr) !=
             (restored.FindTable(*table) == nullptr);
}

// Whether the step changes what differs, which is called `name` then.
bool Changes(const catalog::Step& step, const Difference& difference,
             const std::string& name) {
  const ObjectPtr before = step.before.Find(difference.object.kind, name);
  const ObjectPtr after = step.after.Find(difference.object.kind, name);
  if (difference.column.empty()) {
    return !SameObject(before, after);
  }
  const auto find = [&](const ObjectPtr& object) -> const ast::Column* {
    return object ? FindColumn(std::get<ast::Table>(object->definition),
                               difference.column)
                  : nullptr;
  };
  const ast::Column* left = find(before);
  const ast::Column* right = find(after);
  if (left == nullptr || right == nullptr) {
    return left != right;
  }
  return !ast::SameDefinition(*left, *right);
}

std::vector<std::string> ColumnOrder(const ast::Table& table) {
  std::vector<std::string> names;
  for (const ast::Column& column : table.columns) {
    names.push_back(sql::FoldCase(column.name.text));
  }
  return names;
}

}  // namespace

std::string NameSubject(std::string_view table) {
  return "name of " + Quote(sql::FoldCase(table));
}

std::string KeySubject(std::string_view table) {
  return "key of " + Quote(sql::FoldCase(table));
}

std::string NotNullSubject(std::string_view table, std::string_view column) {
  return "NOT NULL of " + Quote(sql::FoldCase(column)) + " of " +
         Quote(sql::FoldCase(table));
}

std::vector<Difference> DifferencesOf(const Catalog& before,
                                      const Catalog& restored) {
  std::vector<Difference> found;
  for (const Catalog::Change& change : Catalog::Changes(before, restored)) {
    if (!SameObject(change.before, change.after) &&
        !GoesWithItsTable(change, before, restored)) {
      Describe(change, before, restored, found);
    }
  }
  return found;
}

const catalog::Step* LastChangeOf(const catalog::Simulation& section,
                                  const Difference& difference) {
  std::set<std::string> names{difference.object.name};
  if (difference.object.kind == ObjectKind::kTable) {
    names.merge(NamesOf(section, 0, difference.object.name));
  }
  const catalog::Step* renamed = nullptr;
  for (const catalog::Step& step : llvm::reverse(section.steps)) {
    const bool changes = std::any_of(
        names.begin(), names.end(),
        [&](const auto& name) { return Changes(step, difference, name); });
    if (!changes) {
      continue;
    }
    // The rename of a table does not change its columns.
    if (As<ast::RenameTable>(step) == nullptr || difference.column.empty()) {
      return &step;
    }
    renamed = renamed == nullptr ? &step : renamed;
  }
  return renamed;
}

std::vector<std::string> ReorderedTables(const Catalog& before,
                                         const Catalog& restored) {
  std::vector<std::string> tables;
  for (const Catalog::Change& change : Catalog::Changes(before, restored)) {
    if (change.key.kind != ObjectKind::kTable || !change.before ||
        !change.after) {
      continue;
    }
    auto left = ColumnOrder(std::get<ast::Table>(change.before->definition));
    auto right = ColumnOrder(std::get<ast::Table>(change.after->definition));
    if (left == right) {
      continue;
    }
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    if (left == right) {
      tables.push_back(change.key.name);
    }
  }
  return tables;
}

source::Location Blame(const MigrationContext& context,
                       const Difference& difference) {
  if (const auto* step = LastChangeOf(context.upgrade, difference)) {
    return LocationOf(context, *step);
  }
  const auto* step = LastChangeOf(context.downgrade.simulation, difference);
  if (step != nullptr && !context.downgrade.is_auto) {
    return LocationOf(context, *step);
  }
  return DowngradeOf(context);
}

source::Location DowngradeOf(const MigrationContext& context) {
  const ast::Migration& migration = context.migration();
  if (!migration.downgrade) {
    return context.At(migration.upgrade.keyword);
  }
  return context.At(migration.downgrade->is_auto
                        ? migration.downgrade->auto_range
                        : migration.downgrade->keyword);
}

source::Location LocationOfUp(const MigrationContext& context,
                              std::size_t statement) {
  const auto& statements = context.up_program->statements;
  return LocationOf(context, context.upgrade.steps[statements[statement].step]);
}

source::Location LocationOfDown(const MigrationContext& context,
                                std::size_t statement) {
  if (context.down_program == nullptr ||
      statement >= context.down_program->statements.size()) {
    return DowngradeOf(context);
  }
  const Downgrade& downgrade = context.downgrade;
  const std::size_t step = context.down_program->statements[statement].step;
  return LocationOf(context, downgrade.is_auto
                                 ? context.upgrade.steps[downgrade.undoes[step]]
                                 : downgrade.simulation.steps[step]);
}

bool DowngradeIsBroken(const MigrationContext& context) {
  const Downgrade& downgrade = context.downgrade;
  const bool is_empty =
      !downgrade.is_auto && downgrade.simulation.steps.empty();
  return (is_empty && !(context.upgrade.before == context.upgrade.after)) ||
         !downgrade.derivable || !downgrade.simulation.applies ||
         llvm::is_contained(downgrade.tolerated, false);
}

}  // namespace palindrome::checks
