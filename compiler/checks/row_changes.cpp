#include "compiler/checks/row_changes.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

// The names that a change speaks of, at any step of a section.
struct Names {
  std::set<std::string> tables;
  std::set<catalog::Use> columns;
};

Names NamesIn(const catalog::Simulation& section,
              const rehearse::RowChange& change) {
  Names names;
  names.tables = NamesOf(section, 0, change.table);
  if (!change.column.empty()) {
    names.columns = NamesOfColumn(section, 0, {change.table, change.column});
  }
  return names;
}

bool WritesRows(const Effects& effects, const Names& names) {
  return std::any_of(
      names.tables.begin(), names.tables.end(), [&](const std::string& table) {
        return Inserts(effects, table) || Deletes(effects, table);
      });
}

bool WritesColumn(const Effects& effects, const Names& names) {
  return std::any_of(names.columns.begin(), names.columns.end(),
                     [&](const catalog::Use& column) {
                       return Updates(effects, column.table, column.column);
                     });
}

bool IsColumn(const Names& names, const ast::Name& table,
              const ast::Name& column) {
  return names.columns.contains(
      {sql::FoldCase(table.text), sql::FoldCase(column.text)});
}

bool MayChange(const catalog::Step& step, const Names& names) {
  const Effects effects = EffectsOf(step);
  if (WritesRows(effects, names) || WritesColumn(effects, names)) {
    return true;
  }
  if (const auto* drop = As<ast::DropTable>(step)) {
    return names.tables.contains(sql::FoldCase(drop->table.text));
  }
  if (const auto* drop = As<ast::DropColumn>(step)) {
    return IsColumn(names, drop->table, drop->column);
  }
  if (const auto* alter = As<ast::AlterColumnType>(step)) {
    return IsColumn(names, alter->table, alter->column);
  }
  if (As<ast::Opaque>(step) == nullptr) {
    return false;
  }
  const auto mentioned = catalog::MentionedNames(step.item->statement);
  return std::any_of(
      names.tables.begin(), names.tables.end(),
      [&](const std::string& table) { return mentioned.contains(table); });
}

std::vector<std::size_t> StepsThatMayChange(const catalog::Simulation& section,
                                            const rehearse::RowChange& change) {
  const Names names = NamesIn(section, change);
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < section.steps.size(); ++i) {
    if (section.steps[i].applies && MayChange(section.steps[i], names)) {
      steps.push_back(i);
    }
  }
  return steps;
}

bool IsAt(const diagnostics::Note& note, source::Location place) {
  return note.location.file == place.file &&
         place.range.contains(note.location.range);
}

// Whether one of the rules speaks of the statement there.
bool FindAnyAt(std::initializer_list<const Rule*> rules,
               const MigrationContext& context, source::Location place) {
  diagnostics::Emitter found;
  for (const Rule* rule : rules) {
    CheckMigration(*rule, context, found);
  }
  const auto& findings = found.diagnostics();
  return std::any_of(
      findings.begin(), findings.end(),
      [&](const diagnostics::Diagnostic& finding) {
        return place.range.contains(finding.location.range) ||
               std::any_of(finding.notes.begin(), finding.notes.end(),
                           [&](const auto& note) { return IsAt(note, place); });
      });
}

}  // namespace

bool SignsRows(const ast::Migration& migration) {
  return std::any_of(migration.allows.begin(), migration.allows.end(),
                     [](const ast::Allow& allow) {
                       return diagnostics::FindKind(allow.rule.text) ==
                              diagnostics::Kind::kDmlWithoutInverse;
                     });
}

std::string DescribeChange(const rehearse::RowChange& change,
                           const std::string& when) {
  const std::string row = "`" + change.row + "`";
  if (!change.column.empty()) {
    return "column `" + change.column + "` of table `" + change.table +
           "` is `" + change.after + "` instead of `" + change.before + "` " +
           when + ", in the row " + row;
  }
  return change.after.empty()
             ? "the row " + row + " of table `" + change.table +
                   "` is not there " + when
             : "the row " + row + " is in table `" + change.table + "` " +
                   when + " and was not before";
}

