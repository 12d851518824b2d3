#include "tests/property/mutants.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "tests/property/live.h"
#include "tests/property/random_rows.h"

namespace palindrome::property {

namespace {

// The lines of a difference that are not of the names of constraints.
std::string WithoutConstraints(const std::string& difference) {
  std::istringstream lines(difference);
  std::string rest;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" constraint ") == std::string::npos) {
      rest += line + "\n";
    }
  }
  return rest;
}

using config::RehearseMode;
using diagnostics::Kind;

// A UNIQUE index that the downgrade makes and drops again stops at rows that
// have the same values. The rehearsal has none, since each new UNIQUE index of
// an upgrade would fail on them; nothing is lost.
constexpr char kUniqueIndex[] = "\nin: CREATE UNIQUE INDEX";

bool Has(const Compiled& compiled, std::size_t number, Kind kind) {
  const auto findings = compiled.Findings(number);
  return std::any_of(
      findings.begin(), findings.end(),
      [&](const auto* finding) { return finding->kind == kind; });
}

}  // namespace

Mutants::Mutants(Subject subject, std::uint64_t seed, catalog::Engine& engine,
                 MutantCounts& counts)
    : subject_(std::move(subject)),
      seed_(seed),
      engine_(engine),
      counts_(counts) {
  const Compiled compiled =
      Compile(subject_.head, subject_.downgrade, RehearseMode::kData);
  if (compiled.Error(subject_.before.size()) != nullptr) {
    return;
  }
  for (const Rows rows :
       {Rows{9, 3}, Rows{9, 0}, Rows{3, 1}, Rows{3, 0}, Rows{1, 0}, Rows{}}) {
    original_ = Run(compiled, rows);
    rows_ = rows;
    if (original_ && original_->failure.empty()) {
      ++counts_.originals;
      return;
    }
  }
  original_.reset();
}

Compiled Mutants::Compile(const std::string& head,
                          const std::vector<std::string>& downgrade,
                          RehearseMode mode) const {
  std::vector<std::string> texts = subject_.before;
  texts.push_back(head + Section(downgrade));
  return Compiled(texts, mode, engine_);
}

std::optional<Mutants::Outcome> Mutants::Run(const Compiled& compiled,
                                             Rows rows) const {
  const std::size_t last = subject_.before.size();
  Live live;
  Random random(seed_);
  for (std::size_t i = 0; i <= last; ++i) {
    const driver::MigrationAnalysis* analysis = compiled.analysis(i);
    if (analysis == nullptr || !analysis->task) {
      return std::nullopt;
    }
    if (i == last) {
      InsertRandomRows(rows.before, random, live.connection());
    }
    if (!live.Run(analysis->task->up).empty()) {
      return std::nullopt;
    }
  }
  InsertRandomRows(rows.later, random, live.connection());
  const auto& down = compiled.analysis(last)->task->down;
  if (!down) {
    return std::nullopt;
  }
  Outcome outcome;
  outcome.failure = live.Run(*down);
  // A name in other case is the same name.
  outcome.dump = DumpOf(live.handle(), {.order = true, .spelling = false});
  outcome.unordered =
      DumpOf(live.handle(), {.order = false, .spelling = false});
  return outcome;
}

std::string Mutants::Judge(const Mutant& mutant) {
  ++counts_.mutants;
  const std::size_t last = subject_.before.size();
  // What is wrong without a rehearsal is wrong with one, and is cheap to find.
  for (const RehearseMode mode : {RehearseMode::kNone, RehearseMode::kData}) {
    const Compiled compiled = Compile(subject_.head, mutant.statements, mode);
    // An ALLOW that has nothing to silence is no word on the downgrade.
    if (const auto* error = compiled.Error(last, Kind::kUnusedSuppression)) {
      ++counts_.refused;
      ++counts_.refused_by[diagnostics::Info(error->kind).tag.str()];
      return "";
    }
    if (mode == RehearseMode::kData) {
      return Compare(mutant, compiled);
    }
  }
  return "";
}

std::string Mutants::Compare(const Mutant& mutant, const Compiled& compiled) {
  const std::size_t last = subject_.before.size();
  const auto outcome = Run(compiled, rows_);
  if (!outcome) {
    return "has no program, and no error";
  }
  if (outcome->failure.find(kUniqueIndex) != std::string::npos) {
    ++counts_.stopped;
    return "";
  }
  if (!outcome->failure.empty()) {
    if (Has(compiled, last, Kind::kDowngradeMayFailOnNewData)) {
      ++counts_.announced;
      return "";
    }
    return "fails: " + outcome->failure + "\n" + compiled.Messages(last);
  }
  const bool with_order = !Has(compiled, last, Kind::kColumnOrderNotRestored);
  std::string wrong =
      with_order ? SchemaDifferences(original_->dump, outcome->dump)
                 : SchemaDifferences(original_->unordered, outcome->unordered);
  std::set<std::string> tables;
  const std::string rows =
      RowDifferences(original_->dump.tables, outcome->dump.tables, tables);
  const bool has_names = !Has(compiled, last, Kind::kConstraintNameNotRestored);
  if (!has_names && rows.empty() && !wrong.empty() &&
      WithoutConstraints(wrong).empty()) {
    ++counts_.announced;
    return "";
  }
  if (wrong.empty() && rows.empty()) {
    ++counts_.equivalent;
    ++counts_.equivalent_kinds[mutant.what];
    return "";
  }
  if (wrong.empty()) {
    const Compiled bare =
        Compile(subject_.unsigned_head, mutant.statements, RehearseMode::kData);
    if (std::all_of(tables.begin(), tables.end(), [&](const auto& table) {
          return bare.Announces(last, table);
        })) {
      ++counts_.announced;
      return "";
    }
  }
  return "is accepted, and does something else:\n" + wrong + rows +
         compiled.Messages(last);
}

}  // namespace palindrome::property
