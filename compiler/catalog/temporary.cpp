// Temporary tables, views and triggers: a section may use them, and leaves
// none.

#include <algorithm>

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kLeftBehind, kSessionStateLeak,
                "temporary {0} `{1}` is there at the end of the section, and "
                "would stay until the program closes its connection; drop it",
                std::string, std::string);
PALINDROME_TEXT(kAltered, kForbiddenStatement,
                "table `{0}` is temporary and cannot be altered; create it as "
                "it is to be",
                std::string);

}  // namespace

bool IsTemporary(const Object& object) {
  struct Visitor {
    bool operator()(const ast::Table& table) const { return table.temporary; }
    bool operator()(const ast::View& view) const { return view.temporary; }
    bool operator()(const ast::Trigger& trigger) const {
      return trigger.temporary;
    }
    bool operator()(const ast::Index&) const { return false; }
    bool operator()(const ast::VirtualTable&) const { return false; }
    bool operator()(const ast::Archive&) const { return false; }
  };
  return std::visit(Visitor{}, object.definition);
}

bool IsTemporaryTable(const Catalog& catalog, std::string_view name) {
  const ast::Table* table = catalog.FindTable(name);
  return table != nullptr && table->temporary;
}

bool RefuseAlteration(Application& application) {
  const ast::StatementKind kind = application.statement.kind();
  if (ast::IsDataStatement(kind) || kind == ast::StatementKind::kDropTable) {
    return false;
  }
  return std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.table.range; }) {
          if (IsTemporaryTable(application.before, node.table.text)) {
            application.Refuse(diagnostics::Make(
                kAltered, application.At(node.table), node.table.text));
            return true;
          }
        }
        return false;
      },
      application.statement.node);
}

bool IsTemporaryWork(const Step& step) {
  if (ast::IsDataStatement(step.item->statement.kind())) {
    return IsTemporaryTable(step.before, ast::TableOf(step.item->statement));
  }
  const auto changes = Catalog::Changes(step.before, step.after);
  return !changes.empty() &&
         std::all_of(changes.begin(), changes.end(), [&](const auto& change) {
           const Object& object = change.after ? *change.after : *change.before;
           const Catalog& catalog = change.after ? step.after : step.before;
           return IsTemporary(object) ||
                  (object.table() != nullptr &&
                   IsTemporaryTable(catalog, *object.table()));
         });
}

void EndTemporary(Simulation& simulation) {
  for (const auto& change :
       Catalog::Changes(simulation.before, simulation.after)) {
    if (!change.after || !IsTemporary(*change.after)) {
      continue;
    }
    const Object& object = *change.after;
    simulation.problems.push_back(diagnostics::Make(
        kLeftBehind, object.created, std::string(ObjectKindName(object.kind())),
        object.name()));
    for (const ObjectPtr& user : simulation.after.UsersOf(object.name())) {
      simulation.after = simulation.after.Without(user->key());
    }
    simulation.after = simulation.after.Without(change.key);
  }
}

}  // namespace palindrome::catalog
