#include "compiler/checks/old_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

struct Names {
  std::set<std::string> tables;
  std::set<std::string> columns;
  std::set<catalog::Use> uses;  // Of the file.
};

Names NamesOf(const catalog::Simulation& section, std::size_t step,
              std::string_view table, const std::vector<std::string>& columns) {
  Names names;
  names.tables = checks::NamesOf(section, step, table);
  for (const std::string& column : columns) {
    names.uses.merge(
        NamesOfColumn(section, step, {std::string(table), column}));
  }
  for (const catalog::Use& use : names.uses) {
    names.columns.insert(use.column);
  }
  return names;
}

bool Mentions(const ast::Statement& statement, const Names& names) {
  const std::vector<std::string> all = ast::AllNames(statement.tokens);
  return std::any_of(all.begin(), all.end(), [&](const std::string& name) {
    return names.columns.contains(name);
  });
}

bool IsTable(const ast::Name& table, const Names& names) {
  return names.tables.contains(sql::FoldCase(table.text));
}

bool DeletesSome(const ast::Statement& statement, const Names& names) {
  const auto* node = std::get_if<ast::Delete>(&statement.node);
  return node != nullptr && IsTable(node->table, names) &&
         (Mentions(statement, names) || !HasWord(statement, {"where"}));
}

bool UpdatesSome(const ast::Statement& statement, const Names& names) {
  const auto* node = std::get_if<ast::Update>(&statement.node);
  return node != nullptr && IsTable(node->table, names) &&
         Mentions(statement, names);
}

// Names of ancestors are followed back; a name that was taken twice may make
// it see an UPDATE of another table, which errs to the side of silence.
void FollowBack(const ast::Statement& statement, Names& names) {
  if (const auto* rename = std::get_if<ast::RenameTable>(&statement.node)) {
    if (IsTable(rename->to, names)) {
      names.tables.insert(sql::FoldCase(rename->table.text));
    }
  } else if (const auto* column =
                 std::get_if<ast::RenameColumn>(&statement.node)) {
    if (IsTable(column->table, names) &&
        names.columns.contains(sql::FoldCase(column->to.text))) {
      names.columns.insert(sql::FoldCase(column->column.text));
    }
  }
}

std::vector<bool> AncestorsOf(const MigrationContext& context) {
  const auto& revisions = context.graph.revisions;
  std::vector<bool> is_ancestor(revisions.size());
  std::vector<std::size_t> left;
  const auto add = [&](const graph::Revision& revision) {
    for (const auto* needed : {&revision.parents, &revision.depends_on}) {
      for (const std::size_t index : *needed) {
        if (!is_ancestor[index]) {
          is_ancestor[index] = true;
          left.push_back(index);
        }
      }
    }
  };
  add(context.revision);
  while (!left.empty()) {
    const std::size_t index = left.back();
    left.pop_back();
    add(revisions[index]);
  }
  return is_ancestor;
}

bool IsMendedBefore(const MigrationContext& context, Names names) {
  const auto& revisions = context.graph.revisions;
  const std::vector<bool> is_ancestor = AncestorsOf(context);
  for (std::size_t i = revisions.size(); i-- > 0;) {
    if (!is_ancestor[i]) {
      continue;
    }
    for (const ast::Item& item :
         llvm::reverse(revisions[i].migration.upgrade.items)) {
      if (UpdatesSome(item.statement, names) ||
          DeletesSome(item.statement, names)) {
        return true;
      }
      FollowBack(item.statement, names);
    }
  }
  return false;
}

bool IsUnreleased(const MigrationContext& context, const Names& names) {
  if (context.graph.lock.file == nullptr) {
    return false;
  }
  const auto& revisions = context.graph.revisions;
  return std::any_of(
      names.tables.begin(), names.tables.end(), [&](const std::string& name) {
        const catalog::ObjectPtr table =
            context.upgrade.before.Find(catalog::ObjectKind::kTable, name);
        return table && std::any_of(revisions.begin(), revisions.end(),
                                    [&](const graph::Revision& revision) {
                                      return !revision.locked &&
                                             revision.migration.file ==
                                                 table->created.file;
                                    });
      });
}

}  // namespace

bool IsMended(const MigrationContext& context, std::size_t step,
              std::string_view table, const std::vector<std::string>& columns) {
  const catalog::Simulation& upgrade = context.upgrade;
  const Names names = NamesOf(upgrade, step, table, columns);
  if (IsUnreleased(context, names)) {
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
    if (std::any_of(names.uses.begin(), names.uses.end(), updates) ||
        DeletesSome(earlier.item->statement, names)) {
      return true;
    }
  }
  return IsMendedBefore(context, names);
}

bool IsMendedByAncestor(const MigrationContext& context, std::size_t step,
                        std::string_view table,
                        const std::vector<std::string>& columns) {
  return IsMendedBefore(context,
                        NamesOf(context.upgrade, step, table, columns));
}

bool HadUniqueIndex(const MigrationContext& context, std::string_view name) {
  const auto& revisions = context.graph.revisions;
  const std::vector<bool> is_ancestor = AncestorsOf(context);
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
