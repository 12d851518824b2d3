#include <algorithm>
#include <string>
#include <utility>

#include "compiler/checks/differences.h"
#include "compiler/checks/replacements.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kConverts, kTypeChangeLossy,
    "`USING` changes values for good: {0}; keep them with "
    "`PRESERVE` before the statement, or have the downgrade compute "
    "them back",
    std::string);
PALINDROME_TEXT(kBecomeNumbers, kTypeChangeLossy,
                "texts of column `{0}` of table `{1}` that look like numbers, "
                "such as '007', become numbers in `{2}`, and do not come back; "
                "`ALTER COLUMN … TYPE` stops at them instead",
                std::string, std::string, std::string);

using lower::sqlite::Affinity;

// What USING changed of the column and the rehearsed downgrade did not bring
// back; null if there is nothing.
const rehearse::RowChange* FindChange(const MigrationContext& context,
                                      std::size_t step,
                                      const ast::AlterColumnType& alter) {
  if (context.rehearsal == nullptr || DowngradeIsBroken(context)) {
    return nullptr;
  }
  const auto names = NamesOfColumn(context.upgrade, step,
                                   {alter.table.text, alter.column.text});
  const auto& changes = context.rehearsal->rows_not_restored;
  const auto found = std::find_if(
      changes.begin(), changes.end(), [&](const rehearse::RowChange& change) {
        return !change.at_limits &&
               names.contains(
                   {sql::FoldCase(change.table), sql::FoldCase(change.column)});
      });
  return found == changes.end() ? nullptr : &*found;
}

// A type of numbers, and not one such as DATE that keeps texts on purpose.
bool IsNumeric(const ast::Column& column, bool strict) {
  const Affinity affinity = lower::sqlite::AffinityOf(column.type, strict);
  const std::string type = sql::FoldCase(column.type);
  const bool says_number = type.find("num") != std::string::npos ||
                           type.find("dec") != std::string::npos;
  return affinity == Affinity::kInteger || affinity == Affinity::kReal ||
         (affinity == Affinity::kNumeric && says_number);
}

void CheckCopy(const MigrationContext& context, const Copy& copy,
               diagnostics::Emitter& emitter) {
  for (const Copy::Item& item : copy.items) {
    const ast::Column* source = FindColumn(*copy.source, item.from);
    const ast::Column* target = FindColumn(*copy.target, item.to);
    if (source != nullptr && target != nullptr && !copy.target->strict &&
        lower::sqlite::AffinityOf(source->type, copy.source->strict) ==
            Affinity::kText &&
        IsNumeric(*target, false)) {
      auto finding = diagnostics::Make(
          kBecomeNumbers, LocationOf(context, context.upgrade.steps[copy.step]),
          source->name.text, copy.source->name.text, copy.target->name.text);
      if (const auto* drop = FindDropOf(context.upgrade, copy)) {
        finding.With(LocationOf(context, *drop), "the texts are dropped here");
      }
      emitter.Emit(std::move(finding));
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const auto* alter = As<ast::AlterColumnType>(upgrade.steps[i]);
    if (alter == nullptr || alter->using_expression.empty() ||
        IsPreserved(upgrade.steps[i], alter->table.text)) {
      continue;
    }
    if (const auto* change = FindChange(context, i, *alter)) {
      emitter.Emit(kConverts, LocationOf(context, upgrade.steps[i]),
                   DescribeChange(*change, "after the downgrade"));
    }
  }
  for (const Replacement& replacement : FindReplacements(upgrade)) {
    if (IsPreserved(upgrade.steps[replacement.drop], replacement.old_name)) {
      continue;
    }
    for (const Copy& copy : CopiesOf(upgrade, replacement)) {
      CheckCopy(context, copy, emitter);
    }
  }
}

}  // namespace

constinit const Rule kTypeChangeLossyRule = {
    .kind = diagnostics::Kind::kTypeChangeLossy,
    .summary = "values are converted to a type that cannot hold all of them",
    .rationale = R"md(
`ALTER COLUMN … TYPE` alone never changes a value: a row whose value the new
type would change stops the migration. `USING` computes new values, and a table
that is replaced by hand converts what it is given without a word: in a column
of numbers the text `'007'` becomes 7, and no downgrade knows that it had
zeros.

Write `PRESERVE` before the statement, which keeps the old values for `DOWNGRADE
AUTO`; or have the downgrade compute them back, if they can be; or let `ALTER
COLUMN … TYPE` refuse what does not fit, instead of a copy.
)md",
    .bad = R"sql(=== 20250115_143022_create_words.sql
MIGRATION 'create words'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_shorten_words.sql
MIGRATION 'shorten words'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE words
    ALTER COLUMN word TYPE VARCHAR(4) USING substr(word, 1, 4);
END;

DOWNGRADE BEGIN
  ALTER TABLE words ALTER COLUMN word TYPE TEXT;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_words.sql
MIGRATION 'create words'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_shorten_words.sql
MIGRATION 'shorten words'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE ALTER TABLE words
    ALTER COLUMN word TYPE VARCHAR(4) USING substr(word, 1, 4);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
