// Inside the catalog: what the files that apply statements share.
//
// An `Application` lives for one call of Apply, on one thread.
#ifndef PALINDROME_COMPILER_CATALOG_APPLY_H_
#define PALINDROME_COMPILER_CATALOG_APPLY_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/simulate.h"

namespace palindrome::catalog {

struct Application {
  const ast::Statement& statement;
  const source::File* file;
  const Catalog& before;
  Engine& engine;
  Applied result;

  // The statement itself for what was derived or stands in another file.
  source::Location At(source::Range range) const {
    const bool is_own =
        range.begin != range.end && statement.range.contains(range);
    return {file, is_own ? range : statement.range};
  }
  source::Location At(const ast::Name& name) const { return At(name.range); }
  source::Location Here() const { return {file, statement.range}; }

  // The statement does not apply. `unless_found`: what a rule has found in it
  // says so already, if that fails the build.
  diagnostics::Diagnostic& Refuse(diagnostics::Diagnostic diagnostic,
                                  bool unless_found = false);
  // A rule's finding: the statement applies all the same.
  diagnostics::Diagnostic& Find(diagnostics::Diagnostic diagnostic);

  // Null, and refused with a suggestion, if there is no such object.
  ObjectPtr RequireTable(const ast::Name& name);
  const ast::Column* RequireColumn(const ast::Table& table,
                                   const ast::Name& name);
  // Refuses a name that is reserved or taken.
  bool RequireFree(const ast::Name& name, ObjectKind kind);

  // Puts the changed definition of `object` in place of it.
  void Replace(const ObjectPtr& object, Definition definition);
};

// One per statement kind, in apply_*.cpp.
#define PALINDROME_STATEMENT(Node, Text) \
  void ApplyNode(const ast::Node& node, Application& application);
#include "compiler/ast/statement_kinds.def"

// Columns and constraints by folded name.
const ast::Column* FindColumn(const ast::Table& table, std::string_view name);
std::vector<std::string> ColumnNamesOf(const ast::Table& table);

// Without `table.` before the table's own columns, so that a definition means
// the same under another name.
ast::Table Unqualified(ast::Table table);
ast::Index Unqualified(ast::Index index);

// Refuses a table whose definition contradicts itself.
void Validate(const ast::Table& table, Application& application);

// Who uses the column, each as a message calls it: "index `ix`", with where it
// was created. A constraint that is written with the column and concerns it
// alone goes with the column and is no user.
struct User {
  std::string text;
  source::Location created;
};
std::vector<User> UsersOfColumn(const Catalog& catalog, const ast::Table& table,
                                std::string_view column);
// The views and triggers among them.
std::vector<User> BodiesThatUseColumn(const Catalog& catalog,
                                      const ast::Table& table,
                                      std::string_view column);
// The body without those names where they stand for a table.
ast::Expression WithoutTables(const ast::Expression& body);
// Views and triggers that join the table with another one that has a column of
// that name too, by NATURAL.
std::vector<User> NaturalJoins(const Catalog& catalog, std::string_view table,
                               std::string_view column);
// Views and triggers that use the table, with a `*` that may stand for its
// columns.
std::vector<ObjectPtr> BodiesWithStar(const Catalog& catalog,
                                      std::string_view table);
// Views and triggers that use the table or view, without its own.
std::vector<User> BodiesThatUse(const Catalog& catalog, std::string_view name);
// Foreign keys of other tables that refer to the table.
std::vector<std::pair<ObjectPtr, User>> ForeignKeysTo(const Catalog& catalog,
                                                      std::string_view name);

// "column `a` of table `t` is dropped while index `x` and view `y` use it; …".
// Nothing if there are no users.
void ReportUsers(const std::string& what, const std::vector<User>& users,
                 const std::string& hint, source::Location location,
                 Application& application);

// Refuses to alter a temporary table. True if the statement would.
bool RefuseAlteration(Application& application);
// Refuses the temporary objects that a section leaves, and takes them out.
void EndTemporary(Simulation& simulation);

// Archives what the last step destroys, or refuses it.
void Preserve(const source::File* file, Simulation& simulation);

// Finds the views and triggers that fail after the statement and did not
// before.
void CheckBodies(Application& application);

// An engine's error as a diagnostic: `origin` is where the text that was
// prepared begins in the file.
diagnostics::Diagnostic DescribeEngineError(
    const EngineError& error, source::Location location, const Catalog& catalog,
    std::optional<std::uint32_t> origin);

// The name, which no column has, stands in double quotes where SQLite may take
// it for a string. `columns` are those that may be meant.
std::optional<diagnostics::Diagnostic> FindDoubleQuoted(
    const std::string& name, const std::vector<std::string>& columns,
    const Application& application);

// The words of the statement that the error names, where no offset tells its
// place: the first that are spelt so, behind `otherwise` if that is a part.
source::Location PlaceOf(const EngineError& error, source::Location otherwise,
                         const Application& application);

// Refuses what the engine refuses, as DescribeEngineError says it.
void RefuseFor(const EngineError& error, source::Location location,
               std::optional<std::uint32_t> origin, Application& application);

// Follows a rename that the engine carries through into the bodies of views and
// triggers, by asking the engine for them. Why it refuses, if it does.
std::optional<diagnostics::Diagnostic> RenameInBodies(
    const std::string& native_rename, const std::vector<ObjectPtr>& bodies,
    Application& application);

// Asks the engine anew what the views and triggers among `bodies` use.
void RefreshUses(const std::vector<ObjectPtr>& bodies,
                 Application& application);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_APPLY_H_
