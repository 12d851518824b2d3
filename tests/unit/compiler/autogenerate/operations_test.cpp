#include "compiler/autogenerate/operations.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "tests/support/files.h"
#include "tests/support/simulation.h"

namespace palindrome::autogenerate {
namespace {

using catalog::Catalog;
using palindrome::testing::Messages;
using palindrome::testing::SimulateStatements;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Catalog SchemaOf(const std::string& sql) {
  const auto simulated = SimulateStatements(sql);
  EXPECT_TRUE(simulated->simulation.applies)
      << sql << Messages(simulated->simulation);
  return simulated->simulation.after;
}

// What is printed leads from one to the other.
void ExpectLeads(const Catalog& before, const Catalog& after) {
  const Operations operations = FindOperations(before, after);
  EXPECT_THAT(operations.refusals, IsEmpty());
  const std::string text = PrintOperations(operations.statements);
  const auto simulated = SimulateStatements(text, before);
  EXPECT_TRUE(simulated->simulation.applies)
      << text << Messages(simulated->simulation);
  for (const auto& change : SchemaChanges(after, simulated->simulation.after)) {
    EXPECT_THAT(catalog::DescribeChange(change), IsEmpty()) << text;
    ADD_FAILURE() << change.key.name << " differs";
  }
}

std::string Printed(const std::string& before, const std::string& after) {
  return PrintOperations(
      FindOperations(SchemaOf(before), SchemaOf(after)).statements);
}

std::vector<std::string> Refused(const std::string& before,
                                 const std::string& after) {
  return FindOperations(SchemaOf(before), SchemaOf(after)).refusals;
}

// Each leads to each other.
constexpr const char* kSchemas[] = {
    "",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT NOT NULL);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n VARCHAR(9) DEFAULT 'x');",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, m INT DEFAULT (1 + 1),"
    " o TEXT UNIQUE COLLATE NOCASE);"
    "CREATE INDEX a_m ON a (m DESC) WHERE m > 0;"
    "CREATE UNIQUE INDEX a_n ON a (lower(n));",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, m TEXT);"
    "CREATE INDEX a_m ON a (m);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT,"
    " g TEXT GENERATED ALWAYS AS (n || 'x') VIRTUAL);"
    "CREATE INDEX a_g ON a (g);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT,"
    " h TEXT AS (\"J\" || 'y'), j TEXT AS (k || 'x'), k TEXT);",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, k INT,"
    " CONSTRAINT uq UNIQUE (n, k), CONSTRAINT ck CHECK (k > 0));",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, k INT,"
    " CONSTRAINT uq UNIQUE (n), CONSTRAINT ck CHECK (k > 1));",
    "CREATE TABLE b (id INTEGER PRIMARY KEY);"
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT,"
    " b INT REFERENCES b (id) ON DELETE CASCADE);",
    "CREATE TABLE c (id INTEGER PRIMARY KEY);"
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, c INT,"
    " CONSTRAINT fk FOREIGN KEY (c) REFERENCES c (id));",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);"
    "CREATE VIEW v AS SELECT id, n FROM a;"
    "CREATE VIEW w AS SELECT n FROM v;"
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN"
    " UPDATE a SET n = (SELECT max(n) FROM w) WHERE id = new.id; END;",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);"
    "CREATE VIEW v AS SELECT n, id FROM a;"
    "CREATE VIEW w AS SELECT n FROM v;"
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN"
    " UPDATE a SET n = (SELECT max(n) FROM w) WHERE id = new.id; END;",
    "CREATE TABLE z (id INTEGER PRIMARY KEY, n TEXT);"
    "CREATE VIEW a AS SELECT id, n FROM z;"
    "CREATE VIEW w AS SELECT n FROM a;"
    "CREATE TRIGGER t INSTEAD OF INSERT ON a BEGIN"
    " INSERT INTO z VALUES (new.id, new.n); END;",
    "FOR sqlite BEGIN CREATE VIRTUAL TABLE f USING fts5(body); END;"
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);",
    "CREATE TABLE s (a TEXT PRIMARY KEY, b ANY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE \"order by\" (\"select\" TEXT, \"a \"\"b\" INT);"
    "CREATE INDEX \"in dex\" ON \"order by\" (\"a \"\"b\");",
    // No column of `a` is one of the others'.
    "CREATE TABLE a (key TEXT PRIMARY KEY) STRICT;"
    "CREATE INDEX one ON a (1);"
    "CREATE VIEW v AS SELECT count(*) FROM a;",
    "CREATE TABLE a (word TEXT PRIMARY KEY);"
    "CREATE INDEX one ON a (1);"
    "CREATE VIEW v AS SELECT count(*) FROM a;",
    "CREATE TABLE p (id INTEGER PRIMARY KEY, x TEXT,"
    " CONSTRAINT px UNIQUE (x));"
    "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, x TEXT,"
    " CONSTRAINT fx FOREIGN KEY (x) REFERENCES p (x));",
};

class PairTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(PairTest, LeadsToEachOther) {
  const Catalog before = SchemaOf(kSchemas[GetParam()]);
  for (const char* other : kSchemas) {
    SCOPED_TRACE(std::string("from ") + kSchemas[GetParam()] + "\nto " + other);
    ExpectLeads(before, SchemaOf(other));
  }
}

INSTANTIATE_TEST_SUITE_P(Schemas, PairTest,
                         ::testing::Range<std::size_t>(0, std::size(kSchemas)));

// Every revision of a real history leads to every other.
TEST(OperationsTest, TheExamplesRevisionsLeadToEachOther) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(
           PALINDROME_TEST_ROOT "/migrations")) {
    if (entry.path().extension() == ".sql") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  ASSERT_GT(paths.size(), 5U);
  const auto engine = rehearse::sqlite::MakeEngine({});
  std::vector<Catalog> catalogs = {Catalog()};
  for (const auto& path : paths) {
    const source::File file(path.string(), testing::ReadFile(path));
    diagnostics::Emitter emitter;
    const ast::Migration migration = parse::ParseMigration(file, emitter);
    const auto simulation = catalog::Simulate(migration.upgrade.items, &file,
                                              catalogs.back(), *engine);
    ASSERT_TRUE(simulation.applies) << path;
    catalogs.push_back(simulation.after);
  }
  for (const Catalog& before : catalogs) {
    for (const Catalog& after : catalogs) {
      ExpectLeads(before, after);
    }
  }
}

TEST(OperationsTest, EqualSchemasNeedNone) {
  const std::string sql =
      "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT UNIQUE);";
  EXPECT_EQ(Printed(sql, sql), "");
  // The order of columns is no difference, nor is case.
  EXPECT_EQ(Printed("CREATE TABLE a (x INT, y INT);",
                    "CREATE TABLE A (Y int, X int);"),
            "");
}

TEST(OperationsTest, NothingIsTakenForRenamed) {
  EXPECT_EQ(Printed("CREATE TABLE a (x INT);", "CREATE TABLE b (x INT);"),
            "DROP TABLE a;\nCREATE TABLE b (\n  x INT\n);\n");
  EXPECT_EQ(Printed("CREATE TABLE a (x INT);", "CREATE TABLE a (y INT);"),
            "DROP TABLE a;\nCREATE TABLE a (\n  y INT\n);\n");
  EXPECT_EQ(Printed("CREATE TABLE a (x INT, z INT);",
                    "CREATE TABLE a (y INT, z INT);"),
            "ALTER TABLE a DROP COLUMN x;\nALTER TABLE a ADD COLUMN y INT;\n");
}

TEST(OperationsTest, AKeyMovesWithItsColumn) {
  ExpectLeads(SchemaOf("CREATE TABLE a (x INT PRIMARY KEY, n TEXT);"),
              SchemaOf("CREATE TABLE a (y INT PRIMARY KEY, n TEXT);"));
}

