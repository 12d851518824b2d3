#include "compiler/checks/old_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/ancestors.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

// Columns, each with the name of its table at the time.
using Uses = std::set<catalog::Use>;

// An empty column is the table itself.
Uses UsesOf(const catalog::Simulation& section, std::size_t step,
            std::string_view table, const std::vector<std::string>& columns) {
  Uses uses;
  for (const std::string& name : NamesOf(section, step, table)) {
    uses.insert({name, ""});
  }
  for (const std::string& column : columns) {
    uses.merge(NamesOfColumn(section, step, {std::string(table), column}));
  }
  return uses;
}

bool HasTable(const Uses& uses, const ast::Name& table) {
  return llvm::any_of(uses, [&](const catalog::Use& use) {
    return sql::EqualsIgnoringCase(use.table, table.text);
  });
}

// Whether the statement mentions one of the columns of the table.
bool Mentions(const ast::Statement& statement, const ast::Name& table,
              const Uses& uses) {
  const std::string folded = sql::FoldCase(table.text);
  return llvm::any_of(ast::AllNames(statement.tokens),
                      [&](const std::string& name) {
                        return uses.contains({folded, name});
                      });
}

bool DeletesSome(const ast::Statement& statement, const Uses& uses) {
  const auto* node = std::get_if<ast::Delete>(&statement.node);
  return node != nullptr && HasTable(uses, node->table) &&
         (Mentions(statement, node->table, uses) ||
          !HasWord(statement, {"where"}));
}

bool UpdatesSome(const ast::Statement& statement, const Uses& uses) {
  const auto* node = std::get_if<ast::Update>(&statement.node);
  return node != nullptr && Mentions(statement, node->table, uses);
}

// Gives `from` to those that are `to`; an empty column is any of the table.
void Rename(const catalog::Use& from, const catalog::Use& to, Uses& uses) {
  Uses renamed;
  for (const catalog::Use& use : uses) {
    const bool is_it =
        use.table == to.table && (to.column.empty() || use.column == to.column);
    renamed.insert(is_it ? catalog::Use{from.table, to.column.empty()
                                                        ? use.column
                                                        : from.column}
                         : use);
  }
  uses = std::move(renamed);
}

// Rows are copied into the table: any of the names there may be that of what
// they come from.
void FollowBackCopy(const ast::Statement& statement, const std::string& target,
                    Uses& uses) {
  const auto names = ast::AllNames(statement.tokens);
  Uses sources;
  for (const std::string& table : names) {
    for (const catalog::Use& use : uses) {
      if (use.table == target) {
        sources.insert({table, use.column});
      }
    }
    for (const std::string& column : names) {
      if (!sources.empty() && table != target) {
        sources.insert({table, column});
      }
    }
  }
  uses.merge(sources);
}

// What the columns were called before the statement of an ancestor.
void FollowBack(const ast::Statement& statement, Uses& uses) {
  if (const auto* rename = std::get_if<ast::RenameTable>(&statement.node)) {
    Rename({sql::FoldCase(rename->table.text), ""},
           {sql::FoldCase(rename->to.text), ""}, uses);
  } else if (const auto* column =
                 std::get_if<ast::RenameColumn>(&statement.node)) {
    const std::string table = sql::FoldCase(column->table.text);
    Rename({table, sql::FoldCase(column->column.text)},
           {table, sql::FoldCase(column->to.text)}, uses);
  } else if (const auto* add = std::get_if<ast::AddColumn>(&statement.node)) {
    uses.erase(
        {sql::FoldCase(add->table.text), sql::FoldCase(add->column.name.text)});
  } else if (const auto* create =
                 std::get_if<ast::CreateTable>(&statement.node)) {
    // Before it the name means another table, or none.
    std::erase_if(uses, [&](const catalog::Use& use) {
      return !create->if_not_exists &&
             sql::EqualsIgnoringCase(use.table, create->table.name.text);
    });
  } else if (const auto* insert = std::get_if<ast::Insert>(&statement.node)) {
    if (HasWord(statement, {"select"})) {
      FollowBackCopy(statement, sql::FoldCase(insert->table.text), uses);
    }
  } else if (std::holds_alternative<ast::Opaque>(statement.node)) {
    for (const std::string& name : ast::AllNames(statement.tokens)) {
      FollowBackCopy(statement, name, uses);
    }
  }
}

