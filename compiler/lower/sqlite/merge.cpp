#include "compiler/lower/sqlite/merge.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/lower/sqlite/rebuild.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;

// What the step was lowered to.
std::vector<const Statement*> StatementsOf(const Program& program,
                                           std::size_t step) {
  std::vector<const Statement*> statements;
  for (const Statement& statement : program.statements) {
    if (statement.step == step) {
      statements.push_back(&statement);
    }
  }
  return statements;
}

bool MayBeRebuild(ast::StatementKind kind) {
  switch (kind) {
    case ast::StatementKind::kAddColumn:
    case ast::StatementKind::kDropColumn:
    case ast::StatementKind::kAlterColumnType:
    case ast::StatementKind::kSetNotNull:
    case ast::StatementKind::kDropNotNull:
    case ast::StatementKind::kSetDefault:
    case ast::StatementKind::kDropDefault:
    case ast::StatementKind::kAddConstraint:
    case ast::StatementKind::kDropConstraint:
    case ast::StatementKind::kRenameConstraint:
      return true;
    case ast::StatementKind::kCreateTable:
    case ast::StatementKind::kDropTable:
    case ast::StatementKind::kRenameTable:
    case ast::StatementKind::kRenameColumn:
    case ast::StatementKind::kCreateIndex:
    case ast::StatementKind::kDropIndex:
    case ast::StatementKind::kCreateView:
    case ast::StatementKind::kDropView:
    case ast::StatementKind::kCreateTrigger:
    case ast::StatementKind::kDropTrigger:
    case ast::StatementKind::kInsert:
    case ast::StatementKind::kUpdate:
    case ast::StatementKind::kDelete:
    case ast::StatementKind::kRestore:
    case ast::StatementKind::kPurgeArchive:
    case ast::StatementKind::kDropArchive:
    case ast::StatementKind::kCreateArchive:
    case ast::StatementKind::kOpaque:
      return false;
  }
  return false;
}

bool IsRebuild(const catalog::Step& step,
               const std::vector<const Statement*>& lowered) {
  return MayBeRebuild(step.item->statement.kind()) && !step.archive &&
         step.item->restores.empty() &&
         std::any_of(lowered.begin(), lowered.end(), [](const auto* statement) {
           return (statement->flags & table::kCopiesRows) != 0;
         });
}

bool SameKey(const ast::Table& left, const ast::Table& right) {
  const auto alias = [](const ast::Table& table) {
    const ast::Column* column = RowidAlias(table);
    return column == nullptr ? std::string() : FoldCase(column->name.text);
  };
  return ast::PrimaryKey(left) == ast::PrimaryKey(right) &&
         alias(left) == alias(right) && RowidName(left) == RowidName(right) &&
         IsAutoincrement(left) == IsAutoincrement(right);
}

// Everything that the engine refuses a row of the table for; sorted.
std::vector<std::string> Limits(const ast::Table& table) {
  std::vector<std::string> limits;
  for (const ast::Constraint& constraint : table.constraints) {
    limits.push_back(constraint.owner.text + " " + ast::Print(constraint));
  }
  for (const ast::Column& column : table.columns) {
    if (column.not_null) {
      limits.push_back(FoldCase(column.name.text) + " NOT NULL");
    }
  }
  std::sort(limits.begin(), limits.end());
  return limits;
}

