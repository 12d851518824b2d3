// The proof that a squash does what its originals do.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/squash_fixture.h"

namespace palindrome::driver::squash {
namespace {

class SquashProofTest : public SquashTest {
 protected:
  // What the build says of a hand-written squash of b2 and c3.
  std::string MismatchOf(const std::string& upgrade) {
    return FindingOf(upgrade, "[squash-mismatch]");
  }
  std::string FindingOf(const std::string& upgrade, const std::string& tag) {
    world_.files()[PathOf(5, "s1")] =
        Text("s1", "'a1'", upgrade, "AUTO",
             "\n  SQUASHES 'b2' TO 'c3' APPROVED BY 'Ada'");
    const Outcome outcome = world_.Run({"check", "--rules", "hygiene=off"});
    EXPECT_EQ(outcome.status, kFindings);
    const std::size_t end = outcome.err.find(" " + tag);
    if (end == std::string::npos) {
      return "no " + tag + " in:\n" + outcome.err;
    }
    const std::size_t begin = outcome.err.rfind("error: ", end);
    return outcome.err.substr(begin + 7, end - begin - 7);
  }
};

constexpr char kTasks[] =
    "  CREATE TABLE tasks (\n    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
    "    owner INTEGER REFERENCES users (id),\n    title TEXT\n  );\n";
constexpr char kLabels[] =
    "  CREATE TABLE labels (task INTEGER REFERENCES tasks (id), word TEXT);\n";
constexpr char kWords[] =
    "  INSERT INTO labels (word) VALUES ('new'), ('old');\n";
constexpr char kAway[] =
    "  ALTER TABLE users ADD COLUMN away INTEGER;\n"
    "  UPDATE users SET away = 0;\n";

TEST_F(SquashProofTest, ASchemaThatIsAnother) {
  EXPECT_NE(MismatchOf(std::string(kTasks) + kLabels + kWords)
                .find("the squash does not leave what the revisions from `b2` "
                      "to `c3` do: column `away` of table `users` is missing"),
            std::string::npos)
      << MismatchOf(std::string(kTasks) + kLabels + kWords);
  EXPECT_NE(MismatchOf(std::string(kTasks) + kLabels + kWords + kAway +
                       "  CREATE INDEX i ON tasks (title);\n")
                .find("index `i` is there as well"),
            std::string::npos);
}

TEST_F(SquashProofTest, ColumnsInAnotherOrder) {
  EXPECT_EQ(
      MismatchOf("  CREATE TABLE tasks (\n    title TEXT,\n    id INTEGER "
                 "PRIMARY KEY AUTOINCREMENT,\n    owner INTEGER "
                 "REFERENCES users (id)\n  );\n" +
                 std::string(kLabels) + kWords + kAway),
      "the squash does not leave what the revisions from `b2` to `c3` "
      "do: the columns of table `tasks` have another order");
}

TEST_F(SquashProofTest, RowsThatAreOthers) {
  EXPECT_EQ(
      MismatchOf(std::string(kTasks) + kLabels +
                 "  INSERT INTO labels (word) VALUES ('new');\n" + kAway),
      "the squash does not leave what the revisions from `b2` to `c3` "
      "do: the row `task = NULL, word = 'old'` of table `labels` is missing");
  EXPECT_EQ(
      MismatchOf(std::string(kTasks) + kLabels +
                 "  INSERT INTO labels (word) VALUES ('old'), ('new');\n" +
                 kAway),
      "the squash does not leave what the revisions from `b2` to `c3` "
      "do: the numbers of rows, or the counters of AUTOINCREMENT, are "
      "others");
}

TEST_F(SquashProofTest, OtherRowsThanItsOwnAreLookedAtToo) {
  EXPECT_NE(MismatchOf(std::string(kTasks) + kLabels + kWords +
                       "  ALTER TABLE users ADD COLUMN away INTEGER;\n"
                       "  UPDATE users SET away = 0 WHERE name = 'root';\n")
                .find("of table `users` has NULL in `away` instead of 0"),
            std::string::npos);
}

TEST_F(SquashProofTest, AClockShowsNothing) {
  world_.files()[PathOf(3, "c3")] =
      Text("c3", "'b2'",
           "  ALTER TABLE users ADD COLUMN away TEXT;\n"
           "  UPDATE users SET away = CURRENT_TIMESTAMP;\n");
  Lock();
  ExpectRefused("b2:c3",
                "that cannot be shown; what they leave depends on the clock");
}

TEST_F(SquashProofTest, AnArchiveCannotBeSquashed) {
  world_.files()[PathOf(3, "c3")] =
      Text("c3", "'b2'", "  PRESERVE DELETE FROM users WHERE id > 1;\n");
  Lock();
  ExpectRefused("b2:c3",
                "`c3` cannot be squashed: an archive is made by `PRESERVE`");
  EXPECT_EQ(
      FindingOf(std::string(kTasks) + kLabels + kWords, "[invalid-squash]"),
      "in revision `c3` an archive is made by `PRESERVE`, so that it "
      "cannot be squashed");
}

TEST_F(SquashProofTest, AnEditedOneIsRefused) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  std::string& text = world_.files()[SquashPath("a1_to_c3")];
  text.replace(text.find("'old'"), 5, "'odd'");
  const Outcome outcome = world_.Run({"check"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("[locked-revision-edited]"), std::string::npos);
  EXPECT_NE(outcome.err.find("[squash-mismatch]"), std::string::npos);
}

TEST_F(SquashProofTest, OriginalsThatAreGoneAreMissed) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  const auto all = world_.files();
  world_.files().erase("migrations/squashed/20250101_120000_make_a1.sql");
  const Outcome outcome = world_.Run({"check"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(
      outcome.err.find("bring back `squashed/20250101_120000_make_a1.sql`"),
      std::string::npos);
  EXPECT_NE(outcome.err.find("\n1 error generated."), std::string::npos)
      << outcome.err;
  // Where neither the lock file nor another migration names it.
  world_.files() = all;
  world_.files().erase("migrations/migrations.lock");
  world_.files().erase("migrations/squashed/20250103_120000_make_c3.sql");
  const std::string report = world_.Run({"check"}).err;
  EXPECT_NE(report.find("the migrations of a squash stay, in `squashed/`"),
            std::string::npos)
      << report;
}

TEST_F(SquashProofTest, TheProofIsKept) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  ASSERT_EQ(world_.Run({"check", "--cache", "cache"}).status, kSuccess);
  // Nothing is new to the second run.
  EXPECT_TRUE(world_.Run({"check", "--cache", "cache"}).written.empty());
}

}  // namespace
}  // namespace palindrome::driver::squash