// What uses a column that changes goes before, and comes back.
TEST(OperationsTest, UsersOfAColumnThatChangesAreMadeAnew) {
  const auto schema = [](const std::string& type, const std::string& sum) {
    return "CREATE TABLE p (a " + type + " NOT NULL, b INT, c " + type +
           ", d TEXT, g INT AS (b " + sum +
           " 1), h INT AS (g + 1),"
           " s TEXT AS (a || 'x') STORED,"
           " CONSTRAINT pk PRIMARY KEY (a, b), CONSTRAINT uq UNIQUE (c, d),"
           " CONSTRAINT ck CHECK (c <> d), CONSTRAINT cg CHECK (g > b));"
           "CREATE INDEX ix_c ON p (c);"
           "CREATE INDEX ix_g ON p (g);"
           "CREATE INDEX ix_d ON p (d);"
           "CREATE TABLE q (x " +
           type +
           ", y INT,"
           " CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES p (a, b));"
           "CREATE TABLE r (x INT, y INT,"
           " CONSTRAINT fr FOREIGN KEY (x, y) REFERENCES p);"
           "CREATE VIEW v AS SELECT c FROM p;"
           "CREATE VIEW w AS SELECT * FROM v;"
           "CREATE TRIGGER t AFTER UPDATE OF c ON p BEGIN"
           " DELETE FROM q; END;";
  };
  const std::string before = schema("INTEGER", "+");
  for (const std::string& after :
       {schema("TEXT", "+"), schema("INTEGER", "-"), schema("BLOB", "-")}) {
    ExpectLeads(SchemaOf(before), SchemaOf(after));
    ExpectLeads(SchemaOf(after), SchemaOf(before));
  }
  EXPECT_EQ(
      Printed(before, schema("INTEGER", "-")),
      "DROP INDEX ix_g;\n"
      "ALTER TABLE p DROP CONSTRAINT cg;\n"
      "ALTER TABLE p DROP COLUMN h;\n"
      "ALTER TABLE p DROP COLUMN g;\n"
      "ALTER TABLE p ADD COLUMN g INT GENERATED ALWAYS AS (b - 1) VIRTUAL;\n"
      "ALTER TABLE p ADD COLUMN h INT GENERATED ALWAYS AS (g + 1) VIRTUAL;\n"
      "ALTER TABLE p ADD CONSTRAINT cg CHECK (g > b);\n"
      "CREATE INDEX ix_g ON p (g);\n");
}

TEST(OperationsTest, WhatStandsInTheWayNeedsAName) {
  EXPECT_THAT(
      Refused("CREATE TABLE a (x INT, y INT, UNIQUE (x, y));",
              "CREATE TABLE a (x TEXT, y INT, UNIQUE (x, y));"),
      ElementsAre(HasSubstr("`UNIQUE (x, y)` has no name by which it could be "
                            "dropped, as it has to be while a column of it "
                            "changes")));
}

// It means the same under either name.
TEST(OperationsTest, AConstraintIsRenamed) {
  EXPECT_EQ(Printed("CREATE TABLE a (x INT CONSTRAINT k PRIMARY KEY)"
                    " WITHOUT ROWID;",
                    "CREATE TABLE a (x INT CONSTRAINT l PRIMARY KEY)"
                    " WITHOUT ROWID;"),
            "ALTER TABLE a RENAME CONSTRAINT k TO l;\n");
}

TEST(OperationsTest, IndexesAndTriggersGoWithTheirTable) {
  EXPECT_EQ(Printed("CREATE TABLE a (x INT);"
                    "CREATE INDEX i ON a (x);"
                    "CREATE TRIGGER t AFTER DELETE ON a BEGIN"
                    " DELETE FROM a; END;",
                    ""),
            "DROP TABLE a;\n");
}

// SQLite fires triggers in the order in which they were made.
TEST(OperationsTest, TriggersBehindOneThatIsMadeAnewAreToo) {
  const auto schema = [](const std::string& type, const std::string& second) {
    const auto trigger = [](const std::string& name, const std::string& on,
                            const std::string& text) {
      return "CREATE TRIGGER " + name + " " + on + " BEGIN SELECT " + text +
             "; END;\n";
    };
    return "CREATE TABLE a (x " + type +
           ", y INT);\nCREATE TABLE b (z INT);\n" +
           trigger("first", "AFTER INSERT ON a", "1") +
           trigger("second", "AFTER INSERT ON a", second) +
           trigger("before", "BEFORE INSERT ON a", "3") +
           trigger("third", "AFTER INSERT ON a", "4") +
           trigger("deletes", "AFTER DELETE ON a", "5") +
           trigger("other", "AFTER INSERT ON b", "6") +
           trigger("fourth", "AFTER INSERT ON a", "7");
  };
  const std::string anew =
      "DROP TRIGGER fourth;\nDROP TRIGGER third;\nDROP TRIGGER second;\n";
  const std::string text = Printed(schema("INT", "2"), schema("INT", "8"));
  EXPECT_EQ(text.substr(0, anew.size()), anew);
  EXPECT_THAT(text.substr(anew.size()),
              ::testing::MatchesRegex("CREATE TRIGGER second [^;]*8; END;\n"
                                      "CREATE TRIGGER third [^;]*; END;\n"
                                      "CREATE TRIGGER fourth [^;]*; END;\n"));
  // One that is for the column alone.
  const auto of_column = [](const std::string& type) {
    return "CREATE TABLE a (x " + type +
           ", y INT);\n"
           "CREATE TRIGGER one AFTER INSERT ON a BEGIN SELECT new.x; END;\n"
           "CREATE TRIGGER two AFTER INSERT ON a BEGIN SELECT 1; END;\n";
  };
  EXPECT_THAT(Printed(of_column("INT"), of_column("TEXT")),
              HasSubstr("CREATE TRIGGER two"));
  // What goes for good leaves the order of the others as it is.
  EXPECT_EQ(Printed(of_column("INT"),
                    "CREATE TABLE a (x INT, y INT);\n"
                    "CREATE TRIGGER two AFTER INSERT ON a BEGIN SELECT 1; "
                    "END;\n"),
            "DROP TRIGGER one;\n");
}

