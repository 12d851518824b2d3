#include "compiler/lower/sqlite/lower.h"

#include <algorithm>
#include <utility>

#include "compiler/lower/sqlite/archive.h"
#include "compiler/lower/sqlite/features.h"
#include "compiler/lower/sqlite/guards.h"
#include "compiler/lower/sqlite/native.h"
#include "compiler/lower/sqlite/rebuild.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;

class Lowering {
 public:
  Lowering(const source::File* file, std::uint32_t minimum)
      : file_(file), minimum_(std::max(minimum, kOldestEngine)) {
    program_.minimum_engine = minimum_;
  }

  void Add(const catalog::Step& step, std::size_t index);
  Program Take() && { return std::move(program_); }

 private:
  void Emit(std::uint32_t flags, std::string sql);
  void PassThrough(std::uint32_t flags);
  void EmitAll(std::vector<Emitted> statements);
  void LowerRebuild();
  void Need(std::uint32_t version);
  std::uint32_t FlagsOfParent(std::string_view table) const;

  void Lower(const ast::CreateTable& statement);
  void Lower(const ast::DropTable& statement);
  void Lower(const ast::RenameTable& statement);
  void Lower(const ast::AddColumn& statement);
  void Lower(const ast::DropColumn& statement);
  void Lower(const ast::Restore& statement);
  void DropArchives();
  void LowerNode();

  const source::File* file_;
  std::uint32_t minimum_;
  const catalog::Step* step_ = nullptr;
  std::size_t index_ = 0;
  Program program_;
};

bool IsRename(ast::StatementKind kind) {
  return kind == ast::StatementKind::kRenameTable ||
         kind == ast::StatementKind::kRenameColumn;
}

void Lowering::Need(std::uint32_t version) {
  program_.minimum_engine = std::max(program_.minimum_engine, version);
}

void Lowering::Emit(std::uint32_t flags, std::string sql) {
  program_.statements.push_back({flags, std::move(sql), index_, std::nullopt});
}

void Lowering::EmitAll(std::vector<Emitted> statements) {
  for (Emitted& emitted : statements) {
    Need(NeededBy(emitted.sql));
    Emit(emitted.flags, std::move(emitted.sql));
  }
}

void Lowering::PassThrough(std::uint32_t flags) {
  const ast::Statement& statement = step_->item->statement;
  if (file_ == nullptr || statement.range.begin >= statement.range.end) {
    Emit(flags, ast::Print(statement));
  } else {
    Emit(flags, std::string(file_->text(statement.range)));
    program_.statements.back().source_offset = statement.range.begin;
  }
  Need(NeededBy(program_.statements.back().sql, step_->access.stand_ins));
}

void Lowering::LowerRebuild() {
  const std::string_view table = ast::TableOf(step_->item->statement);
  if (const ast::Table* after = step_->after.FindTable(table)) {
    Need(NeededBy(*after));
  }
  EmitAll(EmitRebuild(PlanRebuild(*step_)));
}

std::uint32_t Lowering::FlagsOfParent(std::string_view table) const {
  return IsReferencedByOthers(step_->before, table) ? table::kCheckForeignKeys
                                                    : 0U;
}

void Lowering::Lower(const ast::CreateTable& statement) {
  Need(NeededBy(statement.table));
  PassThrough(0);
}

void Lowering::Lower(const ast::DropTable& statement) {
  PassThrough(FlagsOfParent(statement.table.text));
}

// SQLite takes a name that differs only in case for one that is taken.
void Lowering::Lower(const ast::RenameTable& statement) {
  const std::string& from = statement.table.text;
  const std::string& to = statement.to.text;
  if (from == to) {
    return;
  }
  if (!EqualsIgnoringCase(from, to)) {
    PassThrough(0);
    return;
  }
  const std::string interim = QuoteName(InterimName(to));
  Emit(0, "ALTER TABLE " + QuoteName(from) + " RENAME TO " + interim);
  Emit(0, "ALTER TABLE " + interim + " RENAME TO " + QuoteName(to));
}

void Lowering::Lower(const ast::AddColumn& statement) {
  if (!CanAddColumn(statement,
                    *step_->before.FindTable(statement.table.text)) ||
      !step_->item->restores.empty()) {
    LowerRebuild();
    return;
  }
  const ast::Column& column = statement.column;
  Need(NeededBy(column));
  bool refers = false;
  for (const ast::Constraint& constraint : statement.constraints) {
    refers |= constraint.kind == ast::ConstraintKind::kForeignKey;
  }
  PassThrough(refers && !DefaultsToNull(column) ? table::kCheckForeignKeys
                                                : 0U);
  if (minimum_ >= kAddColumnChecksRows) {
    return;
  }
  for (const ast::Constraint& constraint : statement.constraints) {
    if (constraint.kind == ast::ConstraintKind::kCheck) {
      Emit(table::kExpectNoRows, GuardCheck(statement.table.text, constraint));
    }
  }
  if (column.generated && column.not_null) {
    Emit(table::kExpectNoRows,
         GuardNotNull(statement.table.text, column.name.text));
  }
}

