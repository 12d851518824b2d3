#include <map>
#include <string>
#include <vector>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kUncommented, kUncommentedRawSql,
                "nothing says why this is written for {0} alone; put a comment "
                "before the block",
                std::string);

struct Block {
  const ast::Item* first = nullptr;
  bool commented = false;
};

void CheckSection(const MigrationContext& context,
                  const std::vector<ast::Item>& items,
                  diagnostics::Emitter& emitter) {
  std::map<std::uint32_t, Block> blocks;
  for (const ast::Item& item : items) {
    if (!item.dialect.empty()) {
      Block& block = blocks[item.for_block.begin];
      block.first = block.first == nullptr ? &item : block.first;
      block.commented = block.commented || item.commented;
    }
  }
  for (const auto& [begin, block] : blocks) {
    if (!block.commented) {
      constexpr std::uint32_t kForLength = 3;
      emitter.Emit(kUncommented, context.At({begin, begin + kForLength}),
                   block.first->dialect);
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

constinit const Rule kUncommentedRawSqlRule = {
    .kind = diagnostics::Kind::kUncommentedRawSql,
    .summary = "a FOR block has no comment that says why",
    .rationale = R"md(
What the compiler cannot explain, the author must. A statement of one engine is
there for a reason that its text seldom tells: a figure that the planner lacks,
a bug that it works around. A comment before the block, or before a statement
in it, is enough.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
  CREATE INDEX ix_tasks_title ON tasks (title);
  FOR sqlite BEGIN
    REINDEX ix_tasks_title;
  END;
END;

DOWNGRADE BEGIN
  DROP TABLE tasks;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
  CREATE INDEX ix_tasks_title ON tasks (title);
  -- files that the old beta wrote have this index in another order
  FOR sqlite BEGIN
    REINDEX ix_tasks_title;
  END;
END;

DOWNGRADE BEGIN
  DROP TABLE tasks;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
