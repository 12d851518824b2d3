// Views and triggers that a change of a table breaks without using the column
// that it is about: `SELECT *` under a list of names, `INSERT` without one, a
// name that is ambiguous now.

#include <algorithm>
#include <set>

#include "compiler/catalog/apply.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kBreaks, kDropWithLiveDependents,
                "{0} `{1}` fails after this: {2}; drop it before, and create "
                "it again after",
                std::string, std::string, std::string);

// The table that the statement changes under its views and triggers, by its
// name before and after; empty: none.
struct Changed {
  const Catalog& before;

  using Names = std::pair<std::string, std::string>;

  static Names Of(const ast::Name& table) { return {table.text, table.text}; }

  Names operator()(const ast::AddColumn& node) const { return Of(node.table); }
  Names operator()(const ast::DropColumn& node) const { return Of(node.table); }
  Names operator()(const ast::RenameColumn& node) const {
    return Of(node.table);
  }
  Names operator()(const ast::DropConstraint& node) const {
    return Of(node.table);
  }
  Names operator()(const ast::RenameTable& node) const {
    return {node.table.text, node.to.text};
  }
  Names operator()(const ast::DropIndex& node) const {
    const ObjectPtr index = before.Find(ObjectKind::kIndex, node.index.text);
    return index ? Names(*index->table(), *index->table()) : Names();
  }
  // A view is written by its triggers.
  Names operator()(const ast::DropTrigger& node) const {
    const ObjectPtr trigger =
        before.Find(ObjectKind::kTrigger, node.trigger.text);
    return trigger && before.FindView(*trigger->table()) != nullptr
               ? Names(*trigger->table(), *trigger->table())
               : Names();
  }
  template <typename Node>
  Names operator()(const Node&) const {
    return {};
  }
};

bool HasBodies(const Catalog& catalog, const std::string& table) {
  return !catalog.UsersOf(table, ObjectKind::kView).empty() ||
         !catalog.UsersOf(table, ObjectKind::kTrigger).empty();
}

std::vector<BrokenBody> BrokenAround(const Catalog& catalog,
                                     const std::string& table, Engine& engine) {
  return engine.FindBroken(SliceAround(catalog, {{sql::FoldCase(table)}, {}}));
}

}  // namespace

void CheckBodies(Application& application) {
  const auto [table, now] =
      std::visit(Changed{application.before}, application.statement.node);
  const Catalog& after = application.result.after;
  // What is reported already is to be mended first.
  if (table.empty() || !application.result.applies ||
      !application.result.problems.empty() || !HasBodies(after, now)) {
    return;
  }
  const auto broken = BrokenAround(after, now, application.engine);
  if (broken.empty()) {
    return;
  }
  std::set<Key> before;
  for (const BrokenBody& other :
       BrokenAround(application.before, table, application.engine)) {
    before.insert(other.body->key());
  }
  for (const BrokenBody& found : broken) {
    const Object& body = *found.body;
    if (before.contains(body.key())) {
      continue;
    }
    auto& finding = application.Find(diagnostics::Make(
        kBreaks, application.Here(), std::string(ObjectKindName(body.kind())),
        body.name(), found.error.message));
    if (body.created.file != nullptr) {
      finding.With(body.created, std::string(ObjectKindName(body.kind())) +
                                     " `" + body.name() + "` is created here");
    }
  }
}

}  // namespace palindrome::catalog
