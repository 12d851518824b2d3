// What each statement does to a catalog, and what it refuses.

#include <gtest/gtest.h>

#include "tests/support/simulation.h"

namespace palindrome::catalog {
namespace {

using ::palindrome::testing::Messages;
using ::palindrome::testing::SimulateStatements;

std::string After(const std::string& statements) {
  const auto simulated = SimulateStatements(statements);
  EXPECT_EQ(Messages(simulated->simulation), "") << statements;
  return CanonicalText(simulated->simulation.after);
}

// The same catalog, made in two ways.
void ExpectSame(const std::string& left, const std::string& right) {
  const auto a = SimulateStatements(left);
  const auto b = SimulateStatements(right);
  EXPECT_EQ(Messages(a->simulation), "") << left;
  EXPECT_EQ(Messages(b->simulation), "") << right;
  EXPECT_TRUE(a->simulation.after == b->simulation.after)
      << After(left) << "\n---\n"
      << After(right);
  EXPECT_EQ(DescribeDifferences(a->simulation.after, b->simulation.after),
            std::vector<std::string>());
}

TEST(ApplyTest, AConstraintWithoutANameIsSaidToBeThere) {
  const auto refused = [](const std::string& columns) {
    return Messages(SimulateStatements("CREATE TABLE t (" + columns +
                                       "); ALTER TABLE t DROP CONSTRAINT ck_a;")
                        ->simulation);
  };
  EXPECT_EQ(
      refused("id INTEGER PRIMARY KEY, a CHECK (a > 0)"),
      "table `t` has no constraint `ck_a`; its `CHECK (a > 0)` has no name, "
      "and what has none goes only with a table that is created anew\n");
  EXPECT_EQ(refused("a UNIQUE, b CHECK (b), CHECK (a > b)"),
            "table `t` has no constraint `ck_a`; 3 of its constraints have no "
            "name, and what has none goes only with a table that is created "
            "anew\n");
  EXPECT_EQ(refused("id INTEGER PRIMARY KEY"),
            "table `t` has no constraint `ck_a`\n");
  EXPECT_EQ(refused("a CHECK (a), CONSTRAINT ck_b CHECK (a)"),
            "table `t` has no constraint `ck_a`; did you mean `ck_b`?\n");
}

TEST(ApplyTest, AltersGiveWhatACreateSays) {
  const std::string start = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);";
  ExpectSame(start + "ALTER TABLE t ADD COLUMN b INT NOT NULL DEFAULT 1;",
             "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT,"
             " b INT NOT NULL DEFAULT 1);");
  ExpectSame(start + "ALTER TABLE t DROP COLUMN a;",
             "CREATE TABLE t (id INTEGER PRIMARY KEY);");
  ExpectSame(start + "ALTER TABLE t RENAME COLUMN a TO b;",
             "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT);");
  ExpectSame(start + "ALTER TABLE t RENAME TO u;",
             "CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT);");
  ExpectSame(start + "ALTER TABLE t ALTER COLUMN a TYPE BLOB;",
             "CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB);");
  ExpectSame(start + "ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
             "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);");
  ExpectSame(start + "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';",
             "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x');");
  ExpectSame(start + "ALTER TABLE t ADD CONSTRAINT c CHECK (a <> '');",
             "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT,"
             " CONSTRAINT c CHECK (a <> ''));");
  ExpectSame(
      "CREATE TABLE t (a, CONSTRAINT c CHECK (a));"
      "ALTER TABLE t RENAME CONSTRAINT c TO d;",
      "CREATE TABLE t (a, CONSTRAINT d CHECK (a));");
  ExpectSame(
      "CREATE TABLE t (a, CONSTRAINT c CHECK (a));"
      "ALTER TABLE t DROP CONSTRAINT c;",
      "CREATE TABLE t (a);");
}

TEST(ApplyTest, IfExistsAndIfNotExistsDoNothing) {
  ExpectSame("CREATE TABLE t (a); CREATE TABLE IF NOT EXISTS t (b);",
             "CREATE TABLE t (a);");
  ExpectSame(
      "CREATE TABLE t (a); DROP TABLE IF EXISTS u;"
      "DROP INDEX IF EXISTS i; DROP VIEW IF EXISTS v;"
      "DROP TRIGGER IF EXISTS x;",
      "CREATE TABLE t (a);");
}

TEST(ApplyTest, RefusalsNameTheThingAndSuggestAnother) {
  const std::string start =
      "CREATE TABLE tasks (id INTEGER PRIMARY KEY, name TEXT);"
      "CREATE INDEX ix_name ON tasks (name);"
      "CREATE VIEW names AS SELECT name FROM tasks;";
  const std::pair<const char*, const char*> kCases[] = {
      {"DROP TABLE task;",
       "there is no table `task` here; did you mean `tasks`?\n"},
      {"ALTER TABLE tasks DROP COLUMN nome;",
       "table `tasks` has no column `nome`; did you mean `name`?\n"},
      {"DROP INDEX ix_nam;",
       "there is no index `ix_nam` here; did you mean `ix_name`?\n"},
      {"DROP VIEW nams;",
       "there is no view `nams` here; did you mean `names`?\n"},
      {"DROP TRIGGER x;", "there is no trigger `x` here\n"},
      {"ALTER TABLE tasks DROP CONSTRAINT c;",
       "table `tasks` has no constraint `c`\n"},
      {"CREATE TABLE TASKS (a);", "there is a table `TASKS` already\n"},
      {"CREATE INDEX names ON tasks (id);",
       "there is a view `names` already\n"},
      {"CREATE INDEX i ON tasks (nam);",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"ALTER TABLE names ADD COLUMN x;",
       "`names` is a view, and the statement takes a table\n"},
      {"ALTER TABLE tasks ADD COLUMN Name TEXT;",
       "table `tasks` has a column `Name` already\n"},
      {"CREATE TABLE sqlite_x (a);",
       "`sqlite_x` begins with `sqlite_`, which is reserved; choose another "
       "name\n"},
      {"CREATE TABLE palindrome_x (a);",
       "`palindrome_x` begins with `palindrome_`, which is reserved; choose "
       "another name\n"},
      {"CREATE TABLE u (a, A);", "column `A` is defined twice\n"},
      {"CREATE TABLE u (a AS (b), b AS (c + a), c);",
       "generated column `a` is computed from itself\n"},
      {"CREATE TABLE u (a AS (c), b AS (b), c);",
       "generated column `b` is computed from itself\n"},
      {"CREATE TABLE u (a PRIMARY KEY, b, PRIMARY KEY (b));",
       "table `u` has a primary key already\n"},
      {"CREATE TABLE u (a) WITHOUT ROWID;",
       "table `u` is WITHOUT ROWID and needs a primary key\n"},
      {"CREATE TABLE u (a TEXT PRIMARY KEY AUTOINCREMENT);",
       "AUTOINCREMENT takes one column of type INTEGER, without DESC behind "
       "it, in a table with rowids\n"},
      {"CREATE TABLE u (a INTEGER PRIMARY KEY DESC AUTOINCREMENT);",
       "AUTOINCREMENT takes one column of type INTEGER, without DESC behind "
       "it, in a table with rowids\n"},
      {"CREATE TABLE u (a, b AS (u.a));",
       "generated column `b` names a column as `table.column`, which SQLite "
       "does not take there; write the column alone\n"},
      {"ALTER TABLE tasks ADD COLUMN u AS (upper(tasks.name)) STORED;",
       "generated column `u` names a column as `table.column`, which SQLite "
       "does not take there; write the column alone\n"},
      {"CREATE TABLE u (a COLLATE nocase UNIQUE ON CONFLICT IGNORE, b, "
       "UNIQUE (A COLLATE NOCASE) ON CONFLICT FAIL);",
       "two keys of table `u` have the same columns and different ON CONFLICT "
       "clauses\n"},
      {"CREATE TABLE u (a VARCHAR) STRICT;",
       "column `a` of a STRICT table has the type `VARCHAR`; a STRICT table "
       "knows INT, INTEGER, REAL, TEXT, BLOB and ANY\n"},
      {"CREATE INDEX i ON tasks (lower(nam));",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"CREATE INDEX i ON tasks (id) WHERE \"Nam\" > 1;",
       "there is no column `Nam` here, and in double quotes most builds of "
       "SQLite take it for a string; write `'Nam'` if it is one; did you mean "
       "`name`?\n"},
      {"CREATE INDEX i ON tasks (id) WHERE nam > 1 AND 0;",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"CREATE INDEX i ON tasks (rowid + 1);",
       "table `tasks` has no column `rowid`\n"},
      {"CREATE INDEX i ON tasks (lower(other.name));",
       "there is no column `other.name` here\n"},
      {"CREATE INDEX i ON tasks (count(name));",
       "SQLite refuses this: misuse of aggregate function count()\n"},
      {"CREATE INDEX i ON tasks (random());",
       "SQLite refuses this: non-deterministic functions prohibited in index "
       "expressions\n"},
      {"CREATE INDEX i ON tasks (slug(name));",
       "function `slug` is not SQLite's own; a migration must not depend on "
       "application code: compute the value in SQL, or declare a stand-in in "
       "palindrome.toml\n"},
      {"CREATE INDEX i ON tasks (name COLLATE natural_order);",
       "collation `natural_order` is not SQLite's own; a migration must not "
       "depend on application code: use BINARY, NOCASE or RTRIM, or declare a "
       "stand-in in palindrome.toml\n"},
      {"CREATE TABLE u (a, CHECK (u.b > 1));", "table `u` has no column `b`\n"},
      {"CREATE TABLE u (word, CHECK (0 AND wrd > 1));",
       "table `u` has no column `wrd`; did you mean `word`?\n"},
      {"CREATE TABLE u (a, CHECK (a IN (SELECT id FROM tasks)));",
       "SQLite refuses this: subqueries prohibited in CHECK constraints\n"},
      {"CREATE TABLE u (word, b AS (upper(\"wrd\")));",
       "there is no column `wrd` here, and in double quotes most builds of "
       "SQLite take it for a string; write `'wrd'` if it is one; did you mean "
       "`word`?\n"},
      {"CREATE TABLE u (a, CHECK (a NOT IN ()));",
       "`IN ()` is never true, and SQLite forgets the columns before it; "
       "write 0, or 1 for `NOT IN ()`\n"},
      {"CREATE INDEX i ON tasks (id) WHERE name in ( );",
       "`IN ()` is never true, and SQLite forgets the columns before it; "
       "write 0, or 1 for `NOT IN ()`\n"},
      {"CREATE TABLE u (a, b DEFAULT (a));",
       "SQLite refuses this: default value of column [b] is not constant\n"},
      {"CREATE TABLE u (a DEFAULT (slug('x')));",
       "function `slug` is not SQLite's own; a migration must not depend on "
       "application code: compute the value in SQL, or declare a stand-in in "
       "palindrome.toml\n"},
      {"CREATE TABLE u (a COLLATE natural_order);",
       "collation `natural_order` is not SQLite's own; a migration must not "
       "depend on application code: use BINARY, NOCASE or RTRIM, or declare a "
       "stand-in in palindrome.toml\n"},
      {"ALTER TABLE tasks ADD COLUMN u CHECK (nam > u);",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"ALTER TABLE tasks ADD COLUMN u AS (nam || 'x');",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"ALTER TABLE tasks ADD CONSTRAINT c CHECK (nam <> '');",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"ALTER TABLE tasks ALTER COLUMN name SET DEFAULT (id);",
       "SQLite refuses this: default value of column [name] is not "
       "constant\n"},
      {"ALTER TABLE tasks ALTER COLUMN id TYPE INT USING nam + 1;",
       "table `tasks` has no column `nam`; did you mean `name`?\n"},
      {"ALTER TABLE tasks ALTER COLUMN id TYPE INT USING max(name);",
       "SQLite refuses this: misuse of aggregate function max()\n"},
      {"UPDATE tasks SET nam = 1;",
       "there is no column `nam` here; did you mean `name`?\n"},
      {"INSERT INTO task (id) VALUES (1);",
       "there is no table or view `task` here; did you mean `tasks`?\n"},
      {"CREATE VIEW v AS SELECT nam FROM tasks;",
       "there is no column `nam` here; did you mean `name`?\n"},
      {"CREATE TRIGGER x AFTER INSERT ON tasks BEGIN "
       "DELETE FROM task; END;",
       "there is no table or view `task` here; did you mean `tasks`?\n"},
      {"UPDATE tasks SET name = slug(name);",
       "function `slug` is not SQLite's own; a migration must not depend on "
       "application code: compute the value in SQL, or declare a stand-in in "
       "palindrome.toml\n"},
      {"UPDATE tasks SET name = 'x' WHERE name = 'y' COLLATE natural_order;",
       "collation `natural_order` is not SQLite's own; a migration must not "
       "depend on application code: use BINARY, NOCASE or RTRIM, or declare a "
       "stand-in in palindrome.toml\n"},
  };
  const auto before = SimulateStatements(start);
  for (const auto& [statement, message] : kCases) {
    const auto result = SimulateStatements(statement, before->simulation.after);
    EXPECT_EQ(Messages(result->simulation), message) << statement;
    EXPECT_FALSE(result->simulation.applies) << statement;
    EXPECT_TRUE(result->simulation.after == before->simulation.after)
        << statement;
  }
}

TEST(ApplyTest, ExpressionsThatTheEngineTakesAreTaken) {
  const std::string start =
      "CREATE TABLE t (a, b TEXT, oid_of INT); CREATE TABLE u (x);";
  for (const char* statement :
       {"CREATE INDEX i ON t (lower(T.\"B\")) WHERE rowid > 1;",
        "CREATE INDEX i ON t (a COLLATE nocase, a IN (1));",
        "CREATE TABLE v (a, b AS ([a] + 1), CHECK (oid > 1 AND v.a > 1));",
        "CREATE TABLE v (a DEFAULT (abs(-1)), b DEFAULT \"a word\");",
        "ALTER TABLE t ADD COLUMN c CHECK (c <> a) DEFAULT (random());",
        "ALTER TABLE t RENAME COLUMN a TO c; CREATE INDEX i ON t (c + 1);",
        "ALTER TABLE t RENAME TO s; CREATE INDEX i ON s (s.a + 1);",
        "ALTER TABLE t ALTER COLUMN a TYPE INT USING (SELECT max(x) FROM "
        "u WHERE x < b);"}) {
    const auto simulated = SimulateStatements(start + statement);
    EXPECT_EQ(Messages(simulated->simulation), "") << statement;
    EXPECT_TRUE(simulated->simulation.applies) << statement;
  }
}

// As SQLite has it: other columns, another collation, no clause, or no index.
TEST(ApplyTest, KeysThatAreNotTheSameMayDifferInTheirConflictClauses) {
  const auto result = SimulateStatements(
      "CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE, b, UNIQUE (a),"
      "  UNIQUE (a, b) ON CONFLICT FAIL, UNIQUE (b, a) ON CONFLICT ABORT,"
      "  UNIQUE (a COLLATE nocase) ON CONFLICT REPLACE);"
      "CREATE TABLE u (a INTEGER PRIMARY KEY ON CONFLICT IGNORE,"
      "  UNIQUE (a) ON CONFLICT FAIL);");
  EXPECT_EQ(Messages(result->simulation), "");
}

TEST(ApplyTest, AutoincrementTakesATablesOwnDescendingKey) {
  const auto result = SimulateStatements(
      "CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC AUTOINCREMENT));");
  EXPECT_EQ(Messages(result->simulation), "");
}

TEST(ApplyTest, TheEngineSaysWhatADataStatementTouches) {
  const auto result = SimulateStatements(
      "CREATE TABLE t (a, b); CREATE TABLE u (c);"
      "UPDATE t SET a = (SELECT max(c) FROM u) WHERE b = 1;"
      "INSERT INTO u SELECT a FROM t; DELETE FROM t;");
  ASSERT_EQ(Messages(result->simulation), "");
  const auto& steps = result->simulation.steps;
  EXPECT_EQ(steps[2].access.updates, (std::vector<Use>{{"t", "a"}}));
  EXPECT_EQ(steps[2].access.reads, (std::vector<Use>{{"t", "b"}, {"u", "c"}}));
  EXPECT_EQ(steps[3].access.inserts, std::vector<std::string>{"u"});
  EXPECT_EQ(steps[4].access.deletes, std::vector<std::string>{"t"});
}

TEST(ApplyTest, AnOpaqueStatementIsLearntFromTheEngine) {
  const auto result = SimulateStatements(
      "CREATE TABLE t (a INTEGER, b TEXT);"
      "FOR sqlite BEGIN CREATE TABLE copy AS SELECT a FROM t; END;");
  EXPECT_EQ(Messages(result->simulation), "");
  const ast::Table* copy = result->simulation.after.FindTable("copy");
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->columns.size(), 1U);
}

