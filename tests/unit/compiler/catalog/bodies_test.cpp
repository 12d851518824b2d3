// What the bodies of views and triggers use, and which of them a change breaks.

#include <algorithm>

#include <gtest/gtest.h>

#include "compiler/catalog/slice.h"
#include "tests/support/simulation.h"

namespace palindrome::catalog {
namespace {

using ::palindrome::testing::Messages;
using ::palindrome::testing::SimulateStatements;

// Views and triggers that the change breaks without using its column by name.
TEST(BrokenBodies, AreNamed) {
  const struct {
    const char* schema;
    const char* change;
    const char* user;
  } kCases[] = {
      {"CREATE VIEW v (p, q) AS SELECT * FROM t;",
       "ALTER TABLE t ADD COLUMN c;", "view `v` fails after this"},
      {"CREATE VIEW v AS SELECT * FROM t UNION SELECT * FROM u;",
       "ALTER TABLE t ADD COLUMN c;", "view `v` fails after this"},
      {"CREATE VIEW v AS SELECT c FROM t, u2;", "ALTER TABLE t ADD COLUMN c;",
       "view `v` fails after this"},
      {"CREATE VIEW w AS SELECT * FROM t; CREATE VIEW v (p, q) AS SELECT * FROM"
       " w;",
       "ALTER TABLE t ADD COLUMN c;", "view `v` fails after this"},
      {"CREATE TRIGGER r AFTER INSERT ON u BEGIN INSERT INTO t VALUES (1, 2);"
       " END;",
       "ALTER TABLE t ADD COLUMN c;", "trigger `r` fails after this"},
      {"CREATE TRIGGER r AFTER INSERT ON u BEGIN INSERT INTO t VALUES (1, 2);"
       " END;",
       "ALTER TABLE t DROP COLUMN b;", "trigger `r` fails after this"},
      {"CREATE TRIGGER r AFTER DELETE ON u BEGIN INSERT INTO u SELECT * FROM t;"
       " END;",
       "ALTER TABLE t ADD COLUMN c;", "trigger `r` fails after this"},
      {"CREATE UNIQUE INDEX i ON t (b); CREATE TRIGGER r AFTER INSERT ON u "
       "BEGIN"
       " INSERT INTO t (b) VALUES (1) ON CONFLICT (b) DO NOTHING; END;",
       "DROP INDEX i;", "trigger `r` fails after this"},
      {"CREATE VIEW v AS SELECT d FROM t NATURAL JOIN u;",
       "ALTER TABLE t RENAME COLUMN b TO e;", "while view `v` uses it"},
      {"CREATE VIEW v AS SELECT d FROM t NATURAL JOIN u;",
       "ALTER TABLE t ADD COLUMN d;", "while view `v` uses it"},
      {"CREATE VIEW v AS SELECT d FROM t NATURAL JOIN u;",
       "ALTER TABLE t RENAME COLUMN a TO d;", "while view `v` uses it"},
      {"CREATE VIEW v AS SELECT d FROM t JOIN u USING (b);",
       "ALTER TABLE t RENAME COLUMN b TO e;", "while view `v` uses it"},
  };
  for (const auto& test : kCases) {
    const auto before = SimulateStatements(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b); CREATE TABLE u (b, d);"
        "CREATE TABLE u2 (c);" +
        std::string(test.schema));
    ASSERT_EQ(Messages(before->simulation), "");
    const std::string found = Messages(
        SimulateStatements(test.change, before->simulation.after)->simulation);
    EXPECT_NE(found.find(test.user), std::string::npos) << test.schema << "\n"
                                                        << test.change << "\n"
                                                        << found;
  }
}

TEST(BrokenBodies, ATriggerThatMakesAViewWritableIsUsed) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t;"
      "CREATE TRIGGER i INSTEAD OF INSERT ON v BEGIN SELECT 1; END;"
      "CREATE TRIGGER r AFTER UPDATE ON t BEGIN INSERT INTO v VALUES (1); "
      "END;");
  EXPECT_NE(
      Messages(SimulateStatements("DROP TRIGGER i;", before->simulation.after)
                   ->simulation)
          .find("trigger `r` fails after this"),
      std::string::npos);
}

// Only the columns that are joined on are used, and only tables are tables.
TEST(JoinedColumns, OthersAreFree) {
  const auto before = SimulateStatements(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, title, notes);"
      "CREATE TABLE b (id INTEGER PRIMARY KEY, title); CREATE TABLE notes (n);"
      "CREATE VIEW v AS SELECT a.id, b.title, a.notes FROM a JOIN b USING (id);"
      "CREATE VIEW ids AS SELECT id FROM a;"
      "CREATE VIEW w AS SELECT b.id FROM b NATURAL JOIN ids;");
  ASSERT_EQ(Messages(before->simulation), "");
  for (const char* change :
       {"DROP TABLE notes;", "ALTER TABLE a DROP COLUMN title;",
        "ALTER TABLE a RENAME COLUMN title TO heading;",
        "ALTER TABLE b ADD COLUMN size;"}) {
    EXPECT_EQ(
        Messages(
            SimulateStatements(change, before->simulation.after)->simulation),
        "")
        << change;
  }
}

