#include "compiler/catalog/effects.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulation.h"

namespace palindrome::catalog {
namespace {

// "+table" for inserts, "-table" for deletes, "table.column" for updates.
std::string Describe(const Effects& effects) {
  std::string text;
  for (const std::string& table : effects.inserts) {
    text += "+" + table + " ";
  }
  for (const std::string& table : effects.deletes) {
    text += "-" + table + " ";
  }
  for (const Use& use : effects.updates) {
    text += use.table + "." + use.column + " ";
  }
  return text;
}

constexpr char kTables[] =
    "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT, y TEXT);"
    "CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT, y TEXT);"
    "CREATE TABLE \"C c\" (id INTEGER PRIMARY KEY, x TEXT);"
    "CREATE VIEW v AS SELECT id, x FROM a;";

// The effects of the last statement.
std::string EffectsAfter(const std::string& statements) {
  const auto simulated =
      testing::SimulateStatements(std::string(kTables) + statements);
  EXPECT_EQ(testing::Messages(simulated->simulation), "");
  return Describe(EffectsOf(simulated->simulation.steps.back()));
}

std::string EffectsOfTrigger(const std::string& body) {
  const auto simulated = testing::SimulateStatements(
      std::string(kTables) + "CREATE TRIGGER t AFTER INSERT ON a BEGIN " +
      body + " END;");
  EXPECT_EQ(testing::Messages(simulated->simulation), "");
  const auto trigger =
      simulated->simulation.after.Find(ObjectKind::kTrigger, "t");
  return trigger ? Describe(EffectsOfBody(
                       std::get<ast::Trigger>(trigger->definition)))
                 : "no trigger";
}

TEST(EffectsTest, ReadsTheStatementsOfABody) {
  EXPECT_EQ(EffectsOfTrigger("INSERT INTO b (x) VALUES ('; delete from a');"),
            "+b ");
  EXPECT_EQ(EffectsOfTrigger("INSERT OR REPLACE INTO b SELECT * FROM a;"),
            "+b ");
  EXPECT_EQ(EffectsOfTrigger("REPLACE INTO \"C c\" (x) VALUES (1);"), "+c c ");
  EXPECT_EQ(EffectsOfTrigger("DELETE FROM b WHERE x = 'a';"), "-b ");
  EXPECT_EQ(EffectsOfTrigger("SELECT x FROM b;"), "");
  EXPECT_EQ(EffectsOfTrigger("SELECT CASE WHEN new.id > 1 THEN RAISE (ABORT, "
                             "'x') END; DELETE FROM b;"),
            "-b ");
}

TEST(EffectsTest, ReadsTheColumnsOfAnUpdate) {
  EXPECT_EQ(EffectsOfTrigger("UPDATE b SET x = 1, \"Y\" = (SELECT x FROM a "
                             "WHERE y = 2) WHERE id = 2;"),
            "b.x b.y ");
  EXPECT_EQ(EffectsOfTrigger("UPDATE b SET x = a.x FROM a, \"C c\" AS d "
                             "WHERE a.id = b.id; DELETE FROM b;"),
            "-b b.x ");
}

TEST(EffectsTest, ReadsListsOfColumns) {
  EXPECT_EQ(EffectsOfTrigger("UPDATE OR IGNORE b SET (x, y) = (1, 2), id = 3;"),
            "b.id b.x b.y ");
  EXPECT_EQ(EffectsOfTrigger("UPDATE b SET x = max(1, 2), y = CASE x WHEN 1 "
                             "THEN 2 ELSE 3 END WHERE id = 1;"),
            "b.x b.y ");
  EXPECT_EQ(EffectsOfTrigger("INSERT INTO b (id, x) VALUES (1, 2) ON CONFLICT "
                             "(id) DO UPDATE SET y = 1, x = excluded.x;"),
            "+b b.x b.y ");
  EXPECT_EQ(EffectsOfTrigger("INSERT INTO b (id) VALUES (1) ON CONFLICT DO "
                             "NOTHING;"),
            "+b ");
}

TEST(EffectsTest, FollowsTriggersOfTriggers) {
  const std::string chain =
      "CREATE TRIGGER t1 AFTER INSERT ON a BEGIN DELETE FROM b; END;"
      "CREATE TRIGGER t2 AFTER DELETE ON b BEGIN "
      "UPDATE \"C c\" SET x = 1; END;"
      "CREATE TRIGGER t3 AFTER UPDATE OF id ON \"C c\" BEGIN "
      "INSERT INTO b (id) VALUES (1); END;";
  EXPECT_EQ(EffectsAfter(chain + "INSERT INTO a (id) VALUES (1);"),
            "+a -b c c.x ");
  EXPECT_EQ(EffectsAfter(chain + "DELETE FROM a;"), "-a ");
  EXPECT_EQ(EffectsAfter(chain + "UPDATE \"C c\" SET id = 2;"), "+b c c.id ");
}

TEST(EffectsTest, FollowsTriggersThatFireEachOther) {
  EXPECT_EQ(EffectsAfter("CREATE TRIGGER t1 AFTER UPDATE OF x ON a BEGIN "
                         "UPDATE b SET x = 1; END;"
                         "CREATE TRIGGER t2 AFTER UPDATE ON b BEGIN "
                         "UPDATE a SET x = 1; END;"
                         "UPDATE a SET x = 2;"),
            "a.x b.x ");
}

TEST(EffectsTest, FollowsTriggersOfViews) {
  EXPECT_EQ(EffectsAfter("CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN "
                         "INSERT INTO b (x) VALUES (new.x); END;"
                         "INSERT INTO v (x) VALUES ('a');"),
            "+b +v ");
}

TEST(EffectsTest, AStatementThatIsNoDataHasNone) {
  EXPECT_EQ(EffectsAfter("CREATE INDEX i ON a (x);"), "");
}

std::string RewritesAfter(const std::string& trigger) {
  const auto simulated = testing::SimulateStatements(
      std::string(kTables) + "CREATE TRIGGER t " + trigger +
      " END; INSERT INTO a (id) VALUES (1);");
  EXPECT_EQ(testing::Messages(simulated->simulation), "");
  std::string text;
  for (const std::string& table :
       EffectsOf(simulated->simulation.steps.back()).rewrites) {
    text += table + " ";
  }
  return text;
}

TEST(EffectsTest, TellRewritesFromWhatTriggersGiveToTheRowThatWasAdded) {
  const std::string after = "AFTER INSERT ON a BEGIN ";
  EXPECT_EQ(RewritesAfter(after + "UPDATE a SET x = 1 WHERE id = NEW.id;"), "");
  EXPECT_EQ(
      RewritesAfter(after + "UPDATE a SET x = 1 WHERE rowid = new.rowid;"), "");
  EXPECT_EQ(RewritesAfter(after + "UPDATE a SET y = 1 WHERE x = NEW.x;"), "a ");
  EXPECT_EQ(RewritesAfter(after + "UPDATE a SET y = 1 WHERE id = NEW.id OR 1;"),
            "a ");
  EXPECT_EQ(RewritesAfter(after + "UPDATE a SET y = 1;"), "a ");
  EXPECT_EQ(RewritesAfter(after + "UPDATE b SET x = 1 WHERE id = NEW.id;"),
            "b ");
  EXPECT_EQ(RewritesAfter(
                "BEFORE INSERT ON a BEGIN UPDATE a SET x = 1 WHERE id = NEW.id;"
                " SELECT RAISE(IGNORE);"),
            "a ");
}

}  // namespace
}  // namespace palindrome::catalog
