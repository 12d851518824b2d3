#include "compiler/autogenerate/alter_table.h"

#include <algorithm>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::autogenerate {
namespace {

using ast::Column;
using ast::Constraint;
using ast::Table;

template <typename Node>
ast::Statement Make(Node node) {
  ast::Statement statement;
  statement.node = std::move(node);
  return statement;
}

// Without a place, as a derived statement has it.
ast::Name Bare(const ast::Name& name) {
  return {name.text, {}};
}

const Column* FindColumn(const Table& table, const std::string& name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [&](const Column& column) {
        return sql::EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

bool HasConstraint(const Table& table, const Constraint& constraint) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const Constraint& other) {
                       return SameDefinition(other, constraint);
                     });
}

// The other has no such column, or it is made anew.
bool IsOwn(const std::string& column, const Table& other,
           const ChangedColumns& changed) {
  return FindColumn(other, column) == nullptr ||
         changed.anew.contains(sql::FoldCase(column));
}

// Written with a column that only `table` of the two has, so that it comes and
// goes with it.
bool BelongsToColumn(const Constraint& constraint, const Table& table,
                     const Table& other, const ChangedColumns& changed) {
  return constraint.is_inline &&
         FindColumn(table, constraint.owner.text) != nullptr &&
         IsOwn(constraint.owner.text, other, changed);
}

bool Mentions(const ast::Expression& expression, const std::string& name) {
  const auto names = ast::ColumnNames(expression);
  return std::find(names.begin(), names.end(), sql::FoldCase(name)) !=
         names.end();
}

// In its value, or in a CHECK that is written with it.
bool Mentions(const Table& table, const Column& column,
              const std::string& name) {
  return (column.generated && Mentions(column.generated->expression, name)) ||
         std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const Constraint& constraint) {
                       return constraint.is_inline &&
                              sql::EqualsIgnoringCase(constraint.owner.text,
                                                      column.name.text) &&
                              Mentions(constraint.check, name);
                     });
}

// The columns of one table that the other has not, what a column uses before
// it.
std::vector<const Column*> OwnColumns(const Table& table, const Table& other,
                                      const ChangedColumns& changed) {
  std::vector<const Column*> left;
  for (const Column& column : table.columns) {
    if (IsOwn(column.name.text, other, changed)) {
      left.push_back(&column);
    }
  }
  std::vector<const Column*> ordered;
  while (!left.empty()) {
    // One that uses none of those left; a cycle is no table.
    const auto next =
        std::find_if(left.begin(), left.end(), [&](const Column* column) {
          return std::none_of(
              left.begin(), left.end(), [&](const Column* used) {
                return used != column &&
                       Mentions(table, *column, used->name.text);
              });
        });
    const auto taken = next == left.end() ? left.begin() : next;
    ordered.push_back(*taken);
    left.erase(taken);
  }
  return ordered;
}

bool IsForeignKey(const Constraint& constraint) {
  return constraint.kind == ast::ConstraintKind::kForeignKey;
}

// Whether `after` has the constraint under another name, which is free once
// columns are dropped. Nothing is guessed: it means the same.
bool IsRenamed(const Constraint& from, const Constraint& to,
               const Table& before, const Table& after,
               const ChangedColumns& changed) {
  Constraint renamed = from;
  renamed.name = to.name;
  return !from.name.empty() && !to.name.empty() &&
         SameDefinition(renamed, to) && !HasConstraint(after, from) &&
         std::none_of(before.constraints.begin(), before.constraints.end(),
                      [&](const Constraint& other) {
                        return sql::EqualsIgnoringCase(other.name.text,
                                                       to.name.text) &&
                               !BelongsToColumn(other, before, after, changed);
                      });
}

// Works out one alteration.
class Altering {
 public:
  Altering(const Table& before, const Table& after,
           const ChangedTables& changed_tables)
      : before_(before),
        after_(after),
        changed_tables_(changed_tables),
        changed_(FindChangedColumns(before, after)) {}
  Alteration Take();