TEST(OperationsTest, AViewOfWhatIsMadeAnewIsMadeAnew) {
  EXPECT_EQ(Printed("CREATE TABLE a (x INT); CREATE VIEW v AS SELECT x FROM a;"
                    "CREATE VIEW w AS SELECT x FROM v;",
                    "CREATE TABLE a (x INT); CREATE VIEW v AS SELECT x + 1 AS "
                    "x FROM a; CREATE VIEW w AS SELECT x FROM v;"),
            "DROP VIEW w;\nDROP VIEW v;\n"
            "CREATE VIEW v AS SELECT x + 1 AS x FROM a;\n"
            "CREATE VIEW w AS SELECT x FROM v;\n");
}

TEST(OperationsTest, WhatTheEngineAloneSaysStandsInABlock) {
  EXPECT_THAT(Printed("",
                      "FOR sqlite BEGIN CREATE VIRTUAL TABLE f USING "
                      "fts5(body); END;"),
              HasSubstr("FOR sqlite BEGIN\nCREATE VIRTUAL TABLE f USING "
                        "fts5(body);\nEND;\n"));
}

TEST(OperationsTest, WhatCannotBeSaidIsRefused) {
  const struct {
    const char* before;
    const char* after;
    const char* refusal;
  } cases[] = {
      {"CREATE TABLE a (x INT);", "CREATE TABLE a (x INT) STRICT;",
       "becomes STRICT"},
      {"CREATE TABLE a (x INT PRIMARY KEY) WITHOUT ROWID;",
       "CREATE TABLE a (x INT PRIMARY KEY);", "WITHOUT ROWID no more"},
      {"CREATE TABLE a (x INT, y INT, CONSTRAINT k PRIMARY KEY (x))"
       " WITHOUT ROWID;",
       "CREATE TABLE a (x INT, y INT, CONSTRAINT k PRIMARY KEY (y))"
       " WITHOUT ROWID;",
       "lack a primary key in between"},
      {"CREATE TABLE a (x TEXT);", "CREATE TABLE a (x TEXT COLLATE NOCASE);",
       "another collation"},
      {"CREATE TABLE a (x INT, y INT);",
       "CREATE TABLE a (x INT, y INT AS (x));", "generated otherwise"},
      {"CREATE TABLE a (x INT, CHECK (x > 0));", "CREATE TABLE a (x INT);",
       "no name by which it could be dropped"},
      {"CREATE TABLE a (x INT);", "CREATE TABLE a (x INT UNIQUE);",
       "no name, which `ADD CONSTRAINT` needs"},
      {"CREATE TABLE a (x INT NOT NULL);",
       "CREATE TABLE a (x INT NOT NULL ON CONFLICT IGNORE);",
       "ON CONFLICT clause of its NOT NULL"},
      {"CREATE TABLE a (x INT);",
       "CREATE TABLE a (x INT CONSTRAINT n NOT NULL);", "SET NOT NULL"},
      {"FOR sqlite BEGIN CREATE VIRTUAL TABLE f USING fts5(a); END;",
       "FOR sqlite BEGIN CREATE VIRTUAL TABLE f USING fts5(b); END;",
       "lose its rows"},
  };
  for (const auto& each : cases) {
    EXPECT_THAT(Refused(each.before, each.after),
                ElementsAre(HasSubstr(each.refusal)))
        << each.after;
  }
}

}  // namespace
}  // namespace palindrome::autogenerate