void Lowering::Lower(const ast::DropColumn& statement) {
  const ast::Table* before = step_->before.FindTable(statement.table.text);
  if (minimum_ < kDropColumn ||
      !CanDropColumn(statement, *before, step_->before)) {
    LowerRebuild();
    return;
  }
  Need(kSafeDropColumn);
  PassThrough(FlagsOfParent(statement.table.text));
}

void Lowering::Lower(const ast::Restore& statement) {
  const catalog::ObjectPtr archive =
      step_->before.Find(catalog::ObjectKind::kArchive, statement.archive);
  EmitAll(RestoreArchive(std::get<ast::Archive>(archive->definition), *step_));
}

// One that is given up may be missing, where a stamp took the place of what
// would have made it.
void Lowering::DropArchives() {
  const bool may_miss =
      step_->item->statement.kind() == ast::StatementKind::kPurgeArchive;
  for (const auto& change :
       catalog::Catalog::Changes(step_->before, step_->after)) {
    const std::string& name = change.before->name();
    Emit(0, (may_miss ? "DROP TABLE IF EXISTS " : "DROP TABLE ") +
                QuoteName(name));
    if (std::get<ast::Archive>(change.before->definition).with_sequence) {
      Emit(0, "DELETE FROM main.sqlite_sequence WHERE name = " +
                  QuoteString(name));
    }
  }
}

void Lowering::LowerNode() {
  const ast::Statement& statement = step_->item->statement;
  switch (statement.kind()) {
    case ast::StatementKind::kCreateTable:
      return Lower(std::get<ast::CreateTable>(statement.node));
    case ast::StatementKind::kDropTable:
      return Lower(std::get<ast::DropTable>(statement.node));
    case ast::StatementKind::kRenameTable:
      return Lower(std::get<ast::RenameTable>(statement.node));
    case ast::StatementKind::kAddColumn:
      return Lower(std::get<ast::AddColumn>(statement.node));
    case ast::StatementKind::kDropColumn:
      return Lower(std::get<ast::DropColumn>(statement.node));
    case ast::StatementKind::kAlterColumnType:
    case ast::StatementKind::kSetNotNull:
    case ast::StatementKind::kDropNotNull:
    case ast::StatementKind::kSetDefault:
    case ast::StatementKind::kDropDefault:
    case ast::StatementKind::kAddConstraint:
    case ast::StatementKind::kDropConstraint:
    case ast::StatementKind::kRenameConstraint:
      return LowerRebuild();
    case ast::StatementKind::kRenameColumn:
    case ast::StatementKind::kCreateIndex:
    case ast::StatementKind::kDropIndex:
    case ast::StatementKind::kCreateView:
    case ast::StatementKind::kDropView:
    case ast::StatementKind::kCreateTrigger:
    case ast::StatementKind::kDropTrigger:
      return PassThrough(0);
    case ast::StatementKind::kInsert:
    case ast::StatementKind::kUpdate:
    case ast::StatementKind::kDelete:
      return PassThrough(table::kDataStatement | table::kCheckForeignKeys);
    case ast::StatementKind::kRestore:
      return Lower(std::get<ast::Restore>(statement.node));
    case ast::StatementKind::kPurgeArchive:
    case ast::StatementKind::kDropArchive:
      return DropArchives();
    case ast::StatementKind::kCreateArchive:
      return Emit(0, ast::Print(statement));
    case ast::StatementKind::kOpaque:
      // What it does is the engine's to know.
      return PassThrough(table::kCheckForeignKeys);
  }
}

void Lowering::Add(const catalog::Step& step, std::size_t index) {
  step_ = &step;
  index_ = index;
  const ast::Item& item = *step.item;
  if (!item.dialect.empty() && item.dialect != "sqlite") {
    return;
  }
  const ast::StatementKind kind = item.statement.kind();
  const auto* type = std::get_if<ast::AlterColumnType>(&item.statement.node);
  const bool computes = type != nullptr && !type->using_expression.empty();
  if (ast::IsSchemaStatement(kind) && !IsRename(kind) && !computes &&
      item.restores.empty() && step.before == step.after) {
    return;
  }
  const auto* archive =
      step.archive ? std::get_if<ast::Archive>(&step.archive->definition)
                   : nullptr;
  if (step.opens_archive) {
    EmitAll(OpenArchive(*archive, step));
  }
  LowerNode();
  if (step.closes_archive) {
    EmitAll(CloseArchive(*archive, step));
  }
}

}  // namespace

Program Lower(const catalog::Simulation& simulation, const source::File* file,
              std::uint32_t minimum) {
  Lowering lowering(file, minimum);
  for (std::size_t i = 0; i < simulation.steps.size(); ++i) {
    lowering.Add(simulation.steps[i], i);
  }
  return std::move(lowering).Take();
}

}  // namespace palindrome::lower::sqlite
