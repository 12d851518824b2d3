// Shortcuts of random histories: what they leave behind is what the plain
// upgrades leave behind, and no row passes that an upgrade refuses.
//
// PALINDROME_SHORTCUT_HISTORIES is the number of histories of all parts
// together, PALINDROME_SEED the first seed; both are decimal. A failure names
// its seed.

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "compiler/rehearse/sqlite/engine.h"
#include "tests/property/compiled.h"
#include "tests/property/dump.h"
#include "tests/property/generate_history.h"
#include "tests/property/live.h"
#include "tests/property/random_rows.h"
#include "tests/support/environment.h"

namespace palindrome::property {
namespace {

using table::ShortcutKind;

constexpr std::uint64_t kParts = 4;
constexpr std::uint64_t kHistories = 2'000;

struct Counts {
  std::size_t snapshots = 0;
  std::size_t no_snapshot = 0;
  std::size_t merged = 0;     // Shortcuts, each with several sets of rows.
  std::size_t squashes = 0;   // The same.
  std::size_t unproven = 0;   // Squashes that the build refuses.
  std::size_t with_rows = 0;  // Sets that pass both ways.
  std::size_t refused = 0;    // By both.
  std::size_t taken_by_squash = 0;  // And refused by the upgrades.
  std::size_t fallen_back = 0;
};

// Everything that a database holds, its counters too; what differs, if
// anything.
std::string Differences(Live& plain, Live& taken) {
  const Dump left = DumpOf(plain.handle(), {});
  const Dump right = DumpOf(taken.handle(), {});
  std::set<std::string> tables;
  std::string text = SchemaDifferences(left, right) +
                     RowDifferences(left.tables, right.tables, tables);
  auto counters = Sequences(plain.handle());
  auto others = Sequences(taken.handle());
  std::sort(counters.begin(), counters.end());
  std::sort(others.begin(), others.end());
  return counters == others ? text : text + "the counters differ\n";
}

lower::Program ProgramOf(const codegen::CompiledShortcut& shortcut) {
  lower::Program program;
  for (const codegen::CompiledStatement& statement : shortcut.up) {
    program.statements.push_back(
        {statement.flags, statement.sql, 0, std::nullopt});
  }
  return program;
}

bool IsForeignKey(const std::string& refusal) {
  return refusal.find(" has no parent in ") != std::string::npos;
}

class Shortcuts {
 public:
  // `is_shortened`: the squash lacks a statement of its migrations.
  Shortcuts(const Compiled& compiled, bool is_shortened, std::uint64_t seed,
            Counts& counts)
      : compiled_(compiled),
        is_shortened_(is_shortened),
        random_(seed),
        counts_(counts) {}

  // What is wrong; empty: nothing.
  std::string Check() {
    const driver::Shortcuts found = compiled_.FindShortcuts();
    counts_.no_snapshot += found.no_snapshot.empty() ? 0U : 1U;
    counts_.unproven += compiled_.UnprovenSquashes();
    for (const codegen::CompiledShortcut& shortcut : found.shortcuts) {
      const std::string failure = shortcut.kind == ShortcutKind::kNewDatabase
                                      ? CheckSnapshot(shortcut)
                                      : CheckMerged(shortcut);
      if (!failure.empty()) {
        std::string text = failure + "\nof " + std::to_string(shortcut.first) +
                           "+" + std::to_string(shortcut.count) + ":\n";
        for (const codegen::CompiledStatement& statement : shortcut.up) {
          text += statement.sql + ";\n";
        }
        return text;
      }
    }
    return "";
  }

 private:
  std::string RunPlain(Live& live, std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count; ++i) {
      if (std::string failure = live.Run(compiled_.analysis(i)->task->up);
          !failure.empty()) {
        return failure;
      }
    }
    return "";
  }

  std::string CheckSnapshot(const codegen::CompiledShortcut& shortcut) {
    ++counts_.snapshots;
    Live plain;
    Live taken;
    const std::string failure = RunPlain(plain, 0, compiled_.size());
    if (!failure.empty()) {
      return "a history with a snapshot fails: " + failure;
    }
    const std::string refused = taken.Run(ProgramOf(shortcut));
    return refused.empty() ? Differences(plain, taken)
                           : "the snapshot fails: " + refused;
  }

  std::string CheckMerged(const codegen::CompiledShortcut& shortcut) {
    ++(shortcut.kind == ShortcutKind::kSquash ? counts_.squashes
                                              : counts_.merged);
    const lower::Program program = ProgramOf(shortcut);
    for (const std::size_t rows : {0, 1, 1, 2, 2, 4, 12}) {
      Live plain;
      if (!RunPlain(plain, 0, shortcut.first).empty()) {
        return "";
      }
      InsertRandomRows(rows, random_, plain.connection());
      Live taken;
      taken.CopyFrom(plain);
      const std::string refused =
          RunPlain(plain, shortcut.first, shortcut.count);
      const std::string failure = taken.Run(program);
      if (!failure.empty()) {
        ++(refused.empty() ? counts_.fallen_back : counts_.refused);
        continue;
      }
      if (!refused.empty() && shortcut.kind == ShortcutKind::kSquash &&
          (is_shortened_ || IsForeignKey(refused))) {
        // What it leaves out may be what refused them; and it has foreign keys
        // tested once.
        ++counts_.taken_by_squash;
        continue;
      }
      if (!refused.empty()) {
        return "rows pass that the upgrades refuse: " + refused;
      }
      counts_.with_rows += rows == 0 ? 0 : 1;
      if (std::string differences = Differences(plain, taken);
          !differences.empty()) {
        return differences;
      }
    }
    return "";
  }

