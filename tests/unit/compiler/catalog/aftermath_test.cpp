#include "compiler/catalog/aftermath.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/support/simulation.h"

namespace palindrome::catalog {
namespace {

using testing::Messages;

struct Case {
  std::string statements;
  std::string messages;
};

TEST(AftermathTest, WhatFollowsIsNoNews) {
  const Case kCases[] = {
      // A table that could not be made.
      {"CREATE TABLE t (a TEXT PRIMARY KEY AUTOINCREMENT);\n"
       "CREATE INDEX i ON t (a); DROP TABLE t;",
       "AUTOINCREMENT takes one column of type INTEGER, without DESC behind "
       "it, in a table with rowids\n"},
      // A column and a new name.
      {"CREATE TABLE t (a TEXT); ALTER TABLE u ADD COLUMN b TEXT;\n"
       "CREATE INDEX i ON t (b);",
       "there is no table `u` here\n"},
      {"CREATE TABLE t (a TEXT); ALTER TABLE t RENAME COLUMN c TO b;\n"
       "UPDATE t SET b = 1;",
       "table `t` has no column `c`\n"},
      // An index that is still there.
      {"CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX ab ON t (a);\n"
       "DROP INDEX zz; ALTER TABLE t DROP COLUMN a;",
       "there is no index `zz` here\n"},
      // A table that is not there, whatever is done to it.
      {"CREATE TABLE t (a TEXT); DROP TABLE u; DROP TABLE u;\n"
       "ALTER TABLE u ADD COLUMN b TEXT; CREATE INDEX ub ON u (b);\n"
       "CREATE VIEW v AS SELECT b FROM u;",
       "there is no table `u` here\n"},
      // A column, in one statement.
      {"CREATE TABLE t (a TEXT, UNIQUE (b), UNIQUE (b, a));",
       "table `t` has no column `b`\n"},
      // What was to be called otherwise, in the place of what is there.
      {"CREATE TABLE t (a TEXT); ALTER TABLE t ADD COLUMN a TEXT;\n"
       "CREATE INDEX i ON t (b); UPDATE t SET b = 1;",
       "table `t` has a column `a` already\n"},
      {"CREATE TABLE t (a TEXT, b TEXT); ALTER TABLE t RENAME COLUMN b TO a;\n"
       "CREATE VIEW v AS SELECT c FROM t;",
       "table `t` has a column `a` already\n"},
      {"CREATE TABLE t (a TEXT, CONSTRAINT c CHECK (a));\n"
       "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a);\n"
       "ALTER TABLE t DROP CONSTRAINT d;",
       "table `t` has a constraint `c` already\n"},
      {"CREATE TABLE t (a TEXT); CREATE TABLE t (b TEXT);\n"
       "CREATE INDEX i ON u (b); INSERT INTO u VALUES ('x'); DROP TABLE u;",
       "there is a table `t` already\n"},
      {"CREATE TABLE t (a TEXT); CREATE TABLE t (b TEXT);\n"
       "INSERT INTO t (b) VALUES ('x');",
       "there is a table `t` already\n"},
      {"CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a);\n"
       "CREATE INDEX i ON t (a DESC); DROP INDEX j;",
       "there is an index `i` already\n"},
      // A table that has fewer columns than was meant.
      {"CREATE TABLE t (a TEXT b TEXT); INSERT INTO t VALUES (1, 2);\n"
       "UPDATE t SET b = 1;",
       "SQLite refuses this: table t has 1 columns but 2 values were "
       "supplied\n"},
      // A name that was to be free.
      {"CREATE TABLE t (a TEXT); CREATE TABLE new (a TEXT, b TEXT);\n"
       "DROP TABLE tt; ALTER TABLE new RENAME TO t; CREATE INDEX i ON t (b);",
       "there is no table `tt` here\n"},
      // In double quotes, and in a body.
      {"CREATE TABLE t (a TEXT); ALTER TABLE tt ADD COLUMN \"b c\" TEXT;\n"
       "CREATE INDEX i ON t (\"b c\");",
       "there is no table `tt` here\n"},
      {"CREATE TABLE u (a TEXT); CREATE TABLE t (b TEXT);\n"
       "CREATE VIEW v AS SELECT u.c FROM u;\n"
       "CREATE TRIGGER w AFTER INSERT ON t BEGIN\n"
       "  INSERT INTO t SELECT (SELECT max(c) FROM u);\nEND;",
       "there is no column `u.c` here\n"},
      // A rebuild whose new table is misspelt once.
      {"CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);\n"
       "CREATE TABLE u (a INTEGER REFERENCES t (a));\n"
       "CREATE TABLE nwe (a INTEGER PRIMARY KEY, b TEXT);\n"
       "INSERT INTO new SELECT * FROM t; DROP TABLE t;\n"
       "ALTER TABLE new RENAME TO t;",
       "there is no table or view `new` here; did you mean `nwe`?\n"},
  };
  for (const Case& each : kCases) {
    const auto result = testing::SimulateStatements(each.statements);
    EXPECT_EQ(Messages(result->simulation), each.messages) << each.statements;
    EXPECT_FALSE(result->simulation.applies);
  }
}

TEST(AftermathTest, AnotherMistakeIsOne) {
  const Case kCases[] = {
      {"CREATE TABLE t (a TEXT); DROP TABLE u; DROP TABLE v;",
       "there is no table `u` here\nthere is no table `v` here\n"},
      {"CREATE TABLE t (a TEXT, UNIQUE (b, c));",
       "table `t` has no column `b`\ntable `t` has no column `c`\n"},
      // The name was there before.
      {"CREATE TABLE t (a TEXT); ALTER TABLE t ADD COLUMN a TEXT;\n"
       "ALTER TABLE v DROP COLUMN a;",
       "table `t` has a column `a` already\nthere is no table `v` here\n"},
      {"CREATE TABLE t (a TEXT); CREATE TABLE u (c TEXT);\n"
       "ALTER TABLE t ADD COLUMN a TEXT; ALTER TABLE u DROP COLUMN b;",
       "table `t` has a column `a` already\ntable `u` has no column `b`\n"},
      {"CREATE TABLE t (a TEXT); ALTER TABLE t ADD COLUMN b NUMB PRIMARY KEY\n"
       "AUTOINCREMENT; ALTER TABLE t DROP COLUMN c;",
       "AUTOINCREMENT takes one column of type INTEGER, without DESC behind "
       "it, in a table with rowids\ntable `t` has no column `c`\n"},
  };
  for (const Case& each : kCases) {
    const auto result = testing::SimulateStatements(each.statements);
    EXPECT_EQ(Messages(result->simulation), each.messages) << each.statements;
  }
}

}  // namespace
}  // namespace palindrome::catalog