bool IsMendedBefore(const MigrationContext& context, Uses uses) {
  const auto& revisions = context.graph.revisions;
  const std::vector<bool> is_ancestor =
      AncestorsOf(context.graph, context.revision);
  for (std::size_t i = revisions.size(); i-- > 0 && !uses.empty();) {
    if (!is_ancestor[i]) {
      continue;
    }
    for (const ast::Item& item :
         llvm::reverse(revisions[i].migration.upgrade.items)) {
      if (UpdatesSome(item.statement, uses) ||
          DeletesSome(item.statement, uses)) {
        return true;
      }
      FollowBack(item.statement, uses);
    }
  }
  return false;
}

bool IsUnreleased(const MigrationContext& context, const Uses& uses) {
  if (context.graph.lock.file == nullptr) {
    return false;
  }
  return llvm::any_of(uses, [&](const catalog::Use& use) {
    const catalog::ObjectPtr table =
        context.upgrade.before.Find(catalog::ObjectKind::kTable, use.table);
    if (!table) {
      return false;
    }
    const auto found = context.revisions.find(table->created.file);
    return found != context.revisions.end() &&
           !context.graph.revisions[found->second].locked;
  });
}

}  // namespace

bool IsMended(const MigrationContext& context, std::size_t step,
              std::string_view table, const std::vector<std::string>& columns) {
  const catalog::Simulation& upgrade = context.upgrade;
  const Uses uses = UsesOf(upgrade, step, table, columns);
  if (IsUnreleased(context, uses)) {
    return true;
  }
  for (std::size_t i = 0; i < step; ++i) {
    const catalog::Step& earlier = upgrade.steps[i];
    if (!IsData(earlier)) {
      continue;
    }
    const Effects effects = EffectsOf(earlier);
    const auto updates = [&](const catalog::Use& use) {
      return Updates(effects, use.table, use.column);
    };
    if (llvm::any_of(uses, updates) ||
        DeletesSome(earlier.item->statement, uses)) {
      return true;
    }
  }
  return IsMendedBefore(context, uses);
}

bool IsOfNobody(const MigrationContext& context, std::size_t step,
                std::string_view table) {
  return IsUnreleased(context, UsesOf(context.upgrade, step, table, {}));
}

bool IsMendedByAncestor(const MigrationContext& context, std::size_t step,
                        std::string_view table,
                        const std::vector<std::string>& columns) {
  return IsMendedBefore(context, UsesOf(context.upgrade, step, table, columns));
}

bool HadUniqueIndex(const MigrationContext& context, std::string_view name) {
  const auto& revisions = context.graph.revisions;
  const std::vector<bool> is_ancestor =
      AncestorsOf(context.graph, context.revision);
  for (std::size_t i = revisions.size(); i-- > 0;) {
    if (!is_ancestor[i]) {
      continue;
    }
    for (const ast::Item& item : revisions[i].migration.upgrade.items) {
      const auto* create = std::get_if<ast::CreateIndex>(&item.statement.node);
      if (create != nullptr && create->index.unique &&
          sql::EqualsIgnoringCase(create->index.name.text, name)) {
        return true;
      }
    }
  }
  return false;
}

bool IsRefusedAt(const MigrationContext& context, std::size_t step) {
  if (context.rehearsal == nullptr || context.up_program == nullptr ||
      !context.rehearsal->refused ||
      context.rehearsal->refused->failure.phase != rehearse::Phase::kUp) {
    return false;
  }
  const auto& statements = context.up_program->statements;
  const std::size_t failed = context.rehearsal->refused->failure.statement;
  return failed < statements.size() && statements[failed].step == step;
}

bool IsShownSafe(const MigrationContext& context, std::string_view table) {
  const bool with_rows =
      context.settings == nullptr ||
      context.settings->rehearse == config::RehearseMode::kData;
  if (!with_rows || context.rehearsal == nullptr ||
      context.rehearsal->failure || context.rehearsal->refused) {
    return false;
  }
  const auto& empty = context.rehearsal->without_rows;
  return std::none_of(empty.begin(), empty.end(), [&](const auto& name) {
    return sql::EqualsIgnoringCase(name, table);
  });
}

diagnostics::Diagnostic WithRefusedRow(const MigrationContext& context,
                                       std::size_t step,
                                       diagnostics::Diagnostic diagnostic) {
  if (IsRefusedAt(context, step)) {
    const rehearse::Refused& refused = *context.rehearsal->refused;
    diagnostic.With(LocationOf(context, context.upgrade.steps[step]),
                    "it refuses such rows as `" + refused.row + "` of table `" +
                        refused.table + "`; it was rehearsed without " +
                        std::to_string(refused.count) + " of them");
  }
  return diagnostic;
}

}  // namespace palindrome::checks