bool IsToldAt(const MigrationContext& context, source::Location place) {
  return FindAnyAt({&kAddNotNullColumnNoDefaultRule, &kReliesOnCascadeRule,
                    &kEnumValueRemovedRule},
                   context, place);
}

bool IsToldOfOldRows(const MigrationContext& context, source::Location place) {
  return FindAnyAt(
      {&kSetNotNullWithoutBackfillRule, &kAddUniqueOnExistingDataRule,
       &kIndexBecomesUniqueRule, &kCollationChangeOnKeyRule,
       &kAddPrimaryKeyOnExistingDataRule, &kAddCheckOnExistingDataRule,
       &kAddForeignKeyOnExistingDataRule, &kTypeChangeMayFailRule,
       &kStrictConversionRule, &kUniqueOverEqualValuesRule,
       &kSqliteAddReferenceNonnullDefaultRule, &kNonImmutableExpressionRule},
      context, place);
}

RowBlame::RowBlame(const MigrationContext& context)
    : context_(context), downgrade_(EffectsOf(context.downgrade.simulation)) {
  diagnostics::Emitter found;
  for (const Rule* rule :
       {&kDropTableUnarchivedRule, &kDropColumnUnarchivedRule,
        &kDeleteRowsUnarchivedRule, &kDmlWithoutInverseRule,
        &kReliesOnCascadeRule, &kTypeChangeLossyRule,
        &kConflictClauseDropsRowsRule, &kInsertWithoutColumnListRule,
        &kArchiveWithoutRowKeyRule}) {
    CheckMigration(*rule, context, found);
  }
  for (const diagnostics::Diagnostic& finding : found.diagnostics()) {
    told_.insert(finding.location.range.begin);
    // What follows from it at another statement of the file is no news.
    for (const diagnostics::Note& note : finding.notes) {
      if (note.location.file == context.migration().file) {
        told_.insert(note.location.range.begin);
      }
    }
  }
}

source::Location RowBlame::Of(const rehearse::RowChange& change) const {
  const auto causes = StepsThatMayChange(context_.upgrade, change);
  if (!causes.empty()) {
    return LocationOf(context_, context_.upgrade.steps[causes.back()]);
  }
  return OfDowngrade(change);
}

source::Location RowBlame::OfDowngrade(
    const rehearse::RowChange& change) const {
  const auto steps = StepsThatMayChange(context_.downgrade.simulation, change);
  return steps.empty() || context_.downgrade.is_auto
             ? DowngradeOf(context_)
             : LocationOf(context_,
                          context_.downgrade.simulation.steps[steps.back()]);
}

bool RowBlame::IsTold(const rehearse::RowChange& change) const {
  const auto causes = StepsThatMayChange(context_.upgrade, change);
  return std::any_of(causes.begin(), causes.end(), [&](std::size_t step) {
    const auto& statement = context_.upgrade.steps[step].item->statement;
    return told_.contains(statement.range.begin);
  });
}

bool RowBlame::DowngradeWrites(const rehearse::RowChange& change) const {
  const Names names = NamesIn(context_.downgrade.simulation, change);
  return std::any_of(
      names.tables.begin(), names.tables.end(), [&](const std::string& table) {
        return Updates(downgrade_, table) || Deletes(downgrade_, table);
      });
}

std::vector<FirstChange> FirstChanges(
    const std::vector<rehearse::RowChange>& changes,
    llvm::function_ref<source::Location(const rehearse::RowChange&)> blame,
    llvm::function_ref<bool(const rehearse::RowChange&)> matters) {
  std::vector<FirstChange> first;
  std::set<std::uint32_t> told;
  for (const rehearse::RowChange& change : changes) {
    if (!matters(change)) {
      continue;
    }
    const source::Location place = blame(change);
    if (told.insert(place.range.begin).second) {
      first.push_back({place, &change});
    }
  }
  return first;
}

}  // namespace palindrome::checks
