// The inverse of each statement.

#include <algorithm>
#include <utility>

#include "compiler/catalog/create_again.h"
#include "compiler/reversal/reversal.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

using catalog::Catalog;
using catalog::ObjectKind;
using catalog::ObjectPtr;

template <typename Node>
ast::Statement Make(Node node) {
  ast::Statement statement;
  statement.node = std::move(node);
  return statement;
}

template <typename Node>
Inverse One(Node node) {
  return {{Make(std::move(node))}, ""};
}

Inverse Refuse(std::string reason) {
  return {{}, std::move(reason)};
}

// A name as a derived statement has it: without a place.
ast::Name Bare(std::string text) {
  return {std::move(text), {}};
}
ast::Name Bare(const ast::Name& name) {
  return Bare(name.text);
}

bool IsOf(const ast::Constraint& constraint, const std::string& column) {
  return constraint.is_inline &&
         sql::EqualsIgnoringCase(constraint.owner.text, column);
}

// Creates the object again with the indexes and triggers that went with it.
Inverse CreateWithOwn(const ObjectPtr& object, const Catalog& before) {
  Inverse inverse;
  if (!object) {
    return inverse;
  }
  inverse.statements.push_back(catalog::CreateAgain(*object));
  auto users = before.UsersOf(object->name());
  catalog::SortByCreation(users);
  for (const ObjectPtr& user : users) {
    const std::string* owner = user->table();
    if (owner != nullptr && sql::EqualsIgnoringCase(*owner, object->name())) {
      inverse.statements.push_back(catalog::CreateAgain(*user));
    }
  }
  return inverse;
}

// The inverse of a change to a column: what `make` says of the column as it
// was.
template <typename Node, typename MakeInverse>
Inverse OfColumn(const Node& node, const Catalog& before, MakeInverse make) {
  const ast::Table* table = before.FindTable(node.table.text);
  if (table == nullptr) {
    return {};
  }
  for (const ast::Column& column : table->columns) {
    if (sql::EqualsIgnoringCase(column.name.text, node.column.text)) {
      return make(*table, column);
    }
  }
  return {};
}

struct Inverter {
  const Catalog& before;

  Inverse operator()(const ast::CreateTable& node) const {
    if (node.if_not_exists && before.FindTable(node.table.name.text)) {
      return {};
    }
    return One(ast::DropTable{Bare(node.table.name), false});
  }

  Inverse operator()(const ast::DropTable& node) const {
    const ObjectPtr virtual_table =
        before.Find(ObjectKind::kVirtualTable, node.table.text);
    return CreateWithOwn(virtual_table
                             ? virtual_table
                             : before.Find(ObjectKind::kTable, node.table.text),
                         before);
  }

  Inverse operator()(const ast::RenameTable& node) const {
    // As it is spelt, not as the statement spells it.
    const ObjectPtr table = before.FindRelation(node.table.text);
    return One(ast::RenameTable{Bare(node.to),
                                Bare(table ? table->name() : node.table.text)});
  }

  Inverse operator()(const ast::AddColumn& node) const {
    return One(ast::DropColumn{Bare(node.table), Bare(node.column.name)});
  }

  Inverse operator()(const ast::DropColumn& node) const {
    return OfColumn(
        node, before, [&](const ast::Table& table, const ast::Column& column) {
          ast::AddColumn add{Bare(node.table), column, {}, ""};
          for (const ast::Constraint& constraint : table.constraints) {
            if (IsOf(constraint, column.name.text)) {
              add.constraints.push_back(constraint);
            }
          }
          const auto index =
              static_cast<std::size_t>(&column - table.columns.data());
          if (index + 1 < table.columns.size()) {
            add.before = table.columns[index + 1].name.text;
          }
          return One(std::move(add));
        });
  }

  Inverse operator()(const ast::RenameColumn& node) const {
    return OfColumn(node, before,
                    [&](const ast::Table&, const ast::Column& column) {
                      return One(ast::RenameColumn{
                          Bare(node.table), Bare(node.to), Bare(column.name)});
                    });
  }

  Inverse operator()(const ast::AlterColumnType& node) const {
    if (!node.using_expression.empty()) {
      return Refuse(
          "`USING` computes new values, and nothing keeps the old ones, as "
          "`PRESERVE` would");
    }
    return OfColumn(
        node, before, [&](const ast::Table&, const ast::Column& column) {
          return One(ast::AlterColumnType{
              Bare(node.table), Bare(node.column), column.type, {}, {}});
        });
  }

  Inverse operator()(const ast::SetNotNull& node) const {
    return OfColumn(
        node, before, [&](const ast::Table&, const ast::Column& column) {
          return column.not_null ? Inverse()
                                 : One(ast::DropNotNull{Bare(node.table),
                                                        Bare(node.column)});
        });
  }