 private:
  // Null: it is not renamed.
  const Constraint* RenamedTo(const Constraint& from) const;
  bool IsNewName(const Constraint& to) const;
  // Whether the other table has it too, and not with a column of its own.
  bool IsKept(const Constraint& constraint, const Table& table,
              const Table& other) const {
    return std::any_of(other.constraints.begin(), other.constraints.end(),
                       [&](const Constraint& same) {
                         return SameDefinition(same, constraint) &&
                                !BelongsToColumn(same, other, table, changed_);
                       });
  }
  // It is kept, and need not go in between.
  bool Stays(const Constraint& constraint, const Table& table,
             const Table& other) const {
    return IsKept(constraint, table, other) &&
           !IsInTheWay(constraint, before_, changed_tables_);
  }
  void DropConstraints();
  void RenameConstraints();
  void DropColumns();
  void AddColumns(bool generated);
  void ChangeColumn(const Column& from, const Column& to);
  void ChangeNotNull(const Column& from, const Column& to);
  void ChangeDefault(const Column& from, const Column& to);
  void AddConstraints();

  ast::Name TableName() const { return Bare(before_.name); }
  template <typename Node>
  void Change(Node node) {
    result_.change.push_back(Make(std::move(node)));
  }
  void Refuse(const std::string& what) {
    result_.refusals.push_back("table `" + before_.name.text + "`: " + what);
  }
  void RefuseColumn(const Column& column, const std::string& what) {
    Refuse("column `" + column.name.text + "` " + what);
  }

  const Table& before_;
  const Table& after_;
  const ChangedTables& changed_tables_;
  const ChangedColumns changed_;
  Alteration result_;
};

void Altering::DropConstraints() {
  for (const Constraint& constraint : before_.constraints) {
    const bool goes = BelongsToColumn(constraint, before_, after_, changed_);
    if (!goes && (Stays(constraint, before_, after_) ||
                  RenamedTo(constraint) != nullptr)) {
      continue;
    }
    if (before_.without_rowid &&
        constraint.kind == ast::ConstraintKind::kPrimaryKey) {
      Refuse("is WITHOUT ROWID, and would lack a primary key in between");
      continue;
    }
    if (goes) {
      continue;
    }
    if (constraint.name.empty()) {
      Refuse("`" + ast::Print(constraint) +
             "` has no name by which it could be dropped" +
             (HasConstraint(after_, constraint)
                  ? ", as it has to be while a column of it changes"
                  : ""));
      continue;
    }
    auto& list = IsForeignKey(constraint) ? result_.drop_keys : result_.change;
    list.push_back(
        Make(ast::DropConstraint{TableName(), Bare(constraint.name)}));
  }
}

const Constraint* Altering::RenamedTo(const Constraint& from) const {
  const auto found =
      std::find_if(after_.constraints.begin(), after_.constraints.end(),
                   [&](const Constraint& to) {
                     return !IsInTheWay(from, before_, changed_tables_) &&
                            IsRenamed(from, to, before_, after_, changed_);
                   });
  return found == after_.constraints.end() ? nullptr : &*found;
}

bool Altering::IsNewName(const Constraint& to) const {
  return std::any_of(
      before_.constraints.begin(), before_.constraints.end(),
      [&](const Constraint& from) { return RenamedTo(from) == &to; });
}

void Altering::RenameConstraints() {
  for (const Constraint& constraint : before_.constraints) {
    if (const Constraint* to = RenamedTo(constraint)) {
      Change(ast::RenameConstraint{TableName(), Bare(constraint.name),
                                   Bare(to->name)});
    }
  }
}

void Altering::DropColumns() {
  auto columns = OwnColumns(before_, after_, changed_);
  std::reverse(columns.begin(), columns.end());
  for (const Column* column : columns) {
    Change(ast::DropColumn{TableName(), Bare(column->name)});
  }
}

void Altering::AddColumns(bool generated) {
  for (const Column* column : OwnColumns(after_, before_, changed_)) {
    if (column->generated.has_value() != generated) {
      continue;
    }
    ast::AddColumn add{TableName(), *column, {}, ""};
    for (const Constraint& constraint : after_.constraints) {
      if (constraint.is_inline &&
          sql::EqualsIgnoringCase(constraint.owner.text, column->name.text)) {
        add.constraints.push_back(constraint);
      }
    }
    Change(std::move(add));
  }
}

