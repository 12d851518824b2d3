#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotUndone, kDmlWithoutInverse,
                "{0} `{1}`, and no statement of the downgrade undoes it; write "
                "one, or sign it with `ALLOW dml-without-inverse BECAUSE '…'`",
                std::string, std::string);
PALINDROME_TEXT(kRowsLeft, kDmlWithoutInverse,
                "{0} `{1}`, and {2}; undo exactly what the upgrade did",
                std::string, std::string, std::string);

using Names = std::set<std::string>;

template <typename Uses, typename Test>
bool AnyOf(const Uses& uses, Test test) {
  return std::any_of(uses.begin(), uses.end(), test);
}

class StepCheck {
 public:
  StepCheck(const MigrationContext& context, const Effects& downgrade,
            std::size_t step, diagnostics::Emitter& emitter)
      : context_(context),
        downgrade_(downgrade),
        index_(step),
        step_(context.upgrade.steps[step]),
        emitter_(emitter) {}

  // One finding a statement: what it writes first.
  void Run() {
    const Effects effects = EffectsOf(step_);
    for (const std::string& table : effects.inserts) {
      if (IsOldTable(context_.upgrade, index_, table) && JudgeInsert(table)) {
        return;
      }
    }
    std::map<std::string, std::vector<std::string>> updates;
    for (const catalog::Use& use : effects.updates) {
      if (IsOldColumn(context_.upgrade, index_, use.table, use.column)) {
        updates[use.table].push_back(use.column);
      }
    }
    for (const auto& [table, columns] : updates) {
      if (JudgeUpdate(table, columns)) {
        return;
      }
    }
  }

 private:
  bool JudgeInsert(const std::string& table) {
    const Names names = NamesOf(context_.upgrade, index_, table);
    const bool undone = AnyOf(names, [&](const std::string& name) {
      return Updates(downgrade_, name) || Deletes(downgrade_, name);
    });
    return Judge("rows are added to table", table, undone, FindLeft(names, {}));
  }

  // One of the columns is written again, or rows as a whole.
  bool JudgeUpdate(const std::string& table,
                   const std::vector<std::string>& columns) {
    const Names names = NamesOf(context_.upgrade, index_, table);
    std::set<catalog::Use> column_names;
    for (const std::string& column : columns) {
      column_names.merge(
          NamesOfColumn(context_.upgrade, index_, {table, column}));
    }
    const bool undone =
        AnyOf(names,
              [&](const std::string& name) {
                return Inserts(downgrade_, name) || Deletes(downgrade_, name);
              }) ||
        AnyOf(column_names, [&](const catalog::Use& name) {
          return Updates(downgrade_, name.table, name.column);
        });
    return Judge("values of " + QuotedList(columns) + " are changed in table",
                 table, undone, FindLeft(names, column_names));
  }

  bool Judge(const std::string& what, const std::string& table, bool undone,
             const rehearse::RowChange* left) {
    if (!undone) {
      emitter_.Emit(kNotUndone, LocationOf(context_, step_), what, table);
    } else if (left != nullptr) {
      const std::string change =
          DescribeChange(*left, "after the rehearsed downgrade");
      auto finding = diagnostics::Make(kRowsLeft, LocationOf(context_, step_),
                                       what, table, change);
      // Of one row each statement that adds such says the same.
      finding.subject = context_.migration().file->name() + ": " + change;
      emitter_.Emit(std::move(finding));
    }
    return !undone || left != nullptr;
  }

  // What the rehearsal found of the table, null if nothing; of those columns,
  // if there are any, or of whole rows. What the statement itself does is found
  // first: a row more by an INSERT, another value by an UPDATE.
  const rehearse::RowChange* FindLeft(
      const Names& tables, const std::set<catalog::Use>& columns) const {
    const rehearse::RowChange* found = nullptr;
    if (context_.rehearsal == nullptr) {
      return nullptr;
    }
    for (const auto& change : context_.rehearsal->rows_not_restored) {
      const std::string table = sql::FoldCase(change.table);
      if (change.at_limits || !tables.contains(table)) {
        continue;
      }
      const bool is_row = change.column.empty();
      const bool is_row_more = is_row && !change.after.empty();
      const bool is_own =
          columns.empty()
              ? is_row_more
              : columns.contains({table, sql::FoldCase(change.column)});
      if (is_own) {
        return &change;
      }
      if (found == nullptr && is_row &&
          (columns.empty() || !is_row_more || HasKey(columns))) {
        found = &change;
      }
    }
    return found;
  }

  // An UPDATE makes no other rows unless it changes a key.
  bool HasKey(const std::set<catalog::Use>& columns) const {
    return AnyOf(columns, [&](const catalog::Use& use) {
      const ast::Table* table = context_.upgrade.before.FindTable(use.table);
      return table != nullptr &&
             AnyOf(ast::PrimaryKey(*table), [&](const std::string& name) {
               return sql::EqualsIgnoringCase(name, use.column);
             });
    });
  }

  const MigrationContext& context_;
  const Effects& downgrade_;
  std::size_t index_;
  const catalog::Step& step_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  // AUTO refuses data statements itself, with the reason.
  if (context.downgrade.is_auto) {
    return;
  }
  const Effects downgrade = EffectsOf(context.downgrade.simulation);
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (As<ast::Insert>(steps[i]) != nullptr ||
        As<ast::Update>(steps[i]) != nullptr) {
      StepCheck(context, downgrade, i, emitter).Run();
    }
  }
}

}  // namespace

constinit const Rule kDmlWithoutInverseRule = {
    .kind = diagnostics::Kind::kDmlWithoutInverse,
    .summary = "rows are added or changed, and the downgrade does not undo it",
    .rationale = R"md(
The schema goes back and the rows do not: after down and up again the same row
is inserted a second time, or a value is changed twice.

Rows with keys of the migration's own are undone by a DELETE of those keys; a
change of values by an UPDATE of the same columns that reverses it. `PRESERVE`
before the statement lets `DOWNGRADE AUTO` undo either. Where there is no way
back, `ALLOW dml-without-inverse BECAUSE '…'` says so. Rows of a table, and values of
a column, that the same file created go with it and need no inverse.
)md",
    .bad = R"sql(=== 20250115_143022_create_prices.sql
MIGRATION 'create prices'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_negate_amounts.sql
MIGRATION 'negate amounts'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  UPDATE prices SET amount = -amount;
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_prices.sql
MIGRATION 'create prices'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_negate_amounts.sql
MIGRATION 'negate amounts'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  UPDATE prices SET amount = -amount;
END;

DOWNGRADE BEGIN
  UPDATE prices SET amount = -amount;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
