#include "compiler/driver/draft.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "llvm/ADT/StringExtras.h"

#include "compiler/autogenerate/operations.h"
#include "compiler/catalog/simulate.h"
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

// One reading of how the two schemas differ.
struct Reading {
  std::vector<DraftItem> items;
  std::vector<std::string> refusals;
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

class Maker {
 public:
  Maker(const Desired& desired, const Catalog& history,
        const config::Settings& settings, catalog::Engine& engine)
      : desired_(desired),
        history_(history),
        settings_(settings),
        engine_(engine) {}

  Draft Make();

 private:
  Reading Read(const Statements& renames) const;
  void Try(const Reading& reading, Draft& draft) const;
  std::string Downgrade(const ast::Migration& migration,
                        const catalog::Simulation& upgrade, Draft& draft) const;

  const Desired& desired_;
  const Catalog& history_;
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

// Runs the draft with its blanks filled in, and adds what that shows.
void Maker::Try(const Reading& reading, Draft& draft) const {
  std::string text =
      "MIGRATION 'draft' REVISION 'draft' REVISES NONE;\nUPGRADE BEGIN\n";
  for (const DraftItem& item : reading.items) {
    text += item.trial;
  }
  const source::File file("draft.sql", text + "END;\nDOWNGRADE AUTO;\n");
  diagnostics::Emitter emitter;
  const ast::Migration migration = parse::ParseMigration(file, emitter);
  const auto upgrade =
      catalog::Simulate(migration.upgrade.items, &file, history_, engine_);
  std::vector<diagnostics::Diagnostic> problems = emitter.diagnostics();
  problems.insert(problems.end(), upgrade.problems.begin(),
                  upgrade.problems.end());
  for (const diagnostics::Diagnostic& problem : problems) {
    draft.remarks.push_back("as it stands it does not build: " +
                            problem.message);
  }
  draft.downgrade = Downgrade(migration, upgrade, draft);
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

Draft Maker::Make() {
  Draft draft;
  const Statements hinted = models::HintedRenames(desired_.models, history_);
  const Reading reading = Read(hinted);
  for (const std::string& refusal : reading.refusals) {
    draft.remarks.push_back("no statement makes this difference: " + refusal);
  }
  if (reading.items.empty()) {
    return draft;
  }
  const Statements possible = models::PossibleRenames(
      ApplyAll(hinted, history_, engine_), reading.after);
  if (possible.empty()) {
    for (const DraftItem& item : reading.items) {
      draft.upgrade += Indented(item.text, false);
    }
  } else {
    Statements renames = hinted;
    renames.insert(renames.end(), possible.begin(), possible.end());
    // Columns of tables that may be renamed too show only then.
    const Catalog renamed = ApplyAll(renames, history_, engine_);
    for (ast::Statement& more :
         models::PossibleRenames(renamed, desired_.After(renamed))) {
      renames.push_back(std::move(more));
    }
    std::vector<std::string> names;
    for (std::size_t i = hinted.size(); i < renames.size(); ++i) {
      if (const auto* table = std::get_if<ast::RenameTable>(&renames[i].node)) {
        names.push_back("table " + table->table.text);
      } else if (const auto* column =
                     std::get_if<ast::RenameColumn>(&renames[i].node)) {
        names.push_back("column " + column->column.text + " of " +
                        column->table.text);
      }
    }
    draft.upgrade =
        TwoReadings(reading.items,
                    RenameLate(Read(renames).items, reading.items,
                               hinted.size(), renames.size() - hinted.size()),
                    llvm::join(names, ", "));
    draft.remarks.push_back(
        "what goes and what comes may be one thing renamed; the draft holds "
        "both readings, and PALINDROME_RENAMED_FROM settles it");
  }
  if (llvm::any_of(reading.items,
                   [](const DraftItem& item) { return item.has_blank; })) {
    draft.remarks.push_back(
        "a `<value>` is left to be filled in before it builds");
  }
  Try(reading, draft);
  if (!desired_.is_sql) {
    draft.remarks.push_back(Unseen(history_));
  }
  return draft;
}

}  // namespace

Draft MakeDraft(const Desired& desired, const Catalog& history,
                const config::Settings& settings, catalog::Engine& engine) {
  return Maker(desired, history, settings, engine).Make();
}

}  // namespace palindrome::driver