void Altering::ChangeNotNull(const Column& from, const Column& to) {
  const bool same_words =
      sql::EqualsIgnoringCase(from.not_null_name.text, to.not_null_name.text) &&
      from.not_null_conflict == to.not_null_conflict;
  if (from.not_null == to.not_null) {
    if (!same_words) {
      RefuseColumn(to,
                   "has another name or ON CONFLICT clause of its NOT NULL");
    }
  } else if (!to.not_null) {
    Change(ast::DropNotNull{TableName(), Bare(to.name)});
  } else if (!to.not_null_name.empty() ||
             to.not_null_conflict != ast::ConflictAction::kUnspecified) {
    RefuseColumn(to,
                 "gets a NOT NULL with a name or an ON CONFLICT clause, which "
                 "`SET NOT NULL` cannot say");
  } else {
    Change(ast::SetNotNull{TableName(), Bare(to.name)});
  }
}

void Altering::ChangeDefault(const Column& from, const Column& to) {
  Column same = from;
  same.default_value = to.default_value;
  if (SameDefinition(from, same)) {
    return;
  }
  if (to.default_value) {
    Change(ast::SetDefault{TableName(), Bare(to.name), *to.default_value,
                           to.default_in_parentheses});
  } else {
    Change(ast::DropDefault{TableName(), Bare(to.name)});
  }
}

void Altering::ChangeColumn(const Column& from, const Column& to) {
  Column same = from;
  same.generated = to.generated;
  if (!SameDefinition(from, same)) {
    RefuseColumn(to, "is generated otherwise");
  }
  same = from;
  same.collation = to.collation;
  if (!SameDefinition(from, same)) {
    RefuseColumn(to, "has another collation");
  }
  // A new default may be of the new type, and the old one of the old.
  ChangeDefault(from, to);
  same = from;
  same.type = to.type;
  if (!SameDefinition(from, same)) {
    Change(ast::AlterColumnType{TableName(), Bare(to.name), to.type, {}, {}});
  }
  ChangeNotNull(from, to);
}

void Altering::AddConstraints() {
  for (const Constraint& constraint : after_.constraints) {
    if (Stays(constraint, after_, before_) ||
        BelongsToColumn(constraint, after_, before_, changed_) ||
        IsNewName(constraint)) {
      continue;
    }
    if (constraint.name.empty() && IsKept(constraint, after_, before_)) {
      continue;  // It was refused.
    }
    if (constraint.name.empty()) {
      Refuse("`" + ast::Print(constraint) +
             "` has no name, which `ADD CONSTRAINT` needs");
      continue;
    }
    Constraint added = constraint;
    added.is_inline = false;
    added.owner = {};
    auto& list = IsForeignKey(constraint) ? result_.add_keys : result_.change;
    list.push_back(Make(ast::AddConstraint{TableName(), std::move(added)}));
  }
}

Alteration Altering::Take() {
  if (before_.strict != after_.strict) {
    Refuse(after_.strict ? "becomes STRICT" : "is STRICT no more");
  }
  if (before_.without_rowid != after_.without_rowid) {
    Refuse(after_.without_rowid ? "becomes WITHOUT ROWID"
                                : "is WITHOUT ROWID no more");
  }
  DropConstraints();
  DropColumns();
  RenameConstraints();
  AddColumns(/*generated=*/false);
  for (const Column& column : after_.columns) {
    if (const Column* from = FindColumn(before_, column.name.text);
        from != nullptr && !IsOwn(column.name.text, before_, changed_)) {
      ChangeColumn(*from, column);
    }
  }
  AddColumns(/*generated=*/true);
  AddConstraints();
  return std::move(result_);
}

}  // namespace

bool KeepsColumn(const Table& before, const Table& after) {
  return std::any_of(
      before.columns.begin(), before.columns.end(), [&](const Column& column) {
        const Column* kept = FindColumn(after, column.name.text);
        return kept != nullptr && !kept->generated && !column.generated;
      });
}

Alteration AlterTable(const Table& before, const Table& after,
                      const ChangedTables& changed) {
  return Altering(before, after, changed).Take();
}

}  // namespace palindrome::autogenerate
