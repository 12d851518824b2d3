// The command line in a process of its own: signals, and a terminal.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/test_database.h"
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace palindrome::testing {
namespace {

// A program whose standard streams are a terminal.
class Process {
 public:
  Process(const std::string& history, std::vector<std::string> words,
          const std::string& terminal = "xterm") {
    words.insert(words.begin(), {PALINDROME_COMMAND_LINE_PROCESS, history});
    std::vector<char*> argv;
    for (std::string& word : words) {
      argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    terminal_ = posix_openpt(O_RDWR | O_NOCTTY);
    EXPECT_GE(terminal_, 0);
    EXPECT_EQ(grantpt(terminal_), 0);
    EXPECT_EQ(unlockpt(terminal_), 0);
    const std::string name = ptsname(terminal_);
    id_ = fork();
    if (id_ == 0) {
      setsid();
      const int stream = open(name.c_str(), O_RDWR);
      for (const int standard : {0, 1, 2}) {
        dup2(stream, standard);
      }
      setenv("TERM", terminal.c_str(), 1);
      execv(argv[0], argv.data());
      _exit(127);
    }
  }
  ~Process() { close(terminal_); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void Signal(int signal) const { kill(id_, signal); }
  // Until it handles SIGINT, as Linux tells.
  void AwaitHandler() const {
    constexpr unsigned long long kInterrupt = 1ULL << (SIGINT - 1);
    while (true) {
      std::ifstream status("/proc/" + std::to_string(id_) + "/status");
      for (std::string word; status >> word;) {
        unsigned long long handled = 0;
        if (word == "SigCgt:" && status >> std::hex >> handled &&
            (handled & kInterrupt) != 0) {
          return;
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  void Write(const std::string& text) const {
    EXPECT_EQ(write(terminal_, text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  // Until it ends, or the output has `text`.
  const std::string& Read(const std::string& text = "") {
    char buffer[4096];
    while (text.empty() || output_.find(text) == std::string::npos) {
      const ssize_t size = read(terminal_, buffer, sizeof(buffer));
      if (size <= 0) {
        break;
      }
      output_.append(buffer, static_cast<std::size_t>(size));
    }
    return output_;
  }
  int Wait() {
    Read();
    int status = 0;
    EXPECT_EQ(waitpid(id_, &status, 0), id_);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  const std::string& output() const { return output_; }

 private:
  int terminal_ = -1;
  pid_t id_ = -1;
  std::string output_;
};

class InterruptTest : public ::testing::Test {
 protected:
  void SetUp() override {
    EXPECT_EQ(Run("work", {"upgrade", "a1"}), 0) << output_;
  }
  int Run(const std::string& history, std::vector<std::string> words) {
    words.insert(words.begin(), {"--database", file()});
    Process process(history, words);
    const int status = process.Wait();
    output_ = process.output();
    return status;
  }
  void Fill(int rows) const {
    TestDatabase(file()).Execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
        "i < " +
        std::to_string(rows) + ") INSERT INTO items SELECT i, 'item' FROM n");
  }
  std::string file() const { return folder_.File("work.db"); }

  const TemporaryFolder folder_;
  std::string output_;
};

TEST_F(InterruptTest, ASignalLeavesTheDatabaseAtARevision) {
  Fill(3000);
  const std::string before = TestDatabase(file()).Dump();
  for (const int signal : {SIGINT, SIGTERM}) {
    Process process("endless", {"--database", file(), "upgrade", "b2"});
    // It writes.
    while (!std::filesystem::exists(file() + "-journal")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    process.Signal(signal);
    EXPECT_EQ(process.Wait(), 1);
    EXPECT_NE(process.output().find("error: "), std::string::npos);
    EXPECT_NE(process.output().find("cancelled"), std::string::npos)
        << process.output();
    EXPECT_EQ(TestDatabase(file()).Dump(), before);
    EXPECT_EQ(Run("work", {"verify"}), 0) << output_;
  }
  EXPECT_EQ(Run("work", {"upgrade", "b2"}), 0) << output_;
  EXPECT_EQ(TestDatabase(file()).Query(
                "SELECT count(*) FROM items WHERE body = 'item!'"),
            "3000\n");
}

TEST_F(InterruptTest, ASignalEndsTheWaitForALock) {
  const TestDatabase other(file());
  other.Execute("BEGIN IMMEDIATE");
  Process process("work", {"--database", file(), "upgrade", "b2"});
  process.AwaitHandler();
  const auto start = std::chrono::steady_clock::now();
  process.Signal(SIGINT);
  EXPECT_EQ(process.Wait(), 1);
  EXPECT_NE(process.output().find("error: cancelled"), std::string::npos)
      << process.output();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(InterruptTest, TheBarMovesWithinARebuild) {
  Fill(300000);
  ASSERT_EQ(Run("work", {"upgrade", "b2"}), 0) << output_;
  std::set<std::string> lines;
  for (std::size_t at = output_.find("% b2 migration b2");
       at != std::string::npos;
       at = output_.find("% b2 migration b2", at + 1)) {
    lines.insert(output_.substr(at - 3, 3));
  }
  EXPECT_GE(lines.size(), 2U) << output_;
  // It is gone before the outcome is told, without escape sequences.
  EXPECT_NE(output_.find(" \rupgraded b2 migration b2\r\n"), std::string::npos)
      << output_;
  EXPECT_EQ(output_.find('\x1b'), std::string::npos);
}

TEST_F(InterruptTest, ThereIsNoBarWhereNoLineCanBeDrawnAgain) {
  Fill(10);
  Process process("work", {"--database", file(), "upgrade", "b2"}, "dumb");
  EXPECT_EQ(process.Wait(), 0);
  EXPECT_EQ(process.output(), "upgraded b2 migration b2\r\n");
}

TEST_F(InterruptTest, AsksBeforeDataIsLost) {
  Fill(3);
  for (const auto& [answer, status] :
       {std::pair{"\n", 1}, std::pair{"n\n", 1}, std::pair{"y\n", 0}}) {
    Process process("work", {"--database", file(), "upgrade"});
    process.Read("[y/N] ");
    process.Write(answer);
    EXPECT_EQ(process.Wait(), status) << process.output();
    EXPECT_NE(process.output().find("`c3` migration c3 (loses data on "
                                    "upgrade)"),
              std::string::npos)
        << process.output();
    EXPECT_EQ(TestDatabase(file()).Query("SELECT count(*) FROM items"),
              status == 0 ? "0\n" : "3\n");
  }
}

}  // namespace
}  // namespace palindrome::testing