  Inverse operator()(const ast::DropNotNull& node) const {
    return OfColumn(
        node, before, [&](const ast::Table&, const ast::Column& column) {
          if (!column.not_null) {
            return Inverse();
          }
          if (!column.not_null_name.empty() ||
              column.not_null_conflict != ast::ConflictAction::kUnspecified) {
            return Refuse(
                "the NOT NULL has a name or an ON CONFLICT clause, which `SET "
                "NOT NULL` cannot say");
          }
          return One(ast::SetNotNull{Bare(node.table), Bare(node.column)});
        });
  }

  template <typename Node>
  Inverse RestoreDefault(const Node& node) const {
    return OfColumn(
        node, before, [&](const ast::Table&, const ast::Column& column) {
          if (!column.default_value) {
            return One(ast::DropDefault{Bare(node.table), Bare(node.column)});
          }
          return One(ast::SetDefault{Bare(node.table), Bare(node.column),
                                     *column.default_value,
                                     column.default_in_parentheses});
        });
  }
  Inverse operator()(const ast::SetDefault& node) const {
    return RestoreDefault(node);
  }
  Inverse operator()(const ast::DropDefault& node) const {
    return RestoreDefault(node);
  }

  Inverse operator()(const ast::AddConstraint& node) const {
    return One(
        ast::DropConstraint{Bare(node.table), Bare(node.constraint.name)});
  }

  Inverse operator()(const ast::DropConstraint& node) const {
    const ast::Table* table = before.FindTable(node.table.text);
    if (table == nullptr) {
      return {};
    }
    for (const ast::Constraint& constraint : table->constraints) {
      if (sql::EqualsIgnoringCase(constraint.name.text, node.constraint.text)) {
        return One(ast::AddConstraint{Bare(node.table), constraint});
      }
    }
    return {};
  }

  Inverse operator()(const ast::RenameConstraint& node) const {
    return One(ast::RenameConstraint{Bare(node.table), Bare(node.to),
                                     Bare(node.constraint)});
  }

  Inverse operator()(const ast::CreateIndex& node) const {
    if (node.if_not_exists &&
        before.Find(ObjectKind::kIndex, node.index.name.text)) {
      return {};
    }
    return One(ast::DropIndex{Bare(node.index.name), false});
  }

  Inverse operator()(const ast::DropIndex& node) const {
    return CreateWithOwn(before.Find(ObjectKind::kIndex, node.index.text),
                         before);
  }

  Inverse operator()(const ast::CreateView& node) const {
    if (node.if_not_exists && before.FindView(node.view.name.text)) {
      return {};
    }
    return One(ast::DropView{Bare(node.view.name), false});
  }

  Inverse operator()(const ast::DropView& node) const {
    return CreateWithOwn(before.Find(ObjectKind::kView, node.view.text),
                         before);
  }

  Inverse operator()(const ast::CreateTrigger& node) const {
    if (node.if_not_exists &&
        before.Find(ObjectKind::kTrigger, node.trigger.name.text)) {
      return {};
    }
    return One(ast::DropTrigger{Bare(node.trigger.name), false});
  }

  Inverse operator()(const ast::DropTrigger& node) const {
    return CreateWithOwn(before.Find(ObjectKind::kTrigger, node.trigger.text),
                         before);
  }

  // The archives are there again, but what they held is not.
  Inverse operator()(const ast::PurgeArchive& node) const {
    Inverse inverse;
    for (const ObjectPtr& archive : before.ArchivesOf(node.revision.text)) {
      inverse.statements.push_back(catalog::CreateAgain(*archive));
    }
    return inverse;
  }
  // Derived, and never undone.
  Inverse operator()(const ast::Restore&) const { return {}; }
  Inverse operator()(const ast::DropArchive&) const { return {}; }
  Inverse operator()(const ast::CreateArchive&) const { return {}; }

  Inverse operator()(const ast::Insert&) const {
    return Refuse(
        "which rows it adds is known only when it runs, and no `PRESERVE` "
        "notes them");
  }
  Inverse operator()(const ast::Update&) const {
    return Refuse(
        "nothing keeps the values that it overwrites, as `PRESERVE` would");
  }
  Inverse operator()(const ast::Delete&) const {
    return Refuse(
        "nothing keeps the rows that it deletes, as `PRESERVE` would");
  }
  Inverse operator()(const ast::Opaque&) const {
    return Refuse("the compiler does not know what the statement means");
  }
  Inverse operator()(const std::monostate&) const { return {}; }
};

}  // namespace

Inverse Invert(const ast::Statement& statement, const Catalog& before) {
  return std::visit(Inverter{before}, statement.node);
}

}  // namespace palindrome::reversal
