// Squashes: what `squash` writes, what it refuses, what a build shows of them,
// and what databases make of them.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::FileMap;
using testing::Outcome;
using testing::World;
using Args = std::vector<std::string>;

std::string Text(const std::string& id, const std::string& revises,
                 const std::string& upgrade,
                 const std::string& downgrade = "AUTO",
                 const std::string& clauses = "") {
  return "MIGRATION 'make " + id + "'\n  REVISION '" + id + "'\n  REVISES " +
         revises + clauses + ";\nUPGRADE BEGIN\n" + upgrade +
         "END;\nDOWNGRADE " + downgrade + ";\n";
}

std::string PathOf(int day, const std::string& id) {
  return "migrations/2025010" + std::to_string(day) + "_120000_make_" + id +
         ".sql";
}

constexpr char kSquashPath[] = "migrations/20250115_143022_squash_%.sql";

std::string SquashPath(const std::string& what) {
  std::string path = kSquashPath;
  return path.replace(path.find('%'), 1, what);
}

// a1: users with a row; b2: tasks; c3: a column and its rows; d4: an index.
FileMap FourMigrations() {
  return {
      {PathOf(1, "a1"),
       Text("a1", "NONE",
            "  CREATE TABLE users (\n    id INTEGER PRIMARY KEY,\n"
            "    name TEXT NOT NULL\n  );\n"
            "  INSERT INTO users VALUES (1, 'root');\n")},
      {PathOf(2, "b2"),
       Text("b2", "'a1'",
            "  CREATE TABLE tasks (\n"
            "    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
            "    owner INTEGER REFERENCES users (id),\n    title TEXT\n  );\n"
            "  CREATE TABLE labels (task INTEGER REFERENCES tasks (id), word "
            "TEXT);\n"
            "  INSERT INTO labels (word) VALUES ('new'), ('old');\n")},
      {PathOf(3, "c3"), Text("c3", "'b2'",
                             "  -- Who is away.\n"
                             "  ALTER TABLE users ADD COLUMN away INTEGER;\n"
                             "  UPDATE users SET away = 0;\n")},
      {PathOf(4, "d4"),
       Text("d4", "'c3'", "  CREATE INDEX ix_tasks_title ON tasks (title);\n")},
  };
}

class SquashTest : public ::testing::Test {
 protected:
  SquashTest() {
    world_.files() = FourMigrations();
    world_.files()["migrations/palindrome.toml"] =
        "[rules]\nmissing-primary-key = \"off\"\n";
  }

  void Lock() { ASSERT_EQ(world_.Run({"lock"}).status, kSuccess); }

  Outcome Squash(const std::string& range, const Args& more = {}) {
    Args args = {"squash", range, "--approved-by", "Ada", "--rev-id", "s1"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }

  // Neither a status of success nor a file that is another.
  void ExpectRefused(const std::string& range, const std::string& reason) {
    const FileMap before = world_.files();
    const Outcome outcome = Squash(range);
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_NE(outcome.err.find(reason), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(world_.files() == before);
  }

  void ExpectClean() {
    const Outcome outcome = world_.Run({"check", "--locked"});
    EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  }

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

  std::string Query(const std::string& name, const std::string& sql) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(world_.DatabasePath(name).c_str(), &handle),
              SQLITE_OK);
    std::string text;
    const auto add = [](void* into, int count, char** values, char**) {
      for (int i = 0; i < count; ++i) {
        *static_cast<std::string*>(into) +=
            std::string(values[i] != nullptr ? values[i] : "NULL") + "|";
      }
      *static_cast<std::string*>(into) += "\n";
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), add, &text, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
    return text;
  }

  // Rows, counters, and the ledger but for its times.
  std::string ContentsOf(const std::string& name) {
    return Query(name, "SELECT rowid, * FROM users") +
           Query(name, "SELECT rowid, * FROM tasks") +
           Query(name, "SELECT rowid, * FROM labels") +
           Query(name, "SELECT name, seq FROM sqlite_sequence ORDER BY name") +
           Query(name,
                 "SELECT revision, parents, checksum, chain, digest, is_head, "
                 "down_program FROM palindrome_applied ORDER BY revision") +
           Query(name, "SELECT revision, action FROM palindrome_history");
  }

  void Migrate(const std::string& verb, const std::string& name,
               const std::string& target) {
    const Outcome outcome =
        world_.Run({verb, "--database", name, "--namespace", "board", target});
    EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  }

  World world_;
};

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

