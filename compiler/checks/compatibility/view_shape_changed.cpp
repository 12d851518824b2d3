#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/view_columns.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kGone, kViewShapeChanged,
    "view `{0}` has no column `{1}` any more, and programs of the "
    "version before read it; give a column that name with `AS {1}`, "
    "or the new view another name",
    std::string, std::string);
PALINDROME_TEXT(kMoved, kViewShapeChanged,
                "view `{0}` has column `{1}` in another place, and programs of "
                "the version before may count on the order; put new columns at "
                "the end",
                std::string, std::string);

using catalog::Catalog;
using catalog::ObjectKind;
using catalog::ObjectPtr;
using Columns = std::vector<std::string>;

std::optional<Columns> ColumnsOf(const std::string& name,
                                 const Catalog& catalog) {
  const ast::View* view = catalog.FindView(name);
  return view == nullptr ? std::nullopt : OutputColumns(*view, catalog);
}

// The first column of the one that the other has not in that place; no value:
// it has them all.
std::optional<std::string> FirstMissing(const Columns& before,
                                        const Columns& after) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i >= after.size() || !sql::EqualsIgnoringCase(before[i], after[i])) {
      return before[i];
    }
  }
  return std::nullopt;
}

// The views from before the file whose columns it may have changed: their own
// text, or that of a table or view that they read.
std::set<std::string> Suspects(const catalog::Simulation& upgrade) {
  std::vector<std::string> open;
  for (const Catalog::Change& change :
       Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.before && (change.key.kind == ObjectKind::kTable ||
                          change.key.kind == ObjectKind::kView)) {
      open.push_back(change.key.name);
    }
  }
  std::set<std::string> seen;
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (!seen.insert(name).second) {
      continue;
    }
    for (const ObjectPtr& user :
         upgrade.before.UsersOf(name, ObjectKind::kView)) {
      open.push_back(user->key().name);
    }
  }
  std::erase_if(seen, [&](const std::string& name) {
    return upgrade.before.FindView(name) == nullptr ||
           upgrade.after.FindView(name) == nullptr;
  });
  return seen;
}

// The last step that gives the view other columns.
const catalog::Step* MakerOf(const catalog::Simulation& upgrade,
                             const std::string& view) {
  for (const std::size_t i : llvm::reverse(upgrade.changes)) {
    const catalog::Step& step = upgrade.steps[i];
    if (ColumnsOf(view, step.before) != ColumnsOf(view, step.after)) {
      return &step;
    }
  }
  return nullptr;
}

// A rename under a view that names the column is refused, or signed, at the
// statement already.
bool IsTold(const catalog::Simulation& upgrade, const catalog::Step& step,
            const std::string& column) {
  const source::Range range = step.item->statement.range;
  return As<ast::RenameColumn>(step) != nullptr &&
         sql::EqualsIgnoringCase(As<ast::RenameColumn>(step)->column.text,
                                 column) &&
         std::any_of(upgrade.problems.begin(), upgrade.problems.end(),
                     [&](const diagnostics::Diagnostic& problem) {
                       return problem.kind ==
                                  diagnostics::Kind::kDropWithLiveDependents &&
                              problem.location.range.begin >= range.begin &&
                              problem.location.range.end <= range.end;
                     });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  if (context.migration().header.squashes) {
    return;
  }
  for (const std::string& name : Suspects(upgrade)) {
    const auto before = ColumnsOf(name, upgrade.before);
    const auto after = ColumnsOf(name, upgrade.after);
    const auto missing =
        before && after ? FirstMissing(*before, *after) : std::nullopt;
    const catalog::Step* maker = missing ? MakerOf(upgrade, name) : nullptr;
    if (maker == nullptr || IsTold(upgrade, *maker, *missing)) {
      continue;
    }
    const std::string& view = upgrade.after.FindView(name)->name.text;
    const bool is_there =
        std::any_of(after->begin(), after->end(), [&](const auto& column) {
          return sql::EqualsIgnoringCase(column, *missing);
        });
    emitter.Emit(is_there ? kMoved : kGone, LocationOf(context, *maker), view,
                 *missing);
  }
}

}  // namespace

constinit const Rule kViewShapeChangedRule = {
    .kind = diagnostics::Kind::kViewShapeChanged,
    .summary = "a view loses, renames or reorders columns",
    .rationale = R"md(
A view is what programs see of the schema, and its columns are what they read.
Programs of the version before that run beside the new ones miss those that go,
and read wrong values where they count on an order that is another one. It happens
without a word about the view where that says `SELECT *`: it follows its table.

Name each column of a view with AS, add new ones at the end, and give a view of
another shape a name of its own.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
  CREATE VIEW names AS SELECT id, name FROM users;
END;

DOWNGRADE AUTO;
=== 20250116_090000_call_name_full_name.sql
MIGRATION 'call name full name'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP VIEW names;
  CREATE VIEW names AS SELECT id, name AS full_name FROM users;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
  CREATE VIEW names AS SELECT id, name FROM users;
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_shout.sql
MIGRATION 'add shout'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP VIEW names;
  CREATE VIEW names AS SELECT id, name, upper(name) AS shout FROM users;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
