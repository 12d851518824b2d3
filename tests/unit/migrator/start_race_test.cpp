// 32 processes that start at once on one new database.
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

constexpr int kProcesses = 32;
constexpr int kMigrations = 12;

// A running program; its standard output is read by the test.
class Process {
 public:
  explicit Process(const std::string& command)
      : pipe_(popen(command.c_str(), "r")) {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() { Wait(); }

  // Returns once the program has written a line, and the line.
  std::string ReadLine() {
    std::array<char, 4096> line = {};
    return fgets(line.data(), line.size(), pipe_) == nullptr ? "" : line.data();
  }
  std::string ReadRest() {
    std::string rest;
    for (std::string line = ReadLine(); !line.empty(); line = ReadLine()) {
      rest += line;
    }
    return rest;
  }
  // The exit status as the shell gives it; 0 for success.
  int Wait() {
    return pipe_ == nullptr ? 0 : pclose(std::exchange(pipe_, nullptr));
  }

 private:
  std::FILE* pipe_;
};

class StartRace : public ::testing::TestWithParam<const char*> {};

TEST_P(StartRace, EveryProcessSucceedsAndEachMigrationIsAppliedOnce) {
  const TemporaryFolder folder;
  const std::string file = folder.File("race.db");
  {
    const TestDatabase database(file);
    EXPECT_EQ(
        database.Query(std::string("PRAGMA journal_mode = ") + GetParam()),
        std::string(GetParam()) + "\n");
  }
  std::vector<std::unique_ptr<Process>> processes;
  for (int i = 0; i < kProcesses; ++i) {
    processes.push_back(std::make_unique<Process>(
        std::string("exec '" PALINDROME_START_RACE_PROCESS "' '") + file +
        "' '" + folder.File("go") + "' " + std::to_string(kMigrations) +
        " 2>&1"));
  }
  for (const auto& process : processes) {
    EXPECT_EQ(process->ReadLine(), "ready\n");
  }
  std::ofstream(folder.File("go")).put('!');
  for (const auto& process : processes) {
    EXPECT_EQ(process->ReadRest(), "");
    EXPECT_EQ(process->Wait(), 0);
  }
  const TestDatabase database(file);
  std::string log;
  for (int i = 0; i < kMigrations; ++i) {
    log += "r" + std::to_string(i) + "|upgrade\n";
  }
  EXPECT_EQ(database.Query("SELECT revision, action FROM palindrome_history "
                           "ORDER BY id"),
            log);
  for (int i = 0; i < kMigrations; ++i) {
    const std::string number = std::to_string(i);
    EXPECT_EQ(database.Query("SELECT id FROM t" + number), number + "\n");
  }
  EXPECT_EQ(database.Query("PRAGMA integrity_check"), "ok\n");
  EXPECT_OK(
      Verify(database, Compile("race", ManyMigrations(kMigrations))).status());
}

INSTANTIATE_TEST_SUITE_P(JournalModes, StartRace,
                         ::testing::Values("delete", "wal"),
                         [](const auto& test) {
                           return std::string(test.param);
                         });

}  // namespace
}  // namespace palindrome::testing
