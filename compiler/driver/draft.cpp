#include "compiler/driver/draft.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "llvm/ADT/StringExtras.h"

#include "compiler/autogenerate/operations.h"
#include "compiler/catalog/simulate.h"
#include "compiler/checks/rule.h"
#include "compiler/driver/derivation.h"
#include "compiler/driver/draft_lines.h"
#include "compiler/models/renames.h"
#include "compiler/parse/parse.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

using catalog::Catalog;
using Statements = std::vector<ast::Statement>;

// As far as they apply.
Catalog ApplyAll(const Statements& statements, const Catalog& before,
                 catalog::Engine& engine) {
  Catalog after = before;
  for (const ast::Statement& statement : statements) {
    catalog::Applied applied =
        catalog::Apply(statement, nullptr, after, engine);
    if (applied.applies) {
      after = std::move(applied.after);
    }
  }
  return after;
}

std::string NamesOf(const Catalog& catalog, catalog::ObjectKind kind) {
  std::vector<std::string> names;
  for (const std::string& name : catalog.Names(kind)) {
    names.push_back("`" + Printable(name) + "`");
  }
  return llvm::join(names, ", ");
}

// What a comparison with models leaves out.
std::string Unseen(const Catalog& history) {
  std::vector<std::string> unseen;
  for (const auto& [kind, what] :
       {std::pair{catalog::ObjectKind::kView, "views"},
        {catalog::ObjectKind::kTrigger, "triggers"},
        {catalog::ObjectKind::kVirtualTable, "virtual tables"}}) {
    const std::string names = NamesOf(history, kind);
    unseen.push_back(std::string(what) +
                     (names.empty() ? "" : " (" + names + ")"));
  }
  return "not compared, since models do not say them: " +
         llvm::join(unseen, ", ") + ", and rows";
}

// The views and triggers that models do not keep, in words.
std::vector<std::string> GoingAlong(const Catalog& before,
                                    const Catalog& after) {
  std::vector<std::string> names;
  for (const auto& change : autogenerate::SchemaChanges(before, after)) {
    const bool is_body = change.key.kind == catalog::ObjectKind::kView ||
                         change.key.kind == catalog::ObjectKind::kTrigger;
    if (is_body && !change.after) {
      names.push_back(std::string(catalog::ObjectKindName(change.key.kind)) +
                      " `" + Printable(change.before->name()) + "`");
    }
  }
  return names;
}

// One reading of how the two schemas differ.
struct Reading {
  std::vector<DraftItem> items;
  std::vector<std::string> refusals;
  std::vector<std::string> along;  // What goes with what it uses.
  Catalog after;
};

// With the renames behind what both readings do before, so that it stands once.
std::vector<DraftItem> RenameLate(std::vector<DraftItem> items,
                                  const std::vector<DraftItem>& other,
                                  std::size_t begin, std::size_t count) {
  const auto at = [](std::size_t index) {
    return static_cast<std::ptrdiff_t>(index);
  };
  const auto behind = items.begin() + at(begin + count);
  const auto [same, _] = std::mismatch(behind, items.end(),
                                       other.begin() + at(begin), other.end());
  std::rotate(items.begin() + at(begin), behind, same);
  return items;
}

// The items as a migration, with their blanks filled in.
struct Trial {
  Trial(const std::vector<DraftItem>& items, const Catalog& before,
        catalog::Engine& engine)
      : file("draft.sql", TextOf(items, begins)),
        migration(parse::ParseMigration(file, emitter)),
        upgrade(catalog::Simulate(migration.upgrade.items, &file, before,
                                  engine)) {}

  static std::string TextOf(const std::vector<DraftItem>& items,
                            std::vector<std::size_t>& begins) {
    std::string text =
        "MIGRATION 'draft' REVISION 'draft' REVISES NONE;\nUPGRADE BEGIN\n";
    for (const DraftItem& item : items) {
      begins.push_back(text.size());
      text += item.trial;
    }
    return text + "END;\nDOWNGRADE AUTO;\n";
  }
  std::size_t ItemAt(std::size_t offset) const {
    const auto behind = std::upper_bound(begins.begin(), begins.end(), offset);
    return static_cast<std::size_t>(behind - begins.begin()) - 1;
  }

