// Two witnesses of random histories: what the compiler's catalog says of a
// statement, and what SQLite makes of it.
//
// PALINDROME_HISTORIES is the number of histories of all parts together,
// PALINDROME_SEED the first seed; both are decimal. A failure names its seed:
// PALINDROME_SEED=n PALINDROME_HISTORIES=1 runs that history alone.

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/property/generate_statement.h"
#include "tests/property/random.h"
#include "tests/property/replay.h"
#include "tests/support/environment.h"

namespace palindrome::property {
namespace {

constexpr std::uint64_t kParts = 8;
constexpr std::uint64_t kHistories = 10'000;

// Generates a history along with its replay; what is wrong, or nothing.
std::string Generate(std::uint64_t seed, History& history, Counts& counts) {
  Random random(seed);
  Replay replay(counts);
  for (std::size_t left = 2 + random.Below(9); left > 0; --left) {
    history.given.push_back(CreateAnything(replay.catalog(), random));
    replay.Give(history.given.back());
  }
  history.rows = AnyRows(replay.catalog(), random);
  replay.Insert(history.rows);
  for (std::size_t left = 1 + random.Below(6); left > 0; --left) {
    history.change.push_back(AnyStatement(replay.catalog(), random));
    replay.Change(history.change.back());
  }
  replay.Finish();
  return replay.failure();
}

std::string Run(const History& history) {
  Counts counts;
  Replay replay(counts);
  for (const std::string& sql : history.given) {
    replay.Give(sql);
  }
  replay.Insert(history.rows);
  for (const std::string& sql : history.change) {
    replay.Change(sql);
  }
  replay.Finish();
  return replay.failure();
}

// What is wrong, without the names: of what the engine refuses, its words.
std::string_view KindOf(std::string_view failure) {
  failure.remove_prefix(std::min(failure.size(), failure.find('\n') + 1));
  const bool is_refused = failure.starts_with("applies, and the engine");
  return failure.substr(0, failure.find(is_refused ? '\n' : ':'));
}

// Leaves out what it fails without.
void Shrink(History& history, std::string& failure) {
  bool shorter = true;
  while (shorter) {
    shorter = false;
    for (auto part : {&History::given, &History::rows, &History::change}) {
      for (std::size_t i = (history.*part).size(); i-- > 0;) {
        History less = history;
        (less.*part)
            .erase((less.*part).begin() + static_cast<std::ptrdiff_t>(i));
        std::string other = Run(less);
        if (!other.empty() && KindOf(other) == KindOf(failure)) {
          history = std::move(less);
          failure = std::move(other);
          shorter = true;
        }
      }
    }
  }
}

std::string Text(const History& history) {
  std::string text;
  for (const auto& [title, part] :
       {std::pair{"given", &history.given}, std::pair{"rows", &history.rows},
        std::pair{"change", &history.change}}) {
    text += std::string("-- ") + title + "\n";
    for (const std::string& sql : *part) {
      text += sql + ";\n";
    }
  }
  return text;
}

class Histories : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Histories, AgreeWithTheEngine) {
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_HISTORIES", kHistories);
  Counts counts;
  for (std::uint64_t i = GetParam(); i < number; i += kParts) {
    History history;
    std::string failure = Generate(first + i, history, counts);
    if (failure.empty()) {
      continue;
    }
    Shrink(history, failure);
    ADD_FAILURE() << "seed " << first + i << "\n"
                  << Text(history) << "-- " << failure;
  }
  RecordProperty("applied", std::to_string(counts.applied));
  RecordProperty("refused", std::to_string(counts.refused));
  RecordProperty("stricter", std::to_string(counts.stricter));
  RecordProperty("stopped_by_rows", std::to_string(counts.stopped_by_rows));
  RecordProperty("taken_back", std::to_string(counts.taken_back));
  RecordProperty("not_reversible", std::to_string(counts.not_reversible));
}

INSTANTIATE_TEST_SUITE_P(Part, Histories,
                         ::testing::Range<std::uint64_t>(0, kParts));

}  // namespace
}  // namespace palindrome::property
