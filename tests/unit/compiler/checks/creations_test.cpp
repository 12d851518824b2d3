#include "compiler/checks/creations.h"

#include <gtest/gtest.h>

#include "compiler/checks/portable.h"
#include "tests/support/simulation.h"

namespace palindrome::checks {
namespace {

constexpr char kSchema[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    "CREATE INDEX ix_name ON users (name);";

// The simulation of `upgrade` on the schema, with what it rests on.
struct Upgrade {
  explicit Upgrade(const std::string& statements)
      : base(testing::SimulateStatements(kSchema)),
        top(testing::SimulateStatements(statements, base->simulation.after)) {
    EXPECT_EQ(testing::Messages(top->simulation), "");
  }
  const catalog::Simulation& simulation() const { return top->simulation; }

  std::unique_ptr<testing::Simulated> base;
  std::unique_ptr<testing::Simulated> top;
};

std::vector<std::string> ColumnsOf(const catalog::Simulation& section) {
  std::vector<std::string> names;
  for (const NewColumn& column : NewColumns(section)) {
    names.push_back(column.table->name.text + "." + column.written->name.text);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(CreationsTest, WhatIsDroppedAgainIsLeftOut) {
  const Upgrade upgrade(
      "CREATE TABLE a (id INTEGER PRIMARY KEY);"
      "CREATE TABLE b (id INTEGER PRIMARY KEY);"
      "CREATE TEMPORARY TABLE c (id INTEGER PRIMARY KEY);"
      "CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);"
      "CREATE INDEX ix_b ON b (id);"
      "DROP TABLE a;"
      "DROP TABLE c;"
      "ALTER TABLE b RENAME TO a;");
  const auto tables = NewTables(upgrade.simulation());
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].written->name.text, "b");
  EXPECT_EQ(tables[0].at_end->name.text, "a");
  EXPECT_EQ(tables[0].replaced, nullptr);
  EXPECT_EQ(ColumnsOf(upgrade.simulation()), Names({"a.id"}));
  const auto indexes = NewIndexes(upgrade.simulation());
  ASSERT_EQ(indexes.size(), 1U);
  EXPECT_EQ(indexes[0].table->name.text, "a");
}

TEST(CreationsTest, ACopyInThePlaceOfATableHasNothingNewButWhatItAdds) {
  const Upgrade upgrade(
      "CREATE TABLE copy (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER"
      " CHECK (age > 0));"
      "DROP TABLE users;"
      "ALTER TABLE copy RENAME TO users;"
      "CREATE INDEX ix_name ON users (name);"
      "CREATE INDEX ix_age ON users (age);");
  const auto tables = NewTables(upgrade.simulation());
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_NE(tables[0].replaced, nullptr);
  EXPECT_EQ(tables[0].replaced->name.text, "users");
  EXPECT_EQ(ColumnsOf(upgrade.simulation()), Names({"users.age"}));
  const auto constraints = NewConstraints(upgrade.simulation());
  ASSERT_EQ(constraints.size(), 1U);
  EXPECT_EQ(constraints[0].written->kind, ast::ConstraintKind::kCheck);
  const auto indexes = NewIndexes(upgrade.simulation());
  ASSERT_EQ(indexes.size(), 1U);
  EXPECT_EQ(indexes[0].written->name.text, "ix_age");
}

TEST(CreationsTest, FollowsATableToTheEnd) {
  const Upgrade upgrade(
      "ALTER TABLE users RENAME TO people;"
      "ALTER TABLE people RENAME TO persons;");
  EXPECT_EQ(TableAtEnd(upgrade.simulation(), 0, "People"), "persons");
  EXPECT_EQ(TableAtEnd(upgrade.simulation(), 1, "persons"), "persons");
  EXPECT_EQ(TableAtEnd(upgrade.simulation(), 1, "users"), std::nullopt);
}

TEST(PortableTest, CollectsTheNamesThatAreGiven) {
  const Upgrade upgrade(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, CONSTRAINT a_ck CHECK (id > 0));"
      "ALTER TABLE a RENAME TO b;"
      "ALTER TABLE users RENAME COLUMN id TO number;"
      "CREATE VIEW v AS SELECT id FROM b;");
  Names names;
  for (const GivenName& given : GivenNames(upgrade.simulation())) {
    names.push_back(std::string(given.kind) + " " + given.name->text);
  }
  EXPECT_EQ(names, Names({"column id", "CHECK a_ck", "table b", "column number",
                          "view v"}));
}

TEST(PortableTest, ReadsTypes) {
  EXPECT_EQ(BaseType("VARCHAR(20)"), "varchar");
  EXPECT_EQ(BaseType("double precision"), "double precision");
  EXPECT_EQ(BaseType("TIMESTAMP (3) WITH TIME ZONE"),
            "timestamp with time zone");
  EXPECT_EQ(BaseType(""), "");
  EXPECT_EQ(TypeArguments("NUMERIC(8, 2)"), "(8, 2)");
  EXPECT_EQ(TypeArguments("TEXT"), "");
}

}  // namespace
}  // namespace palindrome::checks
