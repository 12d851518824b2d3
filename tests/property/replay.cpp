#include "tests/property/replay.h"

#include <algorithm>
#include <utility>

#include "compiler/checks/foreign_keys.h"
#include "compiler/lower/sqlite/lower.h"
#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/reversal/reversal.h"
#include "runtime/src/sql_lexer.h"
#include "tests/property/same_statement.h"

namespace palindrome::property {

namespace {

std::string Messages(const std::vector<diagnostics::Diagnostic>& diagnostics) {
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
    text += diagnostic.message + "\n";
  }
  return text;
}

// What the rule `fk-target-invalid` says after the simulation.
bool HasInvalidKey(const catalog::Catalog& catalog) {
  for (const std::string& name : catalog.Names(catalog::ObjectKind::kTable)) {
    for (const checks::ForeignKey& key : checks::ForeignKeysOf(
             catalog.Find(catalog::ObjectKind::kTable, name))) {
      if (!checks::ProblemOf(catalog, *key.constraint).empty()) {
        return true;
      }
    }
  }
  return false;
}

// Old engines have more rebuilds. By the text, so that a statement is lowered
// the same way when others are left out.
std::uint32_t Minimum(const std::string& sql) {
  return sql.size() % 2 == 0 ? lower::sqlite::kOldestEngine
                             : lower::sqlite::kDefaultMinimum;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

}  // namespace

Replay::Replay(Counts& counts)
    : counts_(counts), engine_(rehearse::sqlite::MakeEngine({})) {}

void Replay::Fail(const std::string& what) {
  if (failure_.empty()) {
    failure_ = at_ + "\n" + what;
  }
}

const Replay::Parsed* Replay::Parse(const std::string& sql) {
  Parsed& parsed = parsed_.emplace_back();
  parsed.file = std::make_unique<source::File>(
      "history.sql",
      "MIGRATION 'test' REVISION 'a' REVISES NONE;\n"
      "UPGRADE BEGIN\n" +
          sql + ";\nEND;\n");
  diagnostics::Emitter emitter;
  parsed.migration = parse::ParseMigration(*parsed.file, emitter);
  if (!emitter.diagnostics().empty() ||
      parsed.migration.upgrade.items.size() != 1) {
    Fail("does not parse: " + sql + "\n" + Messages(emitter.diagnostics()));
    return nullptr;
  }
  return &parsed;
}

void Replay::CheckPrinted(const ast::Statement& statement) {
  const std::string printed = ast::Print(statement);
  const Parsed* again = Parse(printed);
  if (again == nullptr) {
    return;
  }
  const ast::Statement& read = again->migration.upgrade.items[0].statement;
  if (ast::Print(read) != printed) {
    Fail("prints otherwise the second time:\n" + printed + "\n" +
         ast::Print(read));
  } else if (!SameStatement(statement, read)) {
    Fail("is not the same when printed and parsed:\n" + printed);
  }
}

std::optional<catalog::Simulation> Replay::Simulate(const std::string& sql) {
  at_ = "statement " + std::to_string(++statements_) + ": " + sql;
  const Parsed* parsed = Parse(sql);
  if (parsed == nullptr) {
    return std::nullopt;
  }
  file_ = parsed->file.get();
  CheckPrinted(parsed->migration.upgrade.items[0].statement);
  auto simulation = catalog::Simulate(parsed->migration.upgrade.items,
                                      parsed->file.get(), catalog_, *engine_);
  if (!simulation.applies || !simulation.problems.empty()) {
    if (simulation.problems.empty()) {
      Fail("does not apply, and no one says why");
    }
    ++counts_.refused;
    counts_.stricter += empty_.Accepts(sql) ? 1U : 0U;
    return std::nullopt;
  }
  if (HasInvalidKey(simulation.after)) {
    ++counts_.refused;
    return std::nullopt;
  }
  ++counts_.applied;
  return simulation;
}

void Replay::RunUp(const catalog::Simulation& simulation,
                   const lower::Program& program) {
  if (const std::string wrong = empty_.Run(program); !wrong.empty()) {
    Fail("applies, and the engine refuses it: " + wrong);
    return;
  }
  if (const std::string wrong = empty_.Differences(simulation.after);
      !wrong.empty()) {
    Fail("the engine has another schema than the catalog:\n" + wrong);
    return;
  }
  catalog_ = simulation.after;
}

void Replay::Give(const std::string& sql) {
  if (!failure_.empty()) {
    return;
  }
  if (const auto simulation = Simulate(sql)) {
    RunUp(*simulation, lower::sqlite::Lower(*simulation, file_, Minimum(sql)));
  }
}

void Replay::Insert(const std::vector<std::string>& rows) {
  if (!failure_.empty()) {
    return;
  }
  at_ = "the rows";
  filled_.emplace(direct_);
  if (const std::string wrong = filled_->Create(catalog_); !wrong.empty()) {
    Fail("the catalog cannot be created: " + wrong);
    return;
  }
  for (const std::string& row : rows) {
    filled_->Execute(row);
  }
  tracked_.emplace(catalog_, *filled_);
  change_.before = catalog_;
  change_.after = catalog_;
}

void Replay::Change(const std::string& sql) {
  if (!failure_.empty() || stopped_) {
    return;
  }
  auto simulation = Simulate(sql);
  if (!simulation || !failure_.empty()) {
    return;
  }
  const lower::Program program =
      lower::sqlite::Lower(*simulation, file_, Minimum(sql));
  RunUp(*simulation, program);
  if (!failure_.empty()) {
    return;
  }
  if (!filled_->Run(program).empty()) {
    ++counts_.stopped_by_rows;
    stopped_ = true;
    return;
  }
  catalog::Step& step = simulation->steps[0];
  tracked_->Follow(step);
  change_.after = simulation->after;
  change_.steps.push_back(std::move(step));
  if (const std::string wrong = tracked_->Changed(*filled_, true);
      !wrong.empty()) {
    Fail(wrong);
  }
}

void Replay::Finish() {
  if (!failure_.empty()) {
    return;
  }
  at_ = "the change";
  if (const std::string wrong = filled_->Differences(change_.after);
      !wrong.empty()) {
    Fail("with rows the engine has another schema than the catalog:\n" + wrong);
    return;
  }
  Down(change_);
}

void Replay::Down(const catalog::Simulation& up) {
  const reversal::Derived derived = reversal::Derive(up);
  if (!derived.refusals.empty()) {
    ++counts_.not_reversible;
    return;
  }
  at_ = "taken back:\n";
  for (const ast::Item& item : derived.items) {
    at_ += "  " + ast::Print(item.statement) + ";\n";
    CheckPrinted(item.statement);
  }
  const auto down =
      catalog::Simulate(derived.items, nullptr, up.after, *engine_);
  if (!down.applies || !down.problems.empty()) {
    Fail("does not apply: " + Messages(down.problems));
    return;
  }
  if (!(down.after == up.before)) {
    Fail("leaves another catalog:\n" +
         Joined(catalog::DescribeDifferences(up.before, down.after)));
    return;
  }
  const lower::Program program =
      lower::sqlite::Lower(down, nullptr, Minimum(at_));
  if (!stopped_) {
    if (const std::string wrong = empty_.RunSteps(program, down);
        !wrong.empty()) {
      Fail("the engine refuses it, or does something else: " + wrong);
      return;
    }
    if (const std::string wrong = empty_.Differences(up.before);
        !wrong.empty()) {
      Fail("the engine has another schema than before:\n" + wrong);
      return;
    }
  }
  if (!filled_->Run(program).empty()) {
    ++counts_.stopped_by_rows;
    return;
  }
  ++counts_.taken_back;
  if (const std::string wrong =
          filled_->Differences(up.before) + tracked_->Changed(*filled_, false);
      !wrong.empty()) {
    Fail("with rows:\n" + wrong);
  }
}

}  // namespace palindrome::property