TEST_F(SquashTest, DatabasesAnywhereGoOn) {
  Lock();
  for (const char* at : {"base", "a1", "b2", "c3", "d4"}) {
    const std::string name = std::string(at) + ".db";
    for (const std::string& each : {name, "plain_" + name}) {
      if (std::string(at) != "base") {
        Migrate("upgrade", each, at);
        Query(each, "INSERT INTO users (id, name) VALUES (7, 'Ada')");
      }
      if (each != name) {
        Migrate("upgrade", each, "head");
      }
    }
  }
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  for (const char* at : {"base", "a1", "b2", "c3", "d4"}) {
    SCOPED_TRACE(at);
    const std::string name = std::string(at) + ".db";
    Migrate("upgrade", name, "head");
    EXPECT_EQ(ContentsOf(name), ContentsOf("plain_" + name));
    Migrate("downgrade", name, "b2");
    Migrate("upgrade", name, "head");
    Migrate("downgrade", "plain_" + name, "b2");
    Migrate("upgrade", "plain_" + name, "head");
    EXPECT_EQ(ContentsOf(name), ContentsOf("plain_" + name));
    EXPECT_EQ(world_.Run({"current", "--database", name}).out,
              "d4 make d4 (head)\n");
  }
}

TEST_F(SquashTest, RowsOfAnybodyGoThroughOneInTheMiddle) {
  Lock();
  for (const std::string name : {"a.db", "b.db"}) {
    Migrate("upgrade", name, "a1");
    Query(name, "INSERT INTO users (id, name) VALUES (7, 'Ada'), (9, 'Bob')");
  }
  Migrate("upgrade", "a.db", "head");
  ASSERT_EQ(Squash("b2:d4").status, kSuccess);
  Migrate("upgrade", "b.db", "head");
  EXPECT_EQ(ContentsOf("a.db"), ContentsOf("b.db"));
}

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

TEST_F(SquashTest, ASchemaThatIsAnother) {
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

TEST_F(SquashTest, ColumnsInAnotherOrder) {
  EXPECT_EQ(
      MismatchOf("  CREATE TABLE tasks (\n    title TEXT,\n    id INTEGER "
                 "PRIMARY KEY AUTOINCREMENT,\n    owner INTEGER "
                 "REFERENCES users (id)\n  );\n" +
                 std::string(kLabels) + kWords + kAway),
      "the squash does not leave what the revisions from `b2` to `c3` "
      "do: the columns of table `tasks` have another order");
}

TEST_F(SquashTest, RowsThatAreOthers) {
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

TEST_F(SquashTest, OtherRowsThanItsOwnAreLookedAtToo) {
  EXPECT_NE(MismatchOf(std::string(kTasks) + kLabels + kWords +
                       "  ALTER TABLE users ADD COLUMN away INTEGER;\n"
                       "  UPDATE users SET away = 0 WHERE name = 'root';\n")
                .find("of table `users` has NULL in `away` instead of 0"),
            std::string::npos);
}

TEST_F(SquashTest, AClockShowsNothing) {
  world_.files()[PathOf(3, "c3")] =
      Text("c3", "'b2'",
           "  ALTER TABLE users ADD COLUMN away TEXT;\n"
           "  UPDATE users SET away = CURRENT_TIMESTAMP;\n");
  Lock();
  ExpectRefused("b2:c3",
                "that cannot be shown; what they leave depends on the clock");
}

TEST_F(SquashTest, AnArchiveCannotBeSquashed) {
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

TEST_F(SquashTest, AnEditedOneIsRefused) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  std::string& text = world_.files()[SquashPath("a1_to_c3")];
  text.replace(text.find("'old'"), 5, "'odd'");
  const Outcome outcome = world_.Run({"check"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("[locked-revision-edited]"), std::string::npos);
  EXPECT_NE(outcome.err.find("[squash-mismatch]"), std::string::npos);
}

TEST_F(SquashTest, OriginalsThatAreGoneAreMissed) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  world_.files().erase("migrations/squashed/20250101_120000_make_a1.sql");
  const Outcome outcome = world_.Run({"check"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("the migrations of a squash stay, in `squashed/`"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(
      outcome.err.find("bring back `squashed/20250101_120000_make_a1.sql`"),
      std::string::npos);
}

TEST_F(SquashTest, TheProofIsKept) {
  Lock();
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  ASSERT_EQ(world_.Run({"check", "--cache", "cache"}).status, kSuccess);
  // Nothing is new to the second run.
  EXPECT_TRUE(world_.Run({"check", "--cache", "cache"}).written.empty());
}

}  // namespace
}  // namespace palindrome::driver
