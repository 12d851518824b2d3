#include <algorithm>
#include <string>
#include <vector>

#include "compiler/catalog/written.h"
#include "compiler/checks/insert_select.h"
#include "compiler/checks/keys.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kLosesColumns, kReplaceDeletesRows,
    "a row of table `{0}` with the same {1} is deleted, and what it "
    "has in {2} is lost; write `ON CONFLICT … DO UPDATE SET …` "
    "instead of `REPLACE`",
    std::string, std::string, std::string);
PALINDROME_TEXT(
    kDeletesOthers, kReplaceDeletesRows,
    "every row of table `{0}` with the same {1} is deleted, and not "
    "only one that is meant; write `ON CONFLICT … DO UPDATE SET …` "
    "for the key that finds it",
    std::string, std::string);
PALINDROME_TEXT(kUpdateDeletes, kReplaceDeletesRows,
                "rows of table `{0}` with the {1} that others get are deleted; "
                "write `UPDATE OR ABORT`, and delete such rows by a statement "
                "of its own",
                std::string, std::string);

using Columns = std::vector<std::string>;

bool Contains(const Columns& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// `a`, or `b` and `c`
std::string Describe(const std::vector<UniqueKey>& keys) {
  std::string text;
  for (const UniqueKey& key : keys) {
    text += (text.empty() ? "" : " or the same ") + QuotedList(key.columns);
  }
  return text;
}

class StepCheck {
 public:
  StepCheck(const MigrationContext& context, std::size_t step,
            diagnostics::Emitter& emitter)
      : context_(context),
        step_(context.upgrade.steps[step]),
        index_(step),
        emitter_(emitter) {}

  void Run() {
    if (const auto* insert = As<ast::Insert>(step_)) {
      if (const auto* table = Replaced(insert->table, "INSERT")) {
        JudgeInsert(*table, insert->table);
      }
    } else if (const auto* update = As<ast::Update>(step_)) {
      if (const auto* table = Replaced(update->table, "UPDATE")) {
        JudgeUpdate(*table, update->table);
      }
    }
  }

 private:
  // The old table whose rows the statement may overwrite.
  const ast::Table* Replaced(const ast::Name& name, const char* verb) {
    const ast::Table* table = step_.before.FindTable(name.text);
    if (table == nullptr || !IsOldTable(context_.upgrade, index_, name.text)) {
      return nullptr;
    }
    overwrite_ = catalog::OverwriteOf(step_.item->statement, *table, verb);
    return overwrite_ == catalog::Overwrite::kNever ? nullptr : table;
  }

  // The keys by which a row that has these columns may be in the way.
  std::vector<UniqueKey> KeysAmong(const ast::Table& table,
                                   const Columns& columns, bool all) const {
    std::vector<UniqueKey> keys;
    for (UniqueKey& key : UniqueKeysOf(step_.before, table)) {
      const auto has = [&](const std::string& column) {
        return Contains(columns, column);
      };
      const bool acts = overwrite_ == catalog::Overwrite::kByClause ||
                        key.on_conflict == ast::ConflictAction::kReplace;
      const auto& of = key.columns;
      if (acts && (all ? std::all_of(of.begin(), of.end(), has)
                       : std::any_of(of.begin(), of.end(), has))) {
        keys.push_back(std::move(key));
      }
    }
    return keys;
  }

  void JudgeInsert(const ast::Table& table, const ast::Name& name) {
    Columns targets = InsertTargets(step_.item->statement.tokens.tokens);
    Columns unlisted;
    if (targets.empty()) {
      for (const std::string& column : StoredColumns(table)) {
        targets.push_back(sql::FoldCase(column));
      }
    }
    for (const std::string& column : StoredColumns(table)) {
      if (!Contains(targets, sql::FoldCase(column))) {
        unlisted.push_back(column);
      }
    }
    const auto keys = KeysAmong(table, targets, /*all=*/true);
    const auto place = context_.At(name.range);
    if (!keys.empty() && !unlisted.empty()) {
      emitter_.Emit(kLosesColumns, place, table.name.text, Describe(keys),
                    QuotedList(unlisted));
    } else if (!keys.empty() && UniqueKeysOf(step_.before, table).size() > 1) {
      emitter_.Emit(kDeletesOthers, place, table.name.text, Describe(keys));
    }
  }

  void JudgeUpdate(const ast::Table& table, const ast::Name& name) {
    const auto keys = KeysAmong(
        table, Folded(catalog::UpdatedColumns(EffectsOf(step_), table)),
        /*all=*/false);
    if (!keys.empty()) {
      emitter_.Emit(kUpdateDeletes, context_.At(name.range), table.name.text,
                    Describe(keys));
    }
  }

  static Columns Folded(Columns columns) {
    for (std::string& column : columns) {
      column = sql::FoldCase(column);
    }
    return columns;
  }

  const MigrationContext& context_;
  const catalog::Step& step_;
  std::size_t index_;
  diagnostics::Emitter& emitter_;
  catalog::Overwrite overwrite_ = catalog::Overwrite::kNever;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (std::size_t i = 0; i < context.upgrade.steps.size(); ++i) {
    StepCheck(context, i, emitter).Run();
  }
}

}  // namespace

constinit const Rule kReplaceDeletesRowsRule = {
    .kind = diagnostics::Kind::kReplaceDeletesRows,
    .summary =
        "REPLACE deletes rows, and with them what the statement does not write",
    .rationale = R"md(
`INSERT OR REPLACE` does not update the row that is in the way: it deletes it
and adds another one. Columns that the statement does not list get their
default, whatever stood there. Where a table has several keys, one new row may
delete several old ones, none of which it was meant for. `UPDATE OR REPLACE`
deletes the rows whose key the updated ones take.

Write `INSERT … ON CONFLICT (key) DO UPDATE SET …`, which changes what it names
and keeps the rest. A REPLACE that writes every column of a table with one key
is not reported: it does the same.
)md",
    .bad = R"sql(=== 20250115_143022_create_settings.sql
MIGRATION 'create settings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE settings (
    word TEXT NOT NULL PRIMARY KEY,
    amount TEXT,
    note TEXT
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_set_theme.sql
MIGRATION 'set theme'
  REVISION 'b2'
  REVISES 'a1'
  ALLOW dml-without-inverse BECAUSE 'whoever sets it again wins';

UPGRADE BEGIN
  INSERT OR REPLACE INTO settings (word, amount) VALUES ('theme', 'dark');
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_settings.sql
MIGRATION 'create settings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE settings (
    word TEXT NOT NULL PRIMARY KEY,
    amount TEXT,
    note TEXT
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_set_theme.sql
MIGRATION 'set theme'
  REVISION 'b2'
  REVISES 'a1'
  ALLOW dml-without-inverse BECAUSE 'whoever sets it again wins';

UPGRADE BEGIN
  INSERT INTO settings (word, amount) VALUES ('theme', 'dark')
    ON CONFLICT (word) DO UPDATE SET amount = excluded.amount;
END;

DOWNGRADE BEGIN
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
