#include <algorithm>
#include <string>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/replacements.h"
#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kForgets, kIdCounterNotPreserved,
                "the highest id that table `{0}` ever gave out is forgotten "
                "here, and given out again; copy its row of `sqlite_sequence` "
                "before, or let `ALTER TABLE` change the table",
                std::string);

bool WritesCounter(const catalog::Simulation& section) {
  return std::any_of(section.steps.begin(), section.steps.end(),
                     [](const auto& step) {
                       const Effects effects = EffectsOf(step);
                       return Inserts(effects, "sqlite_sequence") ||
                              Updates(effects, "sqlite_sequence");
                     });
}

// Whether the rows keep their ids: no statement fills the new table without
// them.
bool KeepsIds(const catalog::Simulation& upgrade,
              const Replacement& replacement) {
  const ast::Column* id = catalog::RowidAlias(*replacement.after);
  return std::none_of(
      upgrade.steps.begin() + static_cast<std::ptrdiff_t>(replacement.create),
      upgrade.steps.end(), [&](const auto& step) {
        const auto* insert = As<ast::Insert>(step);
        if (insert == nullptr || id == nullptr ||
            (!sql::EqualsIgnoringCase(insert->table.text,
                                      replacement.new_name) &&
             !sql::EqualsIgnoringCase(insert->table.text, replacement.name))) {
          return false;
        }
        const auto targets = InsertTargets(step.item->statement.tokens.tokens);
        return !targets.empty() &&
               std::find(targets.begin(), targets.end(),
                         sql::FoldCase(id->name.text)) == targets.end();
      });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (const Replacement& replacement : FindReplacements(upgrade)) {
    if (catalog::IsAutoincrement(*replacement.before) &&
        catalog::IsAutoincrement(*replacement.after) &&
        KeepsIds(upgrade, replacement) && !WritesCounter(upgrade)) {
      const auto* drop = As<ast::DropTable>(upgrade.steps[replacement.drop]);
      emitter.Emit(kForgets, context.At(drop->table.range),
                   replacement.after->name.text);
    }
  }
}

}  // namespace

constinit const Rule kIdCounterNotPreservedRule = {
    .kind = diagnostics::Kind::kIdCounterNotPreserved,
    .summary =
        "a table is replaced by hand and forgets which ids it has given out",
    .rationale = R"md(
A table with AUTOINCREMENT never gives an id twice: `sqlite_sequence` remembers
the highest one, even after its row is gone. DROP TABLE drops that memory, and
the table that takes its place starts behind the highest id that was copied. The
id of a row that was deleted is then given to another one, and whoever has kept
it (an invoice, a link, another system) means the wrong row.

Let ALTER TABLE change the table: the compiler rebuilds it where SQLite cannot
alter it, and keeps the counter. In a replacement by hand, copy the row of the
old table in `sqlite_sequence` before the drop.
)md",
    .bad = R"sql(=== 20250115_143022_create_orders.sql
MIGRATION 'create orders'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_price.sql
MIGRATION 'add price'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item TEXT,
    price INTEGER
  );
  INSERT INTO new_orders (id, item) SELECT id, item FROM orders;
  DROP TABLE orders;
  ALTER TABLE new_orders RENAME TO orders;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_orders.sql
MIGRATION 'create orders'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_price.sql
MIGRATION 'add price'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE orders ADD COLUMN price INTEGER;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