  std::vector<std::size_t> begins;  // Of the items in the file.
  source::File file;
  diagnostics::Emitter emitter;
  ast::Migration migration;
  catalog::Simulation upgrade;
};

std::string NamesOf(const Statements& renames, std::size_t begin) {
  std::vector<std::string> names;
  for (std::size_t i = begin; i < renames.size(); ++i) {
    if (const auto* table = std::get_if<ast::RenameTable>(&renames[i].node)) {
      names.push_back("table " + table->table.text);
    } else if (const auto* column =
                   std::get_if<ast::RenameColumn>(&renames[i].node)) {
      names.push_back("column " + column->column.text + " of " +
                      column->table.text);
    }
  }
  return llvm::join(names, ", ");
}

class Maker {
 public:
  Maker(const Desired& desired, const Catalog& history, bool is_first,
        const config::Settings& settings, catalog::Engine& engine)
      : desired_(desired),
        history_(history),
        is_first_(is_first),
        settings_(settings),
        engine_(engine) {}

  Draft Make();

 private:
  Reading Read(const Statements& renames) const;
  void Allow(std::vector<DraftItem>& items) const;
  std::string TextOf(const Statements& hinted, Reading& reading,
                     Draft& draft) const;
  void Try(const Reading& reading, Draft& draft) const;
  std::string Downgrade(const ast::Migration& migration,
                        const catalog::Simulation& upgrade, Draft& draft) const;

  const Desired& desired_;
  const Catalog& history_;
  const bool is_first_;
  const config::Settings& settings_;
  catalog::Engine& engine_;
};

Reading Maker::Read(const Statements& renames) const {
  const Catalog renamed = ApplyAll(renames, history_, engine_);
  Reading reading;
  reading.after = desired_.After(renamed);
  autogenerate::Operations operations =
      autogenerate::FindOperations(renamed, reading.after);
  Statements statements = renames;
  std::move(operations.statements.begin(), operations.statements.end(),
            std::back_inserter(statements));
  reading.items = DraftItems(statements, renamed, reading.after);
  reading.refusals = std::move(operations.refusals);
  if (!desired_.models.is_sql) {
    reading.along = GoingAlong(renamed, reading.after);
  }
  return reading;
}

// The inverse that is derived, or else the way back from schema to schema.
std::string Maker::Downgrade(const ast::Migration& migration,
                             const catalog::Simulation& upgrade,
                             Draft& draft) const {
  const Derivation derived =
      DeriveProvenDowngrade(migration, upgrade, settings_, engine_);
  if (derived.refusals.empty()) {
    return "DOWNGRADE AUTO;\n";
  }
  const autogenerate::Operations back =
      autogenerate::FindOperations(upgrade.after, history_);
  const bool preserves = llvm::any_of(
      upgrade.steps,
      [](const catalog::Step& step) { return step.archive != nullptr; });
  if (preserves || !back.refusals.empty()) {
    for (const Refusal& refusal : derived.refusals) {
      draft.remarks.push_back("the downgrade is to be written: `" +
                              NameOf(*refusal.statement) +
                              "` has no inverse, for " + refusal.reason);
    }
    return "DOWNGRADE AUTO;\n";
  }
  return "DOWNGRADE BEGIN\n" +
         Indented(autogenerate::PrintOperations(back.statements), false) +
         "END;\n";
}

// Signs the changes that have nothing to do with the others, which the models
// made at one time.
void Maker::Allow(std::vector<DraftItem>& items) const {
  constexpr auto kRule = diagnostics::Kind::kUnrelatedChangesInFile;
  if (is_first_ || settings_.SeverityOf(kRule) == diagnostics::Severity::kOff) {
    return;
  }
  const Trial trial(items, history_, engine_);
  graph::Revision revision;
  revision.migration = trial.migration;
  revision.migration.header.revises_none = false;
  const graph::Graph graph;
  const checks::Downgrade downgrade;
  const checks::RevisionOfFile revisions;
  const checks::MigrationContext context = {graph,     revision, trial.upgrade,
                                            downgrade, nullptr,  revisions};
  diagnostics::Emitter emitter;
  checks::FindRule(kRule)->check_migration(context, emitter);
  const std::string allow = "ALLOW " + diagnostics::Info(kRule).tag.str() +
                            " BECAUSE 'the models changed at one time';\n";
  std::set<std::size_t> unrelated;
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    unrelated.insert(trial.ItemAt(each.location.range.begin));
  }
  for (const std::size_t item : unrelated) {
    items[item].text = allow + items[item].text;
    items[item].trial = allow + items[item].trial;
  }
}

