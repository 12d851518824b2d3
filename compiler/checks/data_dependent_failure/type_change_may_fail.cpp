#include <string>

#include "compiler/checks/copies.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/conversion.h"
#include "compiler/lower/sqlite/table_facts.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMayFail, kTypeChangeMayFail,
                "values of column `{0}` of table `{1}` may have no place in "
                "type `{2}`; mend them in a migration before this one, or say "
                "with USING what becomes of them",
                std::string, std::string, std::string);
PALINDROME_TEXT(kCastMayFail, kTypeChangeMayFail,
                "values of column `{0}` of table `{1}` may have no place in "
                "type `{2}`, and a cast alone refuses them; mend them in a "
                "migration before this one",
                std::string, std::string, std::string);

using lower::sqlite::Affinity;

// A type of NUMERIC affinity whose values are not whole numbers.
bool HoldsFractionsOrTexts(std::string_view type) {
  const std::string folded = sql::FoldCase(type);
  for (const char* part : {"dec", "num", "date", "time"}) {
    if (folded.find(part) != std::string::npos) {
      return true;
    }
  }
  return false;
}

// Whether ordinary values of the one type do not pass the conversion.
bool MayFail(const ast::Column& from, std::string_view to, bool strict) {
  const Affinity before = lower::sqlite::AffinityOf(from.type, strict);
  const bool is_blob = before == Affinity::kBlob && !from.type.empty() &&
                       !sql::EqualsIgnoringCase(from.type, "ANY");
  switch (lower::sqlite::AffinityOf(to, strict)) {
    case Affinity::kInteger:
      return before == Affinity::kText || before == Affinity::kReal ||
             is_blob ||
             (before == Affinity::kNumeric && HoldsFractionsOrTexts(from.type));
    case Affinity::kReal:
      return before == Affinity::kText || is_blob;
    case Affinity::kNumeric:
      return before == Affinity::kText;
    case Affinity::kText:
      return is_blob;
    case Affinity::kBlob:
      return false;
  }
  return false;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto copies = CopiesOf(context.upgrade);
  for (const std::size_t i : context.upgrade.changes) {
    const catalog::Step& step = context.upgrade.steps[i];
    const auto* alter = As<ast::AlterColumnType>(step);
    const ast::Table* table =
        alter == nullptr ? nullptr : step.before.FindTable(alter->table.text);
    const ast::Column* column =
        table == nullptr ? nullptr : FindColumn(*table, alter->column.text);
    if (column == nullptr || column->generated ||
        !MayFail(*column, alter->type, table->strict) ||
        lower::sqlite::ConversionOf(*alter, *table).lossy.empty()) {
      continue;
    }
    const auto origin = OriginOf(context.upgrade, copies, i,
                                 {alter->table.text, alter->column.text});
    if (!origin || IsShownSafe(context, origin->table) ||
        IsMended(context, i, alter->table.text, {alter->column.text})) {
      continue;
    }
    // A lossy conversion that USING asks for is a cast alone.
    emitter.Emit(WithRefusedRow(
        context, i,
        diagnostics::Make(
            alter->using_expression.empty() ? kMayFail : kCastMayFail,
            context.At(alter->type_range), column->name.text, table->name.text,
            alter->type)));
  }
}

}  // namespace

constinit const Rule kTypeChangeMayFailRule = {
    .kind = diagnostics::Kind::kTypeChangeMayFail,
    .summary = "a column gets a type that its values may not fit",
    .rationale = R"md(
A change of type never changes a value without a word: where one does not come
out as what it was (`'zzz'` as an INTEGER, `1.5` as an INTEGER), the upgrade
fails, and everything is then as it was.

Mend such values in a migration before this one, or say with USING what becomes
of them: `ALTER COLUMN size TYPE INTEGER USING coalesce(CAST(size AS INTEGER),
0)`. A cast alone, `USING CAST(size AS INTEGER)`, is the conversion that would be
made anyway, and is guarded as well. The rule is silent once the history has a
statement that updates the column or deletes rows by it.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_count_days.sql
MIGRATION 'count days'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN size TYPE INTEGER;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, notes VARCHAR(20));
END;

DOWNGRADE AUTO;
=== 20250116_090000_write_long_notes.sql
MIGRATION 'write long notes'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN notes TYPE TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
