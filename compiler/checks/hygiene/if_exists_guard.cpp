#include <algorithm>
#include <string>
#include <type_traits>
#include <variant>

#include "compiler/catalog/catalog.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kCreates, kIfExistsGuard,
                "`{0}` is there already, so that `IF NOT EXISTS` skips the "
                "statement, and what it says of `{0}` counts for nothing; "
                "remove the statement, or the guard and fix what it meets",
                std::string);
PALINDROME_TEXT(kDrops, kIfExistsGuard,
                "there is no `{0}`, so that `IF EXISTS` skips the statement; "
                "remove the statement, or write the name of what is meant",
                std::string);

// The IF of the statement to its EXISTS.
source::Range GuardOf(const ast::Statement& statement) {
  source::Range range = statement.range;
  bool found = false;
  for (const ast::Token& token : statement.tokens.tokens) {
    if (!found && sql::EqualsIgnoringCase(token.spelling, "if")) {
      found = true;
      range.begin = token.range.begin;
    }
    if (found && sql::EqualsIgnoringCase(token.spelling, "exists")) {
      range.end = token.range.end;
      return range;
    }
  }
  return statement.range;
}

// Whether what is there is what the statement would make.
bool IsThere(const catalog::ObjectPtr& there, const catalog::Step& step) {
  if (!there) {
    return false;
  }
  const catalog::Definition& definition = there->definition;
  if (const auto* create = As<ast::CreateTable>(step)) {
    const auto* table = std::get_if<ast::Table>(&definition);
    return table != nullptr && ast::SameDefinition(*table, create->table);
  }
  if (const auto* create = As<ast::CreateIndex>(step)) {
    const auto* index = std::get_if<ast::Index>(&definition);
    return index != nullptr && ast::SameDefinition(*index, create->index);
  }
  if (const auto* create = As<ast::CreateView>(step)) {
    const auto* view = std::get_if<ast::View>(&definition);
    return view != nullptr && ast::SameDefinition(*view, create->view);
  }
  const auto* create = As<ast::CreateTrigger>(step);
  const auto* trigger = std::get_if<ast::Trigger>(&definition);
  return create != nullptr && trigger != nullptr &&
         ast::SameDefinition(*trigger, create->trigger);
}

// Nothing else hangs on the statement, so that the file means the same without
// it.
bool StandsAlone(const MigrationContext& context, const catalog::Step& step) {
  const ast::Migration& migration = context.migration();
  const source::Range range = step.item->statement.range;
  const bool is_allowed =
      std::any_of(migration.allows.begin(), migration.allows.end(),
                  [&](const ast::Allow& allow) {
                    return allow.covers.contains(range) &&
                           migration.upgrade.range.contains(allow.covers);
                  });
  return context.downgrade.is_auto && context.upgrade.steps.size() > 1 &&
         step.item->for_block.begin == step.item->for_block.end && !is_allowed;
}

diagnostics::Fix WithoutStatement(const MigrationContext& context,
                                  const catalog::Step& step, bool is_sure) {
  return diagnostics::RemoveStatement(
      is_sure && StandsAlone(context, step) ? diagnostics::By::kTool
                                            : diagnostics::By::kPerson,
      LocationOf(context, step), "the statement");
}

// The name that a guarded statement is about; empty: it has no guard.
struct Guarded {
  std::string name;
  bool creates = false;
};

Guarded GuardedIn(const ast::StatementNode& statement) {
  return std::visit(
      [](const auto& node) -> Guarded {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (requires { node.if_not_exists; }) {
          if (!node.if_not_exists) {
            return {};
          }
          if constexpr (std::is_same_v<Node, ast::CreateTable>) {
            return {node.table.name.text, true};
          } else if constexpr (std::is_same_v<Node, ast::CreateIndex>) {
            return {node.index.name.text, true};
          } else if constexpr (std::is_same_v<Node, ast::CreateView>) {
            return {node.view.name.text, true};
          } else {
            return {node.trigger.name.text, true};
          }
        } else if constexpr (requires { node.if_exists; }) {
          if (!node.if_exists) {
            return {};
          }
          if constexpr (std::is_same_v<Node, ast::DropTable>) {
            return {node.table.text};
          } else if constexpr (std::is_same_v<Node, ast::DropIndex>) {
            return {node.index.text};
          } else if constexpr (std::is_same_v<Node, ast::DropView>) {
            return {node.view.text};
          } else {
            return {node.trigger.text};
          }
        } else {
          return {};
        }
      },
      statement);
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : context.upgrade.steps) {
    const ast::Statement& statement = step.item->statement;
    const Guarded guarded = GuardedIn(statement.node);
    if (!step.applies || guarded.name.empty() ||
        step.before.identity() != step.after.identity()) {
      continue;
    }
    const source::Location place = context.At(GuardOf(statement));
    if (!guarded.creates) {
      emitter.Emit(diagnostics::Make(kDrops, place, guarded.name)
                       .Mended(WithoutStatement(context, step,
                                                /*is_sure=*/false)));
      continue;
    }
    auto diagnostic = diagnostics::Make(kCreates, place, guarded.name);
    const catalog::ObjectPtr relation = step.before.FindRelation(guarded.name);
    const catalog::ObjectPtr there =
        As<ast::CreateTrigger>(step) != nullptr
            ? step.before.Find(catalog::ObjectKind::kTrigger, guarded.name)
            : relation;
    if (there) {
      diagnostic.With(there->created, "it is made here");
    }
    diagnostic.Mended(WithoutStatement(context, step, IsThere(there, step)));
    emitter.Emit(std::move(diagnostic));
  }
}

}  // namespace

constinit const Rule kIfExistsGuardRule = {
    .kind = diagnostics::Kind::kIfExistsGuard,
    .summary = "IF EXISTS or IF NOT EXISTS makes the engine skip a statement",
    .rationale = R"md(
A guard says nothing when it skips its statement. `CREATE TABLE IF NOT EXISTS` over
a table of another shape succeeds and changes nothing, and so does `CREATE UNIQUE
INDEX IF NOT EXISTS` over an index that is not unique: the migration counts as
applied, and what it was written for is not there.

The history tells what is there before each statement. Where the guard skips one,
either the statement is not needed, or the guard hides that it fails. A guard whose
statement runs is not reported: it does nothing, and a database that has drifted is
refused before.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
  CREATE INDEX ix_users_mail ON users (mail);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_phone.sql
MIGRATION 'add phone'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE UNIQUE INDEX IF NOT EXISTS ix_users_mail ON users (mail);
  ALTER TABLE users ADD COLUMN phone TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