bool IsSubset(const std::vector<std::string>& part,
              const std::vector<std::string>& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

// Whether a value may be stored as another, or be refused: a STRICT table tests
// each against its type.
bool Converts(const ast::AlterColumnType& statement, const ast::Table& before) {
  const ast::Column& column = *FindColumn(before, statement.column.text);
  return before.strict || !statement.using_expression.empty() ||
         AffinityOf(column.type, /*strict=*/false) !=
             AffinityOf(statement.type, /*strict=*/false);
}

// Rebuilds of one table that become one.
class Group {
 public:
  // False: the step is not part of it, which stays as it is.
  bool Add(const catalog::Step& step);

  std::size_t size() const { return size_; }
  std::vector<Emitted> Emit() const { return EmitRebuild(plan_); }

 private:
  bool CanConvert(const ast::AlterColumnType& statement,
                  const std::string& column) const;
  bool Take(const RebuildPlan& next, const ast::Statement& statement);

  RebuildPlan plan_;
  std::vector<std::string> initial_;  // The limits before the first step.
  std::vector<std::string> limits_;   // Those that must be there at the end.
  std::size_t size_ = 0;
};

// The value and the guard read the columns as they were before the first step,
// and no limit that a step has added was tested on the values before.
bool Group::CanConvert(const ast::AlterColumnType& statement,
                       const std::string& column) const {
  const bool reads_others = !statement.using_expression.empty();
  return IsSubset(limits_, initial_) &&
         (reads_others ? plan_.values.empty()
                       : plan_.values.find(column) == plan_.values.end());
}

bool Group::Take(const RebuildPlan& next, const ast::Statement& statement) {
  RebuildPlan merged = plan_;
  std::vector<std::string> limits = limits_;
  if (const auto* type = std::get_if<ast::AlterColumnType>(&statement.node)) {
    const std::string column = FoldCase(type->column.text);
    if (Converts(*type, *next.before)) {
      if (!CanConvert(*type, column)) {
        return false;
      }
      merged.values.insert(next.values.begin(), next.values.end());
      merged.guards.insert(merged.guards.end(), next.guards.begin(),
                           next.guards.end());
      // From here on they are tested on the new values.
      limits = Limits(*next.after);
    }
  } else if (const auto* drop = std::get_if<ast::DropColumn>(&statement.node)) {
    merged.values.erase(FoldCase(drop->column.text));
  } else {
    merged.values.insert(next.values.begin(), next.values.end());
  }
  const std::vector<std::string> before = Limits(*next.before);
  const std::vector<std::string> after = Limits(*next.after);
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(limits));
  std::sort(limits.begin(), limits.end());
  limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
  if (!IsSubset(limits, after)) {
    return false;
  }
  merged.after = next.after;
  merged.result = next.result;
  plan_ = std::move(merged);
  limits_ = std::move(limits);
  return true;
}

bool Group::Add(const catalog::Step& step) {
  const RebuildPlan next = PlanRebuild(step);
  if (!SameKey(*next.before, *next.after) ||
      (size_ != 0 && next.before->name.text != plan_.after->name.text)) {
    return false;
  }
  if (size_ == 0) {
    plan_.before = next.before;
    plan_.after = next.before;
    plan_.result = next.result;
    initial_ = Limits(*next.before);
    plan_.guards.clear();
  }
  if (!Take(next, step.item->statement)) {
    return false;
  }
  ++size_;
  return true;
}

void Append(const Group& group, std::size_t step, Program& program) {
  for (Emitted& emitted : group.Emit()) {
    program.statements.push_back(
        {emitted.flags, std::move(emitted.sql), step, std::nullopt});
  }
}

// The steps of a migration that were lowered to something.
struct LoweredStep {
  const catalog::Step* step = nullptr;
  std::size_t index = 0;
  std::vector<const Statement*> statements;
};

std::vector<LoweredStep> StepsOf(const Lowered& migration) {
  std::vector<LoweredStep> steps;
  for (std::size_t i = 0; i < migration.simulation->steps.size(); ++i) {
    auto statements = StatementsOf(*migration.program, i);
    if (!statements.empty()) {
      steps.push_back(
          {&migration.simulation->steps[i], i, std::move(statements)});
    }
  }
  return steps;
}

}  // namespace

std::optional<Program> MergeWithin(const Lowered& migration) {
  Program program;
  program.minimum_engine = migration.program->minimum_engine;
  const std::vector<LoweredStep> steps = StepsOf(migration);
  bool has_merged = false;
  for (std::size_t i = 0; i < steps.size();) {
    Group group;
    while (i + group.size() < steps.size()) {
      const LoweredStep& next = steps[i + group.size()];
      if (!IsRebuild(*next.step, next.statements) || !group.Add(*next.step)) {
        break;
      }
    }
    if (group.size() > 1) {
      Append(group, steps[i].index, program);
      has_merged = true;
      i += group.size();
      continue;
    }
    for (const Statement* statement : steps[i].statements) {
      program.statements.push_back(*statement);
    }
    ++i;
  }
  return has_merged ? std::optional(std::move(program)) : std::nullopt;
}

MergedMigrations MergeAcross(const std::vector<Lowered>& migrations) {
  MergedMigrations merged;
  Group group;
  for (const Lowered& migration : migrations) {
    const std::vector<LoweredStep> steps = StepsOf(migration);
    Group with = group;
    const bool fits =
        !steps.empty() &&
        std::all_of(steps.begin(), steps.end(), [&with](const auto& step) {
          return IsRebuild(*step.step, step.statements) && with.Add(*step.step);
        });
    if (!fits) {
      break;
    }
    group = std::move(with);
    ++merged.count;
    merged.program.minimum_engine = std::max(merged.program.minimum_engine,
                                             migration.program->minimum_engine);
  }
  if (merged.count > 1) {
    Append(group, 0, merged.program);
  }
  return merged;
}

}  // namespace palindrome::lower::sqlite
