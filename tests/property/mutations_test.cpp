// Mutations: what is not quite the downgrade is refused, or does the same.
//
// PALINDROME_MUTATIONS is the number of mutants of all parts together,
// PALINDROME_SEED the first seed; both are decimal. A survivor names its seed:
// PALINDROME_SEED=n PALINDROME_MUTATIONS=1 tries those of that history alone.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/reversal/reversal.h"
#include "tests/property/generate_history.h"
#include "tests/property/live.h"
#include "tests/property/mutants.h"
#include "tests/support/environment.h"

namespace palindrome::property {
namespace {

constexpr std::uint64_t kParts = 8;
constexpr std::uint64_t kMutations = 10'000;
constexpr std::size_t kOfOne = 24;  // Mutants of one history, at most.

void Record(const MutantCounts& counts) {
  const auto record = [](const std::string& name, std::size_t count) {
    ::testing::Test::RecordProperty(name, std::to_string(count));
  };
  record("originals", counts.originals);
  record("mutants", counts.mutants);
  record("refused", counts.refused);
  record("equivalent", counts.equivalent);
  record("stopped", counts.stopped);
  record("announced", counts.announced);
  for (const auto& [tag, count] : counts.refused_by) {
    record("refused_by_" + tag, count);
  }
  for (const auto& [kind, count] : counts.equivalent_kinds) {
    record("equivalent_" + kind, count);
  }
}

// Judges up to so many mutants; survivors fail the test.
void JudgeSome(const Subject& subject, std::uint64_t seed, std::size_t most,
               Random& random, catalog::Engine& engine, MutantCounts& counts) {
  if (subject.downgrade.empty()) {
    return;
  }
  Mutants mutants(subject, seed, engine, counts);
  if (!mutants.ok()) {
    return;
  }
  std::vector<std::string> statements = subject.downgrade;
  for (const std::string& text : subject.before) {
    // Names of what stands in the schema.
    statements.push_back(text.substr(text.find("BEGIN")));
  }
  const std::vector<std::string> names = NamesIn(statements);
  std::set<std::vector<std::string>> seen = {subject.downgrade};
  for (std::size_t i = 0; i < most; ++i) {
    const Mutant mutant = Mutate(subject.downgrade, names, random);
    if (!seen.insert(mutant.statements).second) {
      continue;
    }
    const std::string wrong = mutants.Judge(mutant);
    if (!wrong.empty()) {
      std::string text;
      for (const std::string& before : subject.before) {
        text += before + "\n";
      }
      ADD_FAILURE() << "seed " << seed << ", " << mutant.what << "\n"
                    << text << subject.head << Section(subject.downgrade)
                    << "-- and instead\n"
                    << Section(mutant.statements) << "-- " << wrong;
    }
  }
}

// The rules that an author would have to sign; no value: something else is
// wrong with the migration.
std::optional<std::vector<std::string>> RulesToSign(
    const std::vector<std::string>& texts, catalog::Engine& engine) {
  const Compiled compiled(texts, config::RehearseMode::kData, engine);
  std::set<std::string> rules;
  for (const auto* finding : compiled.Findings(texts.size() - 1)) {
    const auto& info = diagnostics::Info(finding->kind);
    if (finding->severity != diagnostics::Severity::kError) {
      continue;
    }
    if (info.policy != diagnostics::Policy::kOpen) {
      return std::nullopt;
    }
    rules.insert(info.tag.str());
  }
  return std::vector<std::string>(rules.begin(), rules.end());
}

class Mutations : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Mutations, AreRefusedOrDoTheSame) {
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_MUTATIONS", kMutations);
  const std::uint64_t own =
      number / kParts + (GetParam() < number % kParts ? 1 : 0);
  const auto engine = rehearse::sqlite::MakeEngine({});
  MutantCounts counts;
  for (std::uint64_t seed = first + GetParam(); counts.mutants < own;
       seed += kParts) {
    Random random(seed);
    const auto history = AnyHistory(
        {.changes = 1, .archives = false, .by_hand = true}, random, *engine);
    if (history.size() < 2 || !history[1].downgrade) {
      continue;
    }
    Subject subject;
    subject.before = {TextOf(history[0], 0, {})};
    const auto rules =
        RulesToSign({subject.before[0], TextOf(history[1], 1, {})}, *engine);
    if (!rules) {
      continue;
    }
    subject.head = MigrationText(1, history[1].upgrade, "", *rules);
    subject.unsigned_head = MigrationText(1, history[1].upgrade, "", {});
    subject.downgrade = *history[1].downgrade;
    JudgeSome(subject, seed, kOfOne, random, *engine, counts);
  }
  Record(counts);
}

INSTANTIATE_TEST_SUITE_P(Part, Mutations,
                         ::testing::Range<std::uint64_t>(0, kParts));

// The migrations of the demonstration, in the order of their files.
std::vector<std::string> Taskboard() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::string(PALINDROME_TEST_ROOT) + "/migrations")) {
    if (entry.path().extension() == ".sql") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

TEST(TaskboardMutations, AreRefusedOrDoTheSame) {
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_MUTATIONS", kMutations) / 20;
  const auto engine = rehearse::sqlite::MakeEngine({});
  const std::vector<std::string> texts = Taskboard();
  ASSERT_FALSE(texts.empty());
  const Compiled compiled(texts, config::RehearseMode::kData, *engine);
  MutantCounts counts;
  Random random(first);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const ast::Migration& migration = compiled.migration(i);
    ASSERT_EQ(compiled.Error(i), nullptr) << compiled.Messages(i);
    Subject subject;
    subject.before.assign(texts.begin(),
                          texts.begin() + static_cast<std::ptrdiff_t>(i));
    subject.head = texts[i].substr(0, migration.downgrade->keyword.begin);
    subject.unsigned_head = subject.head;
    const auto& downgrade = compiled.analysis(i)->downgrade;
    for (const ast::Item& item :
         downgrade.is_auto ? downgrade.items : migration.downgrade->items) {
      subject.downgrade.push_back(ast::Print(item.statement));
    }
    JudgeSome(subject, first + i, number / texts.size() + 1, random, *engine,
              counts);
  }
  EXPECT_NE(counts.mutants, 0U);
  Record(counts);
}

}  // namespace
}  // namespace palindrome::property
