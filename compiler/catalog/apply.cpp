#include "compiler/catalog/apply.h"

#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/StringExtras.h"

#include "compiler/catalog/aftermath.h"
#include "compiler/catalog/caution.h"
#include "compiler/parse/parse.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kNoTable, kUnknownObject, "there is no table `{0}` here{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kIsView, kUnknownObject,
                "`{0}` is a view, and the statement takes a table",
                std::string);
PALINDROME_TEXT(kNoColumn, kUnknownObject, "table `{0}` has no column `{1}`{2}",
                std::string, std::string, diagnostics::Meant);
PALINDROME_TEXT(kReserved, kReservedName,
                "`{0}` begins with `{1}`, which is reserved; choose another "
                "name",
                std::string, std::string);
PALINDROME_TEXT(kExists, kObjectExists, "there is {0} `{1}` already",
                std::string, std::string);
PALINDROME_TEXT(kInUse, kDropWithLiveDependents, "{0} while {1} {2} it; {3}",
                std::string, std::string, std::string, std::string);

// The fixes correct the other place as well.
void MendAlso(const diagnostics::Diagnostic& other,
              diagnostics::Diagnostic& problem) {
  for (std::size_t i = 0; i < problem.fixes.size() && i < other.fixes.size();
       ++i) {
    auto& edits = problem.fixes[i].edits;
    edits.insert(edits.end(), other.fixes[i].edits.begin(),
                 other.fixes[i].edits.end());
  }
}

}  // namespace

diagnostics::Diagnostic& Application::Refuse(diagnostics::Diagnostic diagnostic,
                                             bool unless_found) {
  result.applies = false;
  result.after = before;
  // A name that is unknown is so at each place in the statement.
  for (diagnostics::Diagnostic& problem : result.problems) {
    if (problem.kind == diagnostics::Kind::kUnknownObject &&
        diagnostic.kind == problem.kind &&
        diagnostic.message == problem.message) {
      MendAlso(diagnostic, problem);
      return problem;
    }
  }
  if (unless_found && !result.problems.empty()) {
    return result.consequences.emplace_back(std::move(diagnostic));
  }
  return result.problems.emplace_back(std::move(diagnostic));
}

diagnostics::Diagnostic& Application::Find(diagnostics::Diagnostic diagnostic) {
  return result.problems.emplace_back(std::move(diagnostic));
}

ObjectPtr Application::RequireTable(const ast::Name& name) {
  ObjectPtr object = before.Find(ObjectKind::kTable, name.text);
  if (object) {
    return object;
  }
  if (before.FindView(name.text) != nullptr) {
    Refuse(diagnostics::Make(kIsView, At(name), name.text));
    return nullptr;
  }
  Refuse(diagnostics::Make(
      kNoTable, At(name), name.text,
      diagnostics::MeantName(name.text, before.Names(ObjectKind::kTable))));
  return nullptr;
}

const ast::Column* Application::RequireColumn(const ast::Table& table,
                                              const ast::Name& name) {
  const ast::Column* column = FindColumn(table, name.text);
  if (column == nullptr) {
    Refuse(diagnostics::Make(
        kNoColumn, At(name), table.name.text, name.text,
        diagnostics::MeantName(name.text, ColumnNamesOf(table))));
  }
  return column;
}

bool Application::RequireFree(const ast::Name& name, ObjectKind kind) {
  const std::string folded = sql::FoldCase(name.text);
  for (const char* prefix : {"sqlite_", "palindrome_", "_palindrome_"}) {
    if (llvm::StringRef(folded).starts_with(prefix)) {
      Refuse(diagnostics::Make(kReserved, At(name), name.text, prefix));
      return false;
    }
  }
  const ObjectPtr other = kind == ObjectKind::kTrigger
                              ? before.Find(kind, name.text)
                              : before.FindRelation(name.text);
  if (other) {
    Refuse(diagnostics::Make(
               kExists, At(name),
               other->kind() == ObjectKind::kIndex
                   ? "an index"
                   : "a " + std::string(ObjectKindName(other->kind())),
               name.text))
        .With(other->created, "it is created here");
    return false;
  }
  return true;
}

void Application::Replace(const ObjectPtr& object, Definition definition) {
  Object changed = *object;
  changed.definition = std::move(definition);
  if (changed.key() != object->key()) {
    result.after = result.after.Without(object->key());
  }
  result.after = result.after.With(std::move(changed));
}