TEST(CatalogTest, RevisionsShareWhatDidNotChange) {
  const auto first = SimulateStatements("CREATE TABLE a (x);");
  const auto second =
      SimulateStatements("CREATE TABLE b (x);", first->simulation.after);
  EXPECT_EQ(first->simulation.after.Find(ObjectKind::kTable, "a"),
            second->simulation.after.Find(ObjectKind::kTable, "a"));
  const auto changes =
      Catalog::Changes(first->simulation.after, second->simulation.after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].key.name, "b");
}

TEST(CatalogTest, DifferencesAreSaidInWords) {
  const auto left = SimulateStatements(
      "CREATE TABLE t (a INTEGER, b TEXT NOT NULL, UNIQUE (a));"
      "CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT a FROM t;");
  const auto right = SimulateStatements(
      "CREATE TABLE t (a TEXT, c TEXT); CREATE INDEX i ON t (a DESC);");
  EXPECT_EQ(
      DescribeDifferences(left->simulation.after, right->simulation.after),
      (std::vector<std::string>{
          "column `a` of table `t` is `a TEXT` instead of `a INTEGER`",
          "column `b` of table `t` is missing",
          "column `c` of table `t` is there as well",
          "`UNIQUE (a)` of table `t` is missing",
          "index `i` is `CREATE INDEX i ON t (a DESC)` instead of `CREATE "
          "INDEX i ON t (a)`",
          "view `v` is missing"}));
}

}  // namespace
}  // namespace palindrome::catalog
