#include <string>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotApproved, kSquashWithoutApproval,
                "the revisions from `{0}` to `{1}` are squashed without "
                "approval; say who approves of it with `APPROVED BY`",
                std::string, std::string);

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Revision& revision : graph.revisions) {
    const auto& squashes = revision.migration.header.squashes;
    if (!squashes) {
      continue;
    }
    const auto& approved_by = squashes->approved_by;
    if (!approved_by || llvm::StringRef(approved_by->value).trim().empty()) {
      emitter.Emit(kNotApproved, {revision.migration.file, squashes->range},
                   squashes->from.value, squashes->to.value);
    }
  }
}

}  // namespace

constinit const Rule kSquashWithoutApprovalRule = {
    .kind = diagnostics::Kind::kSquashWithoutApproval,
    .summary = "migrations are replaced by one, and nobody has approved of it",
    .rationale = R"md(
A squash puts one migration in the place of many. The ways back through the
replaced revisions are gone, and so are their data statements; a database that
stands at one of them can neither go on nor back. Somebody has to know that no
such database is left, and signs for it with `APPROVED BY`.
)md",
    .bad = R"sql(=== 20250601_120000_create_board.sql
MIGRATION 'create board'
  REVISION 'd4'
  REVISES NONE
  SQUASHES 'a1' TO 'c3';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250601_120000_create_board.sql
MIGRATION 'create board'
  REVISION 'd4'
  REVISES NONE
  SQUASHES 'a1' TO 'c3' APPROVED BY 'Ada, who runs the databases';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
