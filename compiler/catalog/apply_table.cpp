// CREATE TABLE, DROP TABLE and RENAME TO.

#include <algorithm>
#include <memory>

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

// `name` with references to table `from` spelt `to`.
void RenameReference(ast::Name& name, std::string_view from,
                     const std::string& to) {
  if (sql::EqualsIgnoringCase(name.text, from)) {
    name.text = to;
  }
}

ast::Table WithReferences(ast::Table table, std::string_view from,
                          const std::string& to) {
  for (ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kForeignKey) {
      RenameReference(constraint.references.table, from, to);
    }
  }
  return table;
}

// What the object uses, under the new name.
std::vector<Use> RenamedUses(const Object& user, const ast::RenameTable& node) {
  std::vector<Use> uses = user.uses;
  for (Use& use : uses) {
    if (sql::EqualsIgnoringCase(use.table, node.table.text)) {
      use.table = sql::FoldCase(node.to.text);
    }
  }
  std::sort(uses.begin(), uses.end());
  return uses;
}

// Follows the rename into what belongs to the table or refers to it. Why the
// engine refuses, if it does.
std::optional<diagnostics::Diagnostic> FollowRename(
    const ast::RenameTable& node, Application& application) {
  const std::string& from = node.table.text;
  const std::string& to = node.to.text;
  std::vector<ObjectPtr> bodies;
  for (const ObjectPtr& user : application.before.UsersOf(from)) {
    if (const auto* index = std::get_if<ast::Index>(&user->definition)) {
      ast::Index renamed = *index;
      renamed.table.text = to;
      application.Replace(user, std::move(renamed));
    } else if (const auto* child = std::get_if<ast::Table>(&user->definition)) {
      application.Replace(user, WithReferences(*child, from, to));
    } else {
      // Each is read anew among others that use the new name already.
      Object renamed = *user;
      renamed.uses = RenamedUses(*user, node);
      bodies.push_back(std::make_shared<const Object>(std::move(renamed)));
    }
  }
  // Bodies name tables without regard to case.
  if (sql::EqualsIgnoringCase(from, to)) {
    return std::nullopt;
  }
  return RenameInBodies("ALTER TABLE " + sql::QuoteName(from) + " RENAME TO " +
                            sql::QuoteName(to),
                        bodies, application);
}

bool HasName(const ast::Trigger& trigger, const std::string& name) {
  const auto names = ast::AllNames(ast::WhenAndBody(trigger));
  return std::binary_search(names.begin(), names.end(), name);
}

// The bodies that mention the table by name, those of its own triggers too.
std::vector<User> UsersByName(const std::string& name, const Catalog& catalog) {
  std::vector<User> users = BodiesThatUse(catalog, name);
  const std::string folded = sql::FoldCase(name);
  for (const ObjectPtr& user : catalog.UsersOf(name, ObjectKind::kTrigger)) {
    const auto& trigger = std::get<ast::Trigger>(user->definition);
    if (sql::EqualsIgnoringCase(trigger.table.text, name) &&
        HasName(trigger, folded)) {
      users.push_back({"trigger `" + trigger.name.text + "`", user->created});
    }
  }
  return users;
}

// The bodies in which the new name means something else already, as that of a
// common table expression does: they follow, and then read another table.
std::vector<User> MisledBodies(const ast::RenameTable& node,
                               const Application& application) {
  std::vector<User> users;
  for (const ObjectPtr& body : application.before.UsersOf(node.table.text)) {
    const ObjectPtr after =
        application.result.after.Find(body->kind(), body->name());
    if (after && after->uses != RenamedUses(*body, node)) {
      users.push_back({std::string(ObjectKindName(body->kind())) + " `" +
                           body->name() + "`",
                       body->created});
    }
  }
  return users;
}

}  // namespace

void ApplyNode(const ast::CreateTable& node, Application& application) {
  if (node.if_not_exists &&
      application.before.FindTable(node.table.name.text) != nullptr) {
    return;
  }
  if (!application.RequireFree(node.table.name, ObjectKind::kTable)) {
    return;
  }
  Validate(node.table, application);
  if (application.result.applies) {
    application.result.after = application.before.With(
        Object{Unqualified(node.table), {}, application.At(node.table.name)});
  }
}

void ApplyNode(const ast::DropTable& node, Application& application) {
  const Catalog& before = application.before;
  const ObjectPtr virtual_table =
      before.Find(ObjectKind::kVirtualTable, node.table.text);
  if (node.if_exists && !virtual_table &&
      before.FindTable(node.table.text) == nullptr) {
    return;
  }
  const ObjectPtr table =
      virtual_table ? virtual_table : application.RequireTable(node.table);
  if (!table) {
    return;
  }
  const std::string& name = table->name();
  for (const ObjectPtr& user : before.UsersOf(name)) {
    const std::string* owner = user->table();
    if (owner != nullptr && sql::EqualsIgnoringCase(*owner, name)) {
      application.result.after = application.result.after.Without(user->key());
    }
  }
  application.result.after = application.result.after.Without(table->key());
  const std::string what = "table `" + name + "` is dropped";
  ReportUsers(what, BodiesThatUse(before, name),
              "drop what uses it before the table", application.At(node.table),
              application);
  std::vector<User> keys;
  for (auto& [child, user] : ForeignKeysTo(before, name)) {
    keys.push_back(std::move(user));
  }
  if (!keys.empty()) {
    ReportUsers(what, keys, "drop the foreign key or its table as well",
                application.At(node.table), application);
    application.result.orphaned = {sql::FoldCase(name),
                                   application.result.problems.back()};
    application.result.problems.pop_back();
  }
}

void ApplyNode(const ast::RenameTable& node, Application& application) {
  const Catalog& before = application.before;
  const ObjectPtr virtual_table =
      before.Find(ObjectKind::kVirtualTable, node.table.text);
  const ObjectPtr table =
      virtual_table ? virtual_table : application.RequireTable(node.table);
  if (!table) {
    return;
  }
  const bool only_case = sql::EqualsIgnoringCase(node.table.text, node.to.text);
  if (!only_case && !application.RequireFree(node.to, ObjectKind::kTable)) {
    return;
  }
  const std::string& name = table->name();
  if (virtual_table) {
    auto renamed = std::get<ast::VirtualTable>(table->definition);
    renamed.name.text = node.to.text;
    application.Replace(table, std::move(renamed));
  } else {
    ast::Table renamed = WithReferences(std::get<ast::Table>(table->definition),
                                        name, node.to.text);
    renamed.name.text = node.to.text;
    application.Replace(table, std::move(renamed));
  }
  const auto refused = FollowRename(node, application);
  std::vector<User> users =
      refused ? UsersByName(name, before) : MisledBodies(node, application);
  ReportUsers("table `" + name + "` is renamed", users,
              "drop what uses it before, and create it again after",
              application.At(node.table), application);
  if (refused) {
    application.Refuse(*refused, /*unless_found=*/true);
  }
}

}  // namespace palindrome::catalog