  const Compiled& compiled_;
  const bool is_shortened_;
  Random random_;
  Counts& counts_;
};

bool CanRun(const Compiled& compiled) {
  for (std::size_t i = 0; i < compiled.size(); ++i) {
    if (compiled.analysis(i) == nullptr || !compiled.analysis(i)->task) {
      return false;
    }
  }
  return true;
}

// A squash of some of the migrations: their statements, now and then without
// one of them. What the build shows to be the same has to be that.
struct Squash {
  std::string text;
  bool is_shortened = false;
};

Squash RandomSquash(const std::vector<RandomMigration>& history,
                    Random& random) {
  const std::size_t first = random.Below(history.size() - 1);
  const std::size_t last = first + 1 + random.Below(history.size() - 1 - first);
  std::vector<std::string> statements;
  for (std::size_t i = first; i <= last; ++i) {
    statements.insert(statements.end(), history[i].upgrade.begin(),
                      history[i].upgrade.end());
  }
  const bool is_shortened = random.Percent(40);
  if (is_shortened) {
    statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(
                                              random.Below(statements.size())));
  }
  return {SquashText(first, last, statements), is_shortened};
}

class RandomShortcuts : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomShortcuts, LeaveTheSameBehind) {
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_SHORTCUT_HISTORIES", kHistories);
  const auto engine = rehearse::sqlite::MakeEngine({});
  Counts counts;
  for (std::uint64_t i = GetParam(); i < number; i += kParts) {
    Random random(first + i);
    std::vector<std::string> texts;
    const auto history = AnyHistory({.changes = 3,
                                     .archives = i % 8 < 2,
                                     .one_table = i % 8 >= 4,
                                     .by_hand = false},
                                    random, *engine);
    for (const RandomMigration& migration : history) {
      texts.push_back(TextOf(migration, texts.size(), {}));
    }
    Squash squash;
    if (history.size() > 1 && i % 8 >= 2) {
      Random choice(first + i);
      squash = RandomSquash(history, choice);
      texts.push_back(squash.text);
    }
    const Compiled compiled(texts, config::RehearseMode::kSchema, *engine);
    if (!CanRun(compiled)) {
      continue;
    }
    const std::string failure =
        Shortcuts(compiled, squash.is_shortened, first + i, counts).Check();
    if (failure.empty()) {
      continue;
    }
    std::string text;
    for (const std::string& each : texts) {
      text += each + "\n";
    }
    ADD_FAILURE() << "seed " << first + i << "\n" << text << "-- " << failure;
  }
  const auto record = [](const std::string& name, std::size_t count) {
    RecordProperty(name, std::to_string(count));
  };
  record("snapshots", counts.snapshots);
  record("no_snapshot", counts.no_snapshot);
  record("merged", counts.merged);
  record("squashes", counts.squashes);
  record("unproven", counts.unproven);
  record("with_rows", counts.with_rows);
  record("refused", counts.refused);
  record("taken_by_squash", counts.taken_by_squash);
  record("fallen_back", counts.fallen_back);
  if (number == kHistories) {
    // Of a test that compares nothing, nothing follows.
    EXPECT_GT(counts.snapshots, 100U);
    EXPECT_GT(counts.merged, 50U);
    EXPECT_GT(counts.squashes, 50U);
    EXPECT_GT(counts.unproven, 25U);
    EXPECT_GT(counts.with_rows, 50U);
  }
}

// By hand, two rebuilds of one table are two copies.
TEST(SquashShortcut, CopiesATableOnce) {
  const auto engine = rehearse::sqlite::MakeEngine({});
  const std::vector<std::string> changes = {
      "ALTER TABLE users ALTER COLUMN name SET NOT NULL",
      "ALTER TABLE users ALTER COLUMN name SET DEFAULT 'x'"};
  const Compiled compiled(
      {MigrationText(0, {"CREATE TABLE users (id INTEGER PRIMARY KEY, name)"},
                     "DOWNGRADE AUTO;\n", {}),
       MigrationText(1, {changes[0]}, "DOWNGRADE AUTO;\n", {}),
       MigrationText(2, {changes[1]}, "DOWNGRADE AUTO;\n", {}),
       SquashText(1, 2, changes)},
      config::RehearseMode::kSchema, *engine);
  ASSERT_EQ(compiled.UnprovenSquashes(), 0U);
  std::size_t squashes = 0;
  for (const codegen::CompiledShortcut& shortcut :
       compiled.FindShortcuts().shortcuts) {
    if (shortcut.kind != ShortcutKind::kSquash) {
      continue;
    }
    ++squashes;
    EXPECT_EQ(std::count_if(shortcut.up.begin(), shortcut.up.end(),
                            [](const codegen::CompiledStatement& statement) {
                              return (statement.flags & table::kCopiesRows) !=
                                     0;
                            }),
              1);
  }
  EXPECT_EQ(squashes, 1U);
}

INSTANTIATE_TEST_SUITE_P(Part, RandomShortcuts,
                         ::testing::Range<std::uint64_t>(0, kParts));

}  // namespace
}  // namespace palindrome::property
