// What the tests of a program's command line start with: a program with three
// migrations, and a place for a database file.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_COMMAND_LINE_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_COMMAND_LINE_FIXTURE_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/compiled_history.h"
#include "tests/unit/migrator/test_database.h"
#include <palindrome/command_line.h>

namespace palindrome::testing {

struct Outcome {
  int exit_status;
  std::string output;
  std::string errors;
};

// What `run`, a call of a command line, does with the words.
inline Outcome CallProgram(
    std::vector<std::string> words,
    const std::function<int(int argc, char* const argv[])>& run) {
  words.insert(words.begin(), "board");
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status = run(static_cast<int>(argv.size()), argv.data());
  std::string output = ::testing::internal::GetCapturedStdout();
  return {status, std::move(output), ::testing::internal::GetCapturedStderr()};
}

class CommandLineTest : public ::testing::Test {
 protected:
  Outcome Run(std::vector<std::string> words) {
    return CallProgram(std::move(words), [this](int argc, char* const argv[]) {
      return sqlite::RunCommandLine(blob_.history(), argc, argv);
    });
  }
  Outcome RunOnFile(std::vector<std::string> words) {
    words.insert(words.begin(), {"--database", file()});
    return Run(std::move(words));
  }
  std::string file() const { return folder_.File("board.db"); }

  const TemporaryFolder folder_;
  const HistoryBlob blob_ = Compile("board", [] {
    std::vector<Migration> migrations = ThreeMigrations();
    migrations[0].proof = table::Proof::kSchema;
    migrations[2].loss = table::Loss::kMayFailOnDowngrade;
    migrations[1].allowed = {{"drop-column-unarchived", "a cache"}};
    return migrations;
  }());
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_COMMAND_LINE_FIXTURE_H_
