#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "compiler/checks/foreign_keys.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRelies, kReliesOnCascade,
                "rows of table `{0}` are {1}, and `{2}` of {3} does not act "
                "in a migration; write a statement that changes the rows of "
                "`{4}` as well",
                std::string, std::string, std::string, std::string,
                std::string);

using ast::ReferenceAction;

// What the action is called; empty if the engine would refuse instead of act.
std::string ActionName(ReferenceAction action) {
  switch (action) {
    case ReferenceAction::kCascade:
      return "CASCADE";
    case ReferenceAction::kSetNull:
      return "SET NULL";
    case ReferenceAction::kSetDefault:
      return "SET DEFAULT";
    case ReferenceAction::kUnspecified:
    case ReferenceAction::kNoAction:
    case ReferenceAction::kRestrict:
      return "";
  }
  return "";
}

// The steps that update or delete rows of a table, by its name at the time.
struct Writers {
  std::size_t first = 0;
  std::size_t last = 0;
};
using WritersOfTables = std::map<std::string, Writers>;

WritersOfTables FindWriters(const std::vector<Effects>& effects) {
  WritersOfTables writers;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const auto add = [&](const std::string& table) {
      writers.try_emplace(table, Writers{i, i}).first->second.last = i;
    };
    for (const catalog::Use& use : effects[i].updates) {
      add(use.table);
    }
    for (const std::string& table : effects[i].deletes) {
      add(table);
    }
  }
  return writers;
}

class StepCheck {
 public:
  StepCheck(const MigrationContext& context, std::size_t step,
            const Effects& effects, const WritersOfTables& writers,
            diagnostics::Emitter& emitter)
      : context_(context),
        upgrade_(context.upgrade),
        index_(step),
        step_(upgrade_.steps[step]),
        effects_(effects),
        writers_(writers),
        emitter_(emitter) {}

  void Run() {
    for (const std::string& table : effects_.deletes) {
      CheckDelete(table);
    }
    std::string last;
    for (const catalog::Use& use : effects_.updates) {
      if (use.table != last) {
        last = use.table;
        CheckUpdate(use.table);
      }
    }
  }

 private:
  void CheckDelete(const std::string& parent) {
    for (const ForeignKey& key : ForeignKeysTo(step_.before, parent)) {
      const std::string action =
          ActionName(key.constraint->references.on_delete);
      if (!action.empty() && !IsTakenCareOf(key, parent)) {
        Report(parent, "deleted", "ON DELETE " + action, key);
      }
    }
  }

  void CheckUpdate(const std::string& parent) {
    for (const ForeignKey& key : ForeignKeysTo(step_.before, parent)) {
      const std::string action =
          ActionName(key.constraint->references.on_update);
      const auto columns = ReferencedColumns(step_.before, *key.constraint);
      const bool changes_key = std::any_of(
          columns.begin(), columns.end(), [&](const std::string& column) {
            return Updates(effects_, parent, column);
          });
      if (!action.empty() && changes_key && !IsTakenCareOf(key, parent)) {
        Report(parent, "given another key", "ON UPDATE " + action, key);
      }
    }
  }

  // Whether another statement of the file changes the child's rows, or there
  // can be none to change.
  bool IsTakenCareOf(const ForeignKey& key, const std::string& parent) const {
    const std::string& child = key.child->name();
    if (sql::EqualsIgnoringCase(child, parent)) {
      if (!HasWord(step_.item->statement, {"where"})) {
        return true;  // Every row goes, those that refer to it too.
      }
    } else if (Updates(effects_, child) || Deletes(effects_, child)) {
      return true;  // A trigger does it.
    }
    if (!IsOldTable(upgrade_, index_, child)) {
      return true;
    }
    const auto names = NamesOf(upgrade_, index_, child);
    return std::any_of(names.begin(), names.end(), [&](const auto& name) {
      const auto found = writers_.find(name);
      return found != writers_.end() &&
             (found->second.first != index_ || found->second.last != index_);
    });
  }

  void Report(const std::string& parent, const std::string& what,
              const std::string& action, const ForeignKey& key) {
    auto diagnostic =
        diagnostics::Make(kRelies, LocationOf(context_, step_), parent, what,
                          action, Describe(key), key.child->name());
    if (key.child->created.file != nullptr) {
      diagnostic.With(key.child->created,
                      "table `" + key.child->name() + "` is created here");
    }
    emitter_.Emit(std::move(diagnostic));
  }

  const MigrationContext& context_;
  const catalog::Simulation& upgrade_;
  std::size_t index_;
  const catalog::Step& step_;
  const Effects& effects_;
  const WritersOfTables& writers_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto& steps = context.upgrade.steps;
  std::vector<Effects> effects;
  for (const catalog::Step& step : steps) {
    effects.push_back(EffectsOf(step));
  }
  const WritersOfTables writers = FindWriters(effects);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    StepCheck(context, i, effects[i], writers, emitter).Run();
  }
}

}  // namespace

constinit const Rule kReliesOnCascadeRule = {
    .kind = diagnostics::Kind::kReliesOnCascade,
    .summary = "a statement counts on ON DELETE or ON UPDATE of a foreign key",
    .rationale = R"md(
Migrations on SQLite run with `foreign_keys` off: with it on, the rebuild of a
table would empty the tables that refer to it with ON DELETE CASCADE. So no
CASCADE, SET NULL or SET DEFAULT acts while a migration runs. A DELETE that
counts on one leaves rows behind that refer to nothing, and the check at the end
of the migration refuses them, on the first database that has such rows.

Change the rows of the other table by a statement of its own. A file that does
is not reported.
)md",
    .bad = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done INTEGER NOT NULL);
  CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    task_id INTEGER NOT NULL,
    CONSTRAINT fk_comments_task_id FOREIGN KEY (task_id) REFERENCES tasks (id)
      ON DELETE CASCADE
  );
  CREATE INDEX ix_comments_task_id ON comments (task_id);
END;

DOWNGRADE AUTO;
=== 20250116_090000_delete_done_tasks.sql
MIGRATION 'delete done tasks'
  REVISION 'b2'
  REVISES 'a1'
  ALLOW delete-rows-unarchived BECAUSE 'nobody looks at them again';

UPGRADE BEGIN
  DELETE FROM tasks WHERE done = 1;
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done INTEGER NOT NULL);
  CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    task_id INTEGER NOT NULL,
    CONSTRAINT fk_comments_task_id FOREIGN KEY (task_id) REFERENCES tasks (id)
      ON DELETE CASCADE
  );
  CREATE INDEX ix_comments_task_id ON comments (task_id);
END;

DOWNGRADE AUTO;
=== 20250116_090000_delete_done_tasks.sql
MIGRATION 'delete done tasks'
  REVISION 'b2'
  REVISES 'a1'
  ALLOW delete-rows-unarchived BECAUSE 'nobody looks at them again';

UPGRADE BEGIN
  DELETE FROM comments
    WHERE task_id IN (SELECT id FROM tasks WHERE done = 1);
  DELETE FROM tasks WHERE done = 1;
END;

DOWNGRADE BEGIN
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
