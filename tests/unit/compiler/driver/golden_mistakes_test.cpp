// Mistakes in the histories of the golden files: tokens spread over all of them
// are left out, written twice or misspelt. One gives one error; whatever many
// give, it is a report.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/driver/environment.h"
#include "tests/golden/golden_file.h"
#include "tests/support/environment.h"
#include "tests/unit/compiler/driver/mistakes.h"

namespace palindrome::driver {
namespace {

using testing::Stage;

// One of this many mistakes is made; not of three, so that each kind is.
std::size_t OneOf() {
  static const std::size_t kOneOf = std::max<std::size_t>(
      1, testing::FromEnvironment("PALINDROME_ONE_OF", 31));
  return kOneOf;
}

constexpr std::size_t kParts = 4;

bool IsCheck(const std::string& command) {
  const std::string name = testing::SplitArguments(command)[0];
  return (name == "check" && !llvm::StringRef(command).contains("--fix")) ||
         name == "compile";
}

// Those that say of a check that there is no error; without lock files, under
// which each mistake is an edit.
std::vector<Stage> ValidStages(const std::string& name) {
  std::vector<Stage> stages;
  for (Stage& stage :
       testing::StagesOf(testing::ParseGolden(testing::ReadGolden(name)))) {
    if (llvm::all_of(stage.commands, IsCheck) &&
        !llvm::StringRef(stage.expected).contains(": error: ")) {
      stage.files.erase("migrations/migrations.lock");
      stages.push_back(std::move(stage));
    }
  }
  return stages;
}

struct Tally {
  std::size_t number = 0;  // Of the next mistake, chosen or not.
  std::size_t mistakes = 0;
  std::size_t found = 0;
};

// Makes the chosen mistakes in a file.
void MakeMistakes(History& history, const std::string& path,
                  const std::string& text, Tally& tally) {
  for (const sql::Token& token : TokensOf(text)) {
    for (const Mistake mistake : kMistakes) {
      if (tally.number++ % OneOf() != 0 || Make(text, token, mistake) == text) {
        continue;
      }
      const std::size_t errors =
          ExpectOneError(history, path, text, token, mistake);
      ++tally.mistakes;
      tally.found += errors > 0 ? 1 : 0;
    }
  }
}

void MakeMistakes(const std::string& name, Tally& tally) {
  // Golden files begin at different tokens, not each at `MIGRATION`, and what
  // one is changed into does not change what is chosen in the others.
  tally.number = name.size();
  // What a later stage has tried is not tried again.
  std::set<std::pair<std::string, std::string>> tried;
  const std::vector<Stage> stages = ValidStages(name);
  for (const Stage& stage : llvm::reverse(stages)) {
    History history(stage.files, testing::SplitArguments(stage.commands[0]));
    // Such as one without the lock file that it needs, or what a command before
    // has written.
    if (history.HasErrors()) {
      continue;
    }
    for (const auto& [path, text] : stage.files) {
      if (path.ends_with(".sql") && tried.emplace(path, text).second) {
        MakeMistakes(history, path, text, tally);
      }
    }
  }
}

class GoldenMistakesTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(GoldenMistakesTest, GiveOneErrorEach) {
  const std::vector<std::string> names = testing::GoldenNames();
  Tally tally;
  for (std::size_t i = GetParam(); i < names.size(); i += kParts) {
    SCOPED_TRACE(names[i]);
    MakeMistakes(names[i], tally);
  }
  // The rest is valid, such as an index of another name.
  EXPECT_GE(tally.mistakes, 500U);
  EXPECT_GE(tally.found * 100, tally.mistakes * 80);
}

// The migrations with two or three mistakes.
testing::FileMap WithMistakes(testing::FileMap files, std::mt19937& random) {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files) {
    if (path.ends_with(".sql") && !TokensOf(text).empty()) {
      paths.push_back(path);
    }
  }
  for (std::size_t left = paths.empty() ? 0 : 2 + random() % 2; left > 0;
       --left) {
    std::string& text = files[paths[random() % paths.size()]];
    const std::vector<sql::Token> tokens = TokensOf(text);
    if (!tokens.empty()) {
      text = Make(text, tokens[random() % tokens.size()],
                  kMistakes[random() % std::size(kMistakes)]);
    }
  }
  return files;
}

TEST_P(GoldenMistakesTest, SeveralGiveAReport) {
  const std::vector<std::string> names = testing::GoldenNames();
  std::mt19937 random(static_cast<std::uint32_t>(GetParam()));
  for (std::size_t i = GetParam(); i < names.size(); i += kParts) {
    SCOPED_TRACE(names[i]);
    for (const Stage& stage : ValidStages(names[i])) {
      History history(stage.files, testing::SplitArguments(stage.commands[0]));
      for (std::size_t left = 1 + 62 / OneOf(); left > 0; --left) {
        const testing::FileMap files = WithMistakes(stage.files, random);
        const testing::Outcome outcome = history.With(files);
        EXPECT_TRUE(outcome.status == kSuccess || outcome.status == kFindings);
        EXPECT_FALSE(
            llvm::StringRef(outcome.err).contains("[simulation-mismatch]"))
            << ::testing::PrintToString(files) << outcome.err;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, GoldenMistakesTest,
                         ::testing::Range(std::size_t{0}, kParts));

}  // namespace
}  // namespace palindrome::driver