// Runs the draft with its blanks filled in, and adds what that shows.
void Maker::Try(const Reading& reading, Draft& draft) const {
  const Trial trial(reading.items, history_, engine_);
  const catalog::Simulation& upgrade = trial.upgrade;
  std::vector<diagnostics::Diagnostic> problems = trial.emitter.diagnostics();
  problems.insert(problems.end(), upgrade.problems.begin(),
                  upgrade.problems.end());
  for (const diagnostics::Diagnostic& problem : problems) {
    draft.remarks.push_back("as it stands it does not build: " +
                            problem.message);
  }
  draft.downgrade = Downgrade(trial.migration, upgrade, draft);
  if (!reading.refusals.empty() || !upgrade.applies) {
    return;
  }
  for (const auto& change :
       autogenerate::SchemaChanges(reading.after, upgrade.after)) {
    for (const std::string& line : catalog::DescribeChange(change)) {
      draft.remarks.push_back("no statement of it does this: " + line);
    }
  }
}

// The upgrade, with a second reading where something may be renamed.
std::string Maker::TextOf(const Statements& hinted, Reading& reading,
                          Draft& draft) const {
  const Statements possible = models::PossibleRenames(
      ApplyAll(hinted, history_, engine_), reading.after);
  const std::vector<DraftItem> before = reading.items;
  Allow(reading.items);
  if (possible.empty()) {
    std::string text;
    for (const DraftItem& item : reading.items) {
      text += Indented(item.text, false);
    }
    return text;
  }
  Statements renames = hinted;
  renames.insert(renames.end(), possible.begin(), possible.end());
  // Columns of tables that may be renamed too show only then.
  const Catalog renamed = ApplyAll(renames, history_, engine_);
  for (ast::Statement& more :
       models::PossibleRenames(renamed, desired_.After(renamed))) {
    renames.push_back(std::move(more));
  }
  std::vector<DraftItem> other =
      RenameLate(Read(renames).items, before, hinted.size(),
                 renames.size() - hinted.size());
  Allow(other);
  draft.remarks.push_back(
      "what goes and what comes may be one thing renamed; the draft holds "
      "both readings, and PALINDROME_RENAMED_FROM settles it");
  return TwoReadings(reading.items, other, NamesOf(renames, hinted.size()));
}

Draft Maker::Make() {
  Draft draft;
  const Statements hinted = models::HintedRenames(desired_.models, history_);
  Reading reading = Read(hinted);
  for (const std::string& refusal : reading.refusals) {
    draft.remarks.push_back("no statement makes this difference: " + refusal);
  }
  if (reading.items.empty()) {
    return draft;
  }
  if (!is_first_) {
    for (std::string& unmet : models::UnmetHints(desired_.models, history_)) {
      draft.remarks.push_back(std::move(unmet));
    }
  }
  draft.upgrade = TextOf(hinted, reading, draft);
  if (llvm::any_of(reading.items,
                   [](const DraftItem& item) { return item.has_blank; })) {
    draft.remarks.push_back(
        "a `<value>` is left to be filled in before it builds");
  }
  if (!reading.along.empty()) {
    draft.remarks.push_back("what uses something that goes, goes with it: " +
                            llvm::join(reading.along, ", "));
  }
  Try(reading, draft);
  if (!desired_.models.is_sql) {
    draft.remarks.push_back(Unseen(history_));
  }
  return draft;
}

}  // namespace

Draft MakeDraft(const Desired& desired, const Catalog& history, bool is_first,
                const config::Settings& settings, catalog::Engine& engine) {
  return Maker(desired, history, is_first, settings, engine).Make();
}

}  // namespace palindrome::driver