const ast::Column* FindColumn(const ast::Table& table, std::string_view name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [&](const auto& column) {
        return sql::EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

std::vector<std::string> ColumnNamesOf(const ast::Table& table) {
  std::vector<std::string> names;
  for (const ast::Column& column : table.columns) {
    names.push_back(column.name.text);
  }
  return names;
}

ast::Table Unqualified(ast::Table table) {
  for (ast::Constraint& constraint : table.constraints) {
    constraint.check = ast::RemoveQualifier(constraint.check, table.name.text);
  }
  for (ast::Column& column : table.columns) {
    if (column.generated) {
      column.generated->expression =
          ast::RemoveQualifier(column.generated->expression, table.name.text);
    }
  }
  return table;
}

ast::Index Unqualified(ast::Index index) {
  for (ast::KeyPart& part : index.parts) {
    part.expression = ast::RemoveQualifier(part.expression, index.table.text);
  }
  index.where = ast::RemoveQualifier(index.where, index.table.text);
  return index;
}

void ReportUsers(const std::string& what, const std::vector<User>& users,
                 const std::string& hint, source::Location location,
                 Application& application) {
  if (users.empty()) {
    return;
  }
  std::string list;
  for (std::size_t i = 0; i < users.size(); ++i) {
    list += i == 0 ? "" : (i + 1 == users.size() ? " and " : ", ");
    list += users[i].text;
  }
  auto& finding = application.Find(diagnostics::Make(
      kInUse, location, what, list, users.size() == 1 ? "uses" : "use", hint));
  for (const User& user : users) {
    if (user.created.file != nullptr) {
      finding.With(user.created, user.text + " is created here");
    }
  }
}

Applied Apply(const ast::Statement& statement, const source::File* file,
              const Catalog& before, Engine& engine) {
  Application application{statement, file, before, engine, {}};
  application.result.after = before;
  if (!RefuseAlteration(application)) {
    std::visit(
        [&](const auto& node) {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (!std::is_same_v<Node, std::monostate>) {
            ApplyNode(node, application);
          }
        },
        statement.node);
  }
  CheckBodies(application);
  return std::move(application.result);
}

namespace {

// Whether the parent is still gone at the end of the section while a child
// refers to it.
bool StillDangles(const std::string& parent, const Catalog& after) {
  if (after.FindTable(parent) != nullptr) {
    return false;
  }
  const auto users = after.UsersOf(parent);
  return std::any_of(users.begin(), users.end(), [](const ObjectPtr& user) {
    return user->kind() == ObjectKind::kTable;
  });
}

// A table that is dropped after it was renamed has users by that rename alone.
void ExplainRename(const Simulation& simulation, const source::File* file,
                   const ast::Statement& statement, Applied& applied) {
  const auto* drop = std::get_if<ast::DropTable>(&statement.node);
  if (drop == nullptr) {
    return;
  }
  for (const Step& step : simulation.steps) {
    const auto* rename =
        std::get_if<ast::RenameTable>(&step.item->statement.node);
    if (rename == nullptr || !step.applies ||
        !sql::EqualsIgnoringCase(rename->to.text, drop->table.text) ||
        rename->to.range.begin == rename->to.range.end) {
      continue;
    }
    const std::string note =
        "they follow this rename; give the new table a name for the time "
        "being instead, and rename it when the old one is dropped";
    for (diagnostics::Diagnostic& problem : applied.problems) {
      problem.With({file, rename->to.range}, note);
    }
    if (applied.orphaned) {
      applied.orphaned->problem.With({file, rename->to.range}, note);
    }
  }
}

}  // namespace

Simulation Simulate(const std::vector<ast::Item>& items,
                    const source::File* file, const Catalog& before,
                    Engine& engine) {
  Simulation simulation;
  simulation.before = before;
  simulation.after = before;
  std::vector<Applied::OrphanedKeys> orphaned;
  Aftermath aftermath;
  for (const ast::Item& item : items) {
    if (!item.dialect.empty() && item.dialect != "sqlite") {
      continue;
    }
    Applied applied = Apply(item.statement, file, simulation.after, engine);
    ExplainRename(simulation, file, item.statement, applied);
    aftermath.Settle(item.statement, applied);
    LeaveToPerson(item, applied);
    simulation.problems.insert(simulation.problems.end(),
                               applied.problems.begin(),
                               applied.problems.end());
    simulation.consequences.insert(simulation.consequences.end(),
                                   applied.consequences.begin(),
                                   applied.consequences.end());
    if (applied.orphaned) {
      orphaned.push_back(std::move(*applied.orphaned));
    }
    simulation.applies = simulation.applies && applied.applies;
    Step step;
    step.item = &item;
    step.before = simulation.after;
    step.after = std::move(applied.after);
    step.access = std::move(applied.access);
    step.applies = applied.applies;
    simulation.steps.push_back(std::move(step));
    if (!item.archive.empty() && applied.applies) {
      Preserve(file, simulation);
    }
    simulation.after = simulation.steps.back().after;
    if (simulation.steps.back().before.identity() !=
        simulation.after.identity()) {
      simulation.changes.push_back(simulation.steps.size() - 1);
    }
  }
  const std::size_t problems = simulation.problems.size();
  EndTemporary(simulation);
  if (aftermath.a_drop_failed()) {
    simulation.problems.resize(problems);
  }
  for (Applied::OrphanedKeys& keys : orphaned) {
    if (StillDangles(keys.parent, simulation.after) &&
        !aftermath.a_drop_failed() && !aftermath.IsLost(keys.parent)) {
      simulation.problems.push_back(std::move(keys.problem));
    }
  }
  return simulation;
}

}  // namespace palindrome::catalog
