// Squashes: what `squash` writes, what it refuses, and what a build shows of
// them.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/squash_fixture.h"

namespace palindrome::driver::squash {
namespace {

TEST_F(SquashTest, OfTheBeginningIsTheSchemaAfterIt) {
  Lock();
  const Outcome outcome = Squash("a1:c3");
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  const std::string path = SquashPath("a1_to_c3");
  EXPECT_EQ(outcome.out,
            path +
                "\nmigrations/squashed/20250101_120000_make_a1.sql\n"
                "migrations/squashed/20250102_120000_make_b2.sql\n"
                "migrations/squashed/20250103_120000_make_c3.sql\n");
  EXPECT_EQ(
      world_.files()[path],
      R"(-- Stands for the 3 migrations from `a1` to `c3`, which are in `squashed/`,
-- wherever a database is to run all of them.
MIGRATION 'squash a1 to c3'
  REVISION 's1'
  REVISES  NONE
  CREATED  '2025-01-15 14:30:22'
  SQUASHES 'a1' TO 'c3'
    APPROVED BY 'Ada';

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
  , away INTEGER);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER REFERENCES users (id),
    title TEXT
  );
  CREATE TABLE labels (task INTEGER REFERENCES tasks (id), word TEXT);
  INSERT INTO users (id, name, away) VALUES (1, 'root', 0);
  INSERT INTO labels (task, word) VALUES (NULL, 'new');
  INSERT INTO labels (task, word) VALUES (NULL, 'old');
END;

DOWNGRADE AUTO;
)");
  const FileMap originals = FourMigrations();
  for (const int day : {1, 2, 3}) {
    const std::string id = day == 1 ? "a1" : day == 2 ? "b2" : "c3";
    const std::string old = PathOf(day, id);
    EXPECT_FALSE(world_.files().contains(old));
    EXPECT_EQ(world_.files()["migrations/squashed/" + old.substr(11)],
              originals.at(old));
  }
  ExpectClean();
  const std::string lock = world_.files()["migrations/migrations.lock"];
  EXPECT_NE(lock.find(" squashed/20250101_120000_make_a1.sql\n"),
            std::string::npos)
      << lock;
  EXPECT_NE(lock.find("\ns1 t1:"), std::string::npos);
  EXPECT_NE(lock.find(" 20250104_120000_make_d4.sql\n"), std::string::npos);
}

TEST_F(SquashTest, TheTableHasItAsAShortcut) {
  Lock();
  ASSERT_EQ(Squash("b2:c3").status, kSuccess);
  const Outcome outcome =
      world_.Run({"compile", "--target", "board", "--output-dir", "out"});
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  const std::string& source = world_.files()["out/board_migrations.cpp"];
  EXPECT_NE(source.find("t::ShortcutKind::kSquash, {1, 2}"), std::string::npos)
      << source;
  EXPECT_EQ(source.find("squash b2 to c3"), std::string::npos);
  EXPECT_NE(source.find("Ada"), std::string::npos);
}

TEST_F(SquashTest, OfTheMiddleIsItsStatements) {
  Lock();
  const Outcome outcome = Squash("b2:c3", {"-m", "squash the board"});
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  const std::string& text = world_.files()[SquashPath("the_board")];
  EXPECT_NE(text.find(R"(  REVISES  'a1'
  CREATED  '2025-01-15 14:30:22'
  SQUASHES 'b2' TO 'c3'
    APPROVED BY 'Ada')"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(UPGRADE BEGIN
  -- b2: make b2
  CREATE TABLE tasks ()"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(  -- c3: make c3
  -- Who is away.
  ALTER TABLE users ADD COLUMN away INTEGER;
  UPDATE users SET away = 0;
END;

DOWNGRADE AUTO;)"),
            std::string::npos)
      << text;
  ExpectClean();
}

