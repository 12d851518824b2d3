#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kDraft, kDraftNotReviewed,
                "the migration is a draft; read it, correct it and remove "
                "`DRAFT`");

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Revision* revision : graph.All()) {
    const ast::Migration& migration = revision->migration;
    // Of a body that cannot be read, such as one with a blank, that is told.
    const bool is_told = !migration.body_ok && migration.upgrade.range.end != 0;
    if (migration.header.draft && !is_told) {
      emitter.Emit(kDraft, {migration.file, *migration.header.draft});
    }
  }
}

}  // namespace

constinit const Rule kDraftNotReviewedRule = {
    .kind = diagnostics::Kind::kDraftNotReviewed,
    .summary = "a generated migration has not been read by a person",
    .rationale = R"md(
A tool that writes a migration sees two schemas and guesses what lies between
them: a rename looks like a drop and an add, and whether rows matter it cannot
know. Such a migration is a starting point.

Generators therefore write `DRAFT` into the header, and nothing builds with it.
Removing the word is the sign that a person has read the file and stands for
it.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE
  DRAFT;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
