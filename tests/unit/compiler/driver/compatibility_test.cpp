#include "compiler/driver/compatibility.h"

#include <string>

#include <gtest/gtest.h>

#include "palindrome/migration.h"
#include "runtime/src/compatibility_text.h"
#include "tests/support/simulation.h"

namespace palindrome::driver {
namespace {

constexpr char kBefore[] =
    "CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL, "
    "  c INTEGER NOT NULL DEFAULT 1, d INTEGER DEFAULT 2, "
    "  p INTEGER REFERENCES p (id) ON DELETE CASCADE, "
    "  CONSTRAINT ck CHECK (c > 0));"
    "CREATE INDEX ix ON t (a);"
    "CREATE UNIQUE INDEX ux ON t (b);"
    "FOR sqlite BEGIN CREATE VIRTUAL TABLE f USING fts5 (x); END;"
    "CREATE VIEW v AS SELECT id, a FROM t;"
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN "
    "  UPDATE p SET name = name WHERE id = NEW.p; END;";

std::string NameOf(const std::string& statements) {
  const auto before = testing::SimulateStatements(kBefore);
  EXPECT_EQ(testing::Messages(before->simulation), "");
  const auto upgrade =
      testing::SimulateStatements(statements, before->simulation.after);
  EXPECT_EQ(testing::Messages(upgrade->simulation), "") << statements;
  return std::string(
      CompatibilityName(ClassifyCompatibility(upgrade->simulation)));
}

struct Case {
  const char* name;
  const char* statements;
};

void ExpectAll(const std::string& expected, std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    EXPECT_EQ(NameOf(each.statements), expected)
        << each.name << ": " << each.statements;
  }
}

TEST(CompatibilityTest, WhatOnlyAddsIsAdditive) {
  ExpectAll(
      "additive",
      {{"nothing", ""},
       {"table", "CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT NOT NULL);"},
       {"index", "CREATE INDEX n ON t (d);"},
       {"partial index", "CREATE INDEX n ON t (d) WHERE (d > 1) AND (c > 1);"},
       {"view", "CREATE VIEW n AS SELECT 1 AS x;"},
       {"column", "ALTER TABLE t ADD COLUMN n TEXT;"},
       {"column with a default",
        "ALTER TABLE t ADD COLUMN n TEXT NOT NULL DEFAULT 'x';"},
       {"column with a limit of its own",
        "ALTER TABLE t ADD COLUMN n TEXT NOT NULL DEFAULT 'x' "
        "CHECK (n IN ('x', 'y'));"},
       {"generated column",
        "ALTER TABLE t ADD COLUMN n TEXT NOT NULL GENERATED ALWAYS AS (b) "
        "VIRTUAL;"},
       {"unique column",
        "ALTER TABLE t ADD COLUMN n TEXT;"
        "CREATE UNIQUE INDEX n ON t (b, n);"},
       {"reference to a new table",
        "CREATE TABLE n (id INTEGER PRIMARY KEY);"
        "ALTER TABLE t ADD COLUMN n INTEGER REFERENCES n (id);"},
       {"references that follow",
        "CREATE TABLE n (p INTEGER REFERENCES p (id) ON DELETE CASCADE, "
        "q INTEGER REFERENCES p (id) ON DELETE SET NULL);"},
       {"trigger on a new table",
        "CREATE TABLE n (x TEXT);"
        "CREATE TRIGGER n AFTER INSERT ON n BEGIN SELECT 1; END;"},
       {"dropped index", "DROP INDEX ix;"},
       {"default of a column", "ALTER TABLE t ALTER COLUMN d SET DEFAULT 3;"},
       {"no default of a column that may be NULL",
        "ALTER TABLE t ALTER COLUMN d DROP DEFAULT;"},
       {"new rows", "INSERT INTO p (name) VALUES ('x');"},
       {"backfill",
        "ALTER TABLE t ADD COLUMN n TEXT NOT NULL DEFAULT '';"
        "UPDATE t SET n = b;"},
       {"made and gone",
        "CREATE TABLE n (x TEXT);"
        "INSERT INTO n VALUES ('x'); DELETE FROM n;"
        "DROP TABLE n;"},
       {"index made again", "DROP INDEX ux; CREATE UNIQUE INDEX ux ON t (b);"},
       {"view made again",
        "DROP VIEW v; CREATE VIEW v AS SELECT id, a FROM t;"}});
}

TEST(CompatibilityTest, WhatAsksMoreOfRowsBreaksWrites) {
  ExpectAll(
      "breaks-writes",
      {{"required column",
        "ALTER TABLE t ADD COLUMN n TEXT;"
        "UPDATE t SET n = b;"
        "ALTER TABLE t ALTER COLUMN n SET NOT NULL;"},
       {"NOT NULL", "ALTER TABLE t ALTER COLUMN a SET NOT NULL;"},
       {"no default of a required column",
        "ALTER TABLE t ALTER COLUMN c DROP DEFAULT;"},
       {"default that goes again",
        "ALTER TABLE t ADD COLUMN n TEXT NOT NULL DEFAULT 'x';"
        "ALTER TABLE t ALTER COLUMN n DROP DEFAULT;"},
       {"CHECK", "ALTER TABLE t ADD CONSTRAINT n CHECK (d > 0);"},
       {"CHECK of a new column and an old one",
        "ALTER TABLE t ADD COLUMN n INTEGER CHECK (n < d);"},
       {"UNIQUE", "ALTER TABLE t ADD CONSTRAINT n UNIQUE (d);"},
       {"FOREIGN KEY",
        "ALTER TABLE t ADD CONSTRAINT n FOREIGN KEY (d) REFERENCES p (id) "
        "ON DELETE CASCADE;"},
       {"unique index", "CREATE UNIQUE INDEX n ON t (d);"},
       {"unique column with a default",
        "ALTER TABLE t ADD COLUMN n TEXT DEFAULT 'x';"
        "CREATE UNIQUE INDEX n ON t (n);"},
       {"index that may refuse a value",
        "CREATE INDEX n ON t (json_extract(a, '$.x'));"},
       {"partial index that may",
        "CREATE INDEX n ON t (d) WHERE json_valid(a) = 1;"},
       {"reference that holds rows",
        "CREATE TABLE n (p INTEGER REFERENCES p (id));"},
       {"reference that cannot be NULL",
        "CREATE TABLE n (p INTEGER NOT NULL REFERENCES p (id) "
        "ON DELETE SET NULL);"},
       {"new column that holds rows",
        "ALTER TABLE t ADD COLUMN n INTEGER REFERENCES p (id);"},
       {"trigger", "CREATE TRIGGER n AFTER UPDATE ON t BEGIN SELECT 1; END;"},
       {"no trigger", "DROP TRIGGER tr;"},
       {"another trigger",
        "DROP TRIGGER tr;"
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN "
        "SELECT 1; END;"}});
}

TEST(CompatibilityTest, WhatAsksLessOfRowsBreaksReads) {
  ExpectAll("breaks-reads",
            {{"NULL", "ALTER TABLE t ALTER COLUMN b DROP NOT NULL;"},
             {"no CHECK", "ALTER TABLE t DROP CONSTRAINT ck;"}});
}

TEST(CompatibilityTest, WhatGoesOrIsCalledOtherwiseBreaksBoth) {
  ExpectAll(
      "breaks-reads-and-writes",
      {{"table", "DROP VIEW v; DROP TABLE t;"},
       {"table that comes back",
        "DROP TRIGGER tr; DROP TABLE p; CREATE TABLE p (id INTEGER PRIMARY "
        "KEY, "
        "name TEXT NOT NULL UNIQUE);"},
       {"table by another name", "ALTER TABLE p RENAME TO n;"},
       {"there and back",
        "ALTER TABLE p RENAME TO n; ALTER TABLE n RENAME TO p;"},
       {"column", "ALTER TABLE t DROP COLUMN d;"},
       {"column that comes back",
        "ALTER TABLE t DROP COLUMN d;"
        "ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 2;"},
       {"column by another name", "ALTER TABLE t RENAME COLUMN d TO n;"},
       {"type", "ALTER TABLE t ALTER COLUMN d SET DATA TYPE TEXT;"},
       {"view", "DROP VIEW v;"},
       {"another view", "DROP VIEW v; CREATE VIEW v AS SELECT id FROM t;"},
       {"unique index", "DROP INDEX ux;"},
       {"less in a unique index",
        "DROP INDEX ux; CREATE UNIQUE INDEX ux ON t (b, a);"},
       {"values", "UPDATE t SET a = upper(a);"},
       {"values of a trigger",
        "ALTER TABLE t ADD COLUMN n TEXT;"
        "INSERT INTO t (b, p) VALUES ('x', 1);"},
       {"rows", "DELETE FROM t WHERE a IS NULL;"},
       {"rows in the way",
        "INSERT OR REPLACE INTO p (id, name) VALUES (1, 'x');"},
       {"tighter and looser",
        "ALTER TABLE t ALTER COLUMN a SET NOT NULL;"
        "ALTER TABLE t ALTER COLUMN b DROP NOT NULL;"}});
}

TEST(CompatibilityTest, WhatTheCompilerCannotReadBreaksBoth) {
  const auto raw = [](const std::string& statements) {
    return NameOf("FOR sqlite BEGIN " + statements + " END;");
  };
  EXPECT_EQ(raw("ANALYZE;"), "additive");
  EXPECT_EQ(raw("REINDEX t;"), "additive");
  EXPECT_EQ(raw("CREATE VIRTUAL TABLE n USING fts5 (x);"), "additive");
  EXPECT_EQ(raw("CREATE TABLE n AS SELECT 1 AS x;"), "breaks-reads-and-writes");
  EXPECT_EQ(raw("DELETE FROM f;"), "breaks-reads-and-writes");
  EXPECT_EQ(raw("UPDATE f SET x = '';"), "breaks-reads-and-writes");
  EXPECT_EQ(raw("INSERT INTO f VALUES ('x');"), "additive");
  EXPECT_EQ(raw("CREATE INDEX n ON t (d);"), "additive");
}

TEST(CompatibilityTest, AnUpgradeThatDoesNotApplyIsNotClassified) {
  const auto upgrade = testing::SimulateStatements("DROP TABLE missing;");
  EXPECT_EQ(ClassifyCompatibility(upgrade->simulation), 0U);
}

}  // namespace
}  // namespace palindrome::driver
