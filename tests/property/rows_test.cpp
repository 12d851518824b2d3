// Rows of random histories: what the compiler says of them holds on a full
// database.
//
// PALINDROME_ROW_HISTORIES is the number of histories of all parts together,
// PALINDROME_SEED the first seed; both are decimal. A failure names its seed:
// PALINDROME_SEED=n PALINDROME_ROW_HISTORIES=1 runs that history alone.

#include <string>

#include <gtest/gtest.h>

#include "compiler/rehearse/sqlite/engine.h"
#include "tests/property/generate_history.h"
#include "tests/property/rows_replay.h"
#include "tests/support/environment.h"

namespace palindrome::property {
namespace {

constexpr std::uint64_t kParts = 8;
constexpr std::uint64_t kHistories = 2'000;

std::vector<std::string> Texts(const std::vector<RandomMigration>& history) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < history.size(); ++i) {
    texts.push_back(TextOf(history[i], i, {}));
  }
  return texts;
}

void Record(const RowCounts& counts) {
  const auto record = [](const std::string& name, std::size_t count) {
    ::testing::Test::RecordProperty(name, std::to_string(count));
  };
  record("migrations", counts.migrations);
  record("lossless", counts.lossless);
  record("archived", counts.archived);
  record("announced", counts.announced);
  record("stopped_up", counts.stopped_up);
  record("not_converted", counts.not_converted);
  record("not_exchanged", counts.not_exchanged);
  record("sliced", counts.sliced);
  record("unsliced", counts.unsliced);
  record("edited", counts.edited);
  record("edits_refused", counts.edits_refused);
  for (const auto& [title, map] :
       {std::pair{"shown_", &counts.shown},
        std::pair{"shown_by_own_", &counts.shown_by_own},
        std::pair{"by_hand_", &counts.by_hand}}) {
    for (const auto& [tag, count] : *map) {
      record(title + tag, count);
    }
  }
}

class Rows : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Rows, AreAsTheCompilerSays) {
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_ROW_HISTORIES", kHistories);
  const auto engine = rehearse::sqlite::MakeEngine({});
  RowCounts counts;
  for (std::uint64_t i = GetParam(); i < number; i += kParts) {
    Random random(first + i);
    const auto texts = Texts(AnyHistory(
        {.changes = 2, .archives = true, .by_hand = false}, random, *engine));
    const RowsReplay replay(texts, first + i, *engine, counts);
    if (replay.failure().empty()) {
      continue;
    }
    std::string text;
    for (const std::string& each : texts) {
      text += each + "\n";
    }
    ADD_FAILURE() << "seed " << first + i << "\n"
                  << text << "-- " << replay.failure();
  }
  Record(counts);
}

INSTANTIATE_TEST_SUITE_P(Part, Rows,
                         ::testing::Range<std::uint64_t>(0, kParts));

}  // namespace
}  // namespace palindrome::property