TEST(BrokenBodies, OnesThatFollowTheTableAreNone) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b); CREATE TABLE log (m);"
      "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT a FROM v;"
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a);"
      " END;"
      "CREATE TRIGGER i INSTEAD OF INSERT ON w BEGIN INSERT INTO t (b) VALUES"
      " (new.a); END;"
      "CREATE TRIGGER o AFTER UPDATE ON log BEGIN INSERT INTO w VALUES (1);"
      " END;");
  ASSERT_EQ(Messages(before->simulation), "");
  const auto after = SimulateStatements(
      "ALTER TABLE t ADD COLUMN c; ALTER TABLE t DROP COLUMN"
      " c; ALTER TABLE log ADD COLUMN n DEFAULT 1;",
      before->simulation.after);
  const std::string found = Messages(after->simulation);
  EXPECT_NE(found.find("trigger `r` fails after this"), std::string::npos);
  EXPECT_EQ(found.find("trigger `i`"), std::string::npos) << found;
  EXPECT_EQ(found.find("trigger `o`"), std::string::npos) << found;
  EXPECT_EQ(found.find("view"), std::string::npos) << found;
}

TEST(OwnTriggers, FollowTheNameThatTheyMention) {
  const struct {
    const char* trigger;
    bool mentions;
    const char* problem;
  } kCases[] = {
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END;", true,
       ""},
      {"CREATE TRIGGER r AFTER INSERT ON t WHEN EXISTS (SELECT 1 FROM t) BEGIN "
       "DELETE FROM log; END;",
       true, ""},
      // The engine forgets this one, and refuses what it has made of it.
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1 FROM log WHERE new.a "
       "IN t; END;",
       false,
       "table `t` is renamed while trigger `r` uses it; drop what uses it "
       "before, and create it again after\n"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log (t) VALUES "
       "(new.a); END;",
       false, ""},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1 AS t; END;", false,
       ""},
  };
  for (const auto& each : kCases) {
    const auto before = SimulateStatements(
        std::string("CREATE TABLE t (a); CREATE TABLE log (t);") +
        each.trigger);
    ASSERT_EQ(Messages(before->simulation), "") << each.trigger;
    const auto after = SimulateStatements("ALTER TABLE t RENAME TO u;",
                                          before->simulation.after);
    EXPECT_EQ(Messages(after->simulation), each.problem) << each.trigger;
    const auto trigger =
        after->simulation.after.Find(ObjectKind::kTrigger, "r");
    ASSERT_TRUE(trigger) << each.trigger;
    const auto names = ast::AllNames(
        ast::WhenAndBody(std::get<ast::Trigger>(trigger->definition)));
    EXPECT_EQ(std::binary_search(names.begin(), names.end(), "u"),
              each.mentions)
        << each.trigger;
  }
}

TEST(Stars, UseNoColumn) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w "
      "AS SELECT a FROM v;");
  ASSERT_EQ(Messages(before->simulation), "");
  for (const char* change :
       {"ALTER TABLE t ADD COLUMN c; ALTER TABLE t RENAME TO u; ALTER TABLE u "
        "RENAME TO t; ALTER TABLE t DROP COLUMN c;",
        "ALTER TABLE t DROP COLUMN b;",
        "ALTER TABLE t ALTER COLUMN b TYPE INT;"}) {
    const auto after = SimulateStatements(change, before->simulation.after);
    EXPECT_EQ(Messages(after->simulation).find("column"), std::string::npos)
        << Messages(after->simulation);
  }
  EXPECT_NE(Messages(SimulateStatements("ALTER TABLE t DROP COLUMN a;",
                                        before->simulation.after)
                         ->simulation)
                .find("while view `w` uses it"),
            std::string::npos);
}

TEST(Stars, StandForTheColumnsThatThereAreNow) {
  for (const char* change :
       {"ALTER TABLE t ADD COLUMN c; ALTER TABLE t RENAME TO s;",
        "ALTER TABLE t DROP COLUMN b; ALTER TABLE t RENAME TO s;"}) {
    const auto simulated = SimulateStatements(
        std::string("CREATE TABLE t (a, b); CREATE TABLE u (a);"
                    "CREATE VIEW v AS SELECT * FROM t;"
                    "CREATE VIEW w AS SELECT * FROM v;"
                    "CREATE TRIGGER r AFTER INSERT ON u BEGIN"
                    " SELECT * FROM t; END;") +
        change);
    EXPECT_EQ(Messages(simulated->simulation), "") << change;
  }
}

TEST(Stars, UseNoColumnThatIsCalledAsItsTable) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT * FROM t;");
  const auto after = SimulateStatements(
      "ALTER TABLE t RENAME COLUMN a TO t; ALTER TABLE t RENAME COLUMN t TO a;",
      before->simulation.after);
  EXPECT_EQ(Messages(after->simulation), "");
}

}  // namespace
}  // namespace palindrome::catalog
