#include <string>
#include <vector>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kStructured, kRawSqlWhenStructured,
                "`{0}` is a statement of the language and needs no `FOR {1}`; "
                "write it outside of the block",
                std::string, std::string);

void CheckSection(const MigrationContext& context,
                  const std::vector<ast::Item>& items,
                  diagnostics::Emitter& emitter) {
  for (const ast::Item& item : items) {
    const ast::StatementKind kind = item.statement.kind();
    if (!item.dialect.empty() && ast::IsSchemaStatement(kind)) {
      emitter.Emit(kStructured, context.At(item.statement.range),
                   std::string(ast::StatementKindName(kind)), item.dialect);
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const ast::Migration& migration = context.migration();
  CheckSection(context, migration.upgrade.items, emitter);
  if (migration.downgrade) {
    CheckSection(context, migration.downgrade->items, emitter);
  }
}

}  // namespace

constinit const Rule kRawSqlWhenStructuredRule = {
    .kind = diagnostics::Kind::kRawSqlWhenStructured,
    .summary = "a FOR block holds a statement that the language has",
    .rationale = R"md(
A statement of the language is understood: it is lowered for every dialect, its
inverse can be derived, and all rules apply to it. Inside `FOR` it is for one
dialect alone, and any other that is added later goes without it. FOR is for
what the language has no statement for.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  -- only SQLite keeps its users here
  FOR sqlite BEGIN
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  END;
END;

DOWNGRADE BEGIN
  DROP TABLE users;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE BEGIN
  DROP TABLE users;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