TEST_F(SquashTest, DowngradesByHandAreTakenWhereNoneCanBeDerived) {
  world_.files()[PathOf(3, "c3")] =
      Text("c3", "'b2'",
           "  UPDATE users SET name = 'Root' WHERE id = 1 AND name = 'root';\n",
           "BEGIN\n  UPDATE users SET name = 'root' WHERE id = 1 AND name = "
           "'Root';\nEND");
  Lock();
  const Outcome outcome = Squash("b2:d4");
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  const std::string& text = world_.files()[SquashPath("b2_to_d4")];
  EXPECT_NE(text.find("DOWNGRADE BEGIN\n  -- d4: make d4\n  DROP INDEX "
                      "ix_tasks_title;\n  -- c3: make c3\n  UPDATE users SET "
                      "name = 'root'"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  -- b2: make b2\n"), std::string::npos);
  ExpectClean();
}

TEST_F(SquashTest, TakesTheSquashesOfItsParts) {
  Lock();
  ASSERT_EQ(Squash("b2:c3").status, kSuccess);
  ExpectRefused("a1:b2", "`s1` is a squash of some of them and of `c3`");
  const Outcome outcome =
      world_.Run({"squash", "a1:d4", "--approved-by", "Bob", "--rev-id", "s2"});
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_FALSE(world_.files().contains(SquashPath("b2_to_c3")));
  EXPECT_EQ(world_.files()["migrations/migrations.lock"].find("\ns1 "),
            std::string::npos);
  ExpectClean();
}

TEST_F(SquashTest, HistoryGoesOnAfterIt) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  world_.files()[PathOf(6, "e5")] =
      Text("e5", "'d4'", "  ALTER TABLE labels ADD COLUMN rank INTEGER;\n");
  const Outcome outcome = world_.Run({"check"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(world_.Run({"heads"}).out.substr(0, 2), "e5");
  world_.files()[PathOf(6, "e5")] =
      Text("e5", "'s1'", "  ALTER TABLE labels ADD COLUMN rank INTEGER;\n");
  EXPECT_NE(world_.Run({"check"}).err.find(
                "there is no revision `s1`, but a squash of those from `a1` to "
                "`c3`; name the last of them"),
            std::string::npos);
}

TEST_F(SquashTest, RefusesWhatIsNoReviewedChain) {
  ExpectRefused("a1:c3", "`a1` is not locked");
  Lock();
  ExpectRefused("c3:c3", "a squash stands for two revisions at least");
  ExpectRefused("c3:a1", "they are no line; `a1` revises nothing");
  ExpectRefused("zz:a1", "there is no revision `zz`");
  ExpectRefused("base:a1", "`base` is before every migration");
  world_.files()[PathOf(5, "x5")] =
      Text("x5", "'d4'", "  CREATE TABLE users (id INTEGER);\n");
  ExpectRefused("a1:c3", "[object-already-exists]");
}

TEST_F(SquashTest, UsageIsJudgedFirst) {
  for (const Args& args :
       {Args{"squash"}, Args{"squash", "a1:c3"},
        Args{"squash", "a1", "--approved-by", "Ada"},
        Args{"squash", "a1:", "--approved-by", "Ada"},
        Args{"squash", "a1:b2:c3", "--approved-by", "Ada"},
        Args{"squash", "a1:c3", "--approved-by", "  "},
        Args{"squash", "a1:c3", "--approved-by", "A\nB"},
        Args{"squash", "a1:c3", "--approved-by", "Ada", "-m", "!"},
        Args{"squash", "a1:c3", "--approved-by", "Ada", "--rev-id", "A"}}) {
    const Outcome outcome = world_.Run(args);
    EXPECT_EQ(outcome.status, kUsage) << outcome.err;
  }
}

TEST_F(SquashTest, WhatCannotBeWrittenLeavesAllAsItWas) {
  Lock();
  const FileMap before = world_.files();
  world_.FailWrites("the disk is full");
  const Outcome outcome = Squash("a1:c3");
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("the disk is full"), std::string::npos);
  EXPECT_TRUE(world_.files() == before);
}

}  // namespace
}  // namespace palindrome::driver::squash
