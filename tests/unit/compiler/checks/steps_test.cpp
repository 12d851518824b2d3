#include "compiler/checks/steps.h"

#include <gtest/gtest.h>

#include "tests/support/simulation.h"

namespace palindrome::checks {
namespace {

constexpr char kSchema[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);";

// The simulation of `upgrade` on the schema, with what it rests on.
struct Upgrade {
  explicit Upgrade(const std::string& statements)
      : base(testing::SimulateStatements(kSchema)),
        top(testing::SimulateStatements(statements, base->simulation.after)) {
    EXPECT_EQ(testing::Messages(top->simulation), "");
  }
  const catalog::Simulation& simulation() const { return top->simulation; }
  std::size_t size() const { return top->simulation.steps.size(); }

  std::unique_ptr<testing::Simulated> base;
  std::unique_ptr<testing::Simulated> top;
};

TEST(StepsTest, FollowsRenamesToWhatWasThereBefore) {
  const Upgrade upgrade(
      "ALTER TABLE users RENAME TO people;"
      "ALTER TABLE people RENAME COLUMN name TO full_name;"
      "ALTER TABLE people ADD COLUMN age INTEGER;"
      "ALTER TABLE people RENAME COLUMN age TO years;"
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);");
  const auto& simulation = upgrade.simulation();
  const std::size_t end = upgrade.size();
  EXPECT_TRUE(IsOldTable(simulation, 0, "users"));
  EXPECT_FALSE(IsOldTable(simulation, 0, "people"));
  EXPECT_TRUE(IsOldTable(simulation, end, "PEOPLE"));
  EXPECT_FALSE(IsOldTable(simulation, end, "users"));
  EXPECT_FALSE(IsOldTable(simulation, end, "nothing"));
  EXPECT_TRUE(IsOldColumn(simulation, end, "people", "Full_Name"));
  EXPECT_FALSE(IsOldColumn(simulation, end, "people", "years"));
  EXPECT_FALSE(IsOldColumn(simulation, end, "people", "name"));
  EXPECT_FALSE(IsOldColumn(simulation, end, "users", "name"));
  EXPECT_TRUE(IsOldColumn(simulation, 0, "users", "name"));
}

TEST(StepsTest, KnowsAllNamesOfATable) {
  const Upgrade upgrade(
      "ALTER TABLE users RENAME TO people;"
      "ALTER TABLE people RENAME TO persons;");
  const std::set<std::string> expected = {"users", "people", "persons"};
  EXPECT_EQ(NamesOf(upgrade.simulation(), 0, "Users"), expected);
  EXPECT_EQ(NamesOf(upgrade.simulation(), 1, "people"), expected);
  EXPECT_EQ(NamesOf(upgrade.simulation(), 2, "persons"), expected);
}

TEST(StepsTest, KnowsAllNamesOfAColumn) {
  const Upgrade upgrade(
      "ALTER TABLE users RENAME COLUMN name TO full_name;"
      "ALTER TABLE users RENAME TO people;");
  const std::set<catalog::Use> expected = {
      {"users", "name"}, {"users", "full_name"}, {"people", "full_name"}};
  EXPECT_EQ(NamesOfColumn(upgrade.simulation(), 0, {"Users", "NAME"}),
            expected);
  EXPECT_EQ(NamesOfColumn(upgrade.simulation(), 2, {"people", "full_name"}),
            expected);
}

TEST(StepsTest, LooksOnlyAtStepsThatChangeTheCatalog) {
  const Upgrade upgrade(
      "INSERT INTO users VALUES (1, 'a');"
      "ALTER TABLE users RENAME TO people;"
      "INSERT INTO people VALUES (2, 'b');"
      "CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY);"
      "DROP TABLE people;");
  EXPECT_EQ(upgrade.simulation().changes, (std::vector<std::size_t>{1, 4}));
}

TEST(StepsTest, AColumnDroppedAndAddedAgainIsNew) {
  const Upgrade upgrade(
      "ALTER TABLE users DROP COLUMN name;"
      "ALTER TABLE users ADD COLUMN name TEXT;");
  EXPECT_TRUE(IsOldColumn(upgrade.simulation(), 0, "users", "name"));
  EXPECT_FALSE(IsOldColumn(upgrade.simulation(), 2, "users", "name"));
}

TEST(StepsTest, WhatIsMadeAgainAsItWasHasNotChanged) {
  const Upgrade upgrade(
      "CREATE TABLE scratch (id INTEGER PRIMARY KEY);"
      "ALTER TABLE users RENAME TO people;"
      "CREATE INDEX ix ON people (name);"
      "DROP TABLE scratch;"
      "ALTER TABLE people RENAME TO users;");
  EXPECT_EQ(ChangedObjects(upgrade.simulation()),
            (std::set<catalog::Key>{{catalog::ObjectKind::kIndex, "ix"}}));
}

TEST(StepsTest, TellsWhatStatementsWrite) {
  const Upgrade upgrade(
      "CREATE TABLE log (word TEXT);"
      "INSERT INTO log SELECT name FROM users;"
      "UPDATE users SET name = 'x';"
      "DELETE FROM log;");
  const auto& steps = upgrade.simulation().steps;
  EXPECT_FALSE(IsData(steps[0]));
  EXPECT_TRUE(IsData(steps[1]));
  const Effects inserts = EffectsOf(steps[1]);
  EXPECT_TRUE(Inserts(inserts, "LOG"));
  EXPECT_FALSE(Inserts(inserts, "users"));
  EXPECT_TRUE(Reads(steps[1].access, "users", "name"));
  const Effects updates = EffectsOf(steps[2]);
  EXPECT_TRUE(Updates(updates, "users", "NAME"));
  EXPECT_FALSE(Updates(updates, "users", "id"));
  EXPECT_TRUE(Updates(updates, "users"));
  EXPECT_TRUE(Deletes(EffectsOf(steps[3]), "log"));
  EXPECT_TRUE(EffectsOf(steps[0]).inserts.empty());
  EXPECT_TRUE(HasWord(steps[1].item->statement, {"select"}));
  EXPECT_FALSE(HasWord(steps[1].item->statement, {"where"}));
}

TEST(StepsTest, ListsNames) {
  EXPECT_EQ(QuotedList({}), "");
  EXPECT_EQ(QuotedList({"a"}), "`a`");
  EXPECT_EQ(QuotedList({"a", "b"}), "`a` and `b`");
  EXPECT_EQ(QuotedList({"a", "b", "c"}), "`a`, `b` and `c`");
}

}  // namespace
}  // namespace palindrome::checks
