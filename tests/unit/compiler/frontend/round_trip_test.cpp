#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"
#include "tests/support/parse_properties.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::ParsedStatement;
using frontend_test::WithUpgrade;

struct Case {
  const char* written;
  const char* printed;  // Null: as written.
};

constexpr Case kCases[] = {
    {"purge Archive of 'a1'", "PURGE ARCHIVE OF 'a1'"},
    {"create table T (a)", "CREATE TABLE T (\n  a\n)"},
    {"CREATE TABLE IF NOT EXISTS main.\"my t\" (`select` int, [x y] text)",
     "CREATE TABLE IF NOT EXISTS \"my t\" (\n  \"select\" int,\n"
     "  \"x y\" text\n)"},
    {"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n VARCHAR ( 20 ) "
     "DEFAULT 'x' NOT NULL ON CONFLICT IGNORE UNIQUE COLLATE nocase)",
     "CREATE TABLE t (\n  id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
     "  n VARCHAR ( 20 ) NOT NULL ON CONFLICT IGNORE DEFAULT 'x' "
     "COLLATE nocase UNIQUE\n)"},
    {"CREATE TABLE t (a INT CONSTRAINT nn NOT NULL CONSTRAINT u UNIQUE ON "
     "CONFLICT REPLACE CONSTRAINT c CHECK (a>0) CONSTRAINT f REFERENCES "
     "p(x) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL NOT DEFERRABLE "
     "INITIALLY IMMEDIATE)",
     "CREATE TABLE t (\n  a INT CONSTRAINT nn NOT NULL CONSTRAINT u UNIQUE ON "
     "CONFLICT REPLACE CONSTRAINT c CHECK (a>0) CONSTRAINT f REFERENCES "
     "p (x) ON DELETE SET NULL ON UPDATE CASCADE MATCH \"FULL\" NOT "
     "DEFERRABLE INITIALLY IMMEDIATE\n)"},
    {"CREATE TABLE t (a INT NULL, b DOUBLE PRECISION DEFAULT -1.5e3, c "
     "NUMERIC(10,-2) DEFAULT (a + 1), d DEFAULT CURRENT_TIMESTAMP, e DEFAULT "
     "x'00', f DEFAULT NULL, g DEFAULT TRUE, h DEFAULT + 5)",
     "CREATE TABLE t (\n  a INT,\n  b DOUBLE PRECISION DEFAULT -1.5e3,\n"
     "  c NUMERIC(10,-2) DEFAULT (a + 1),\n  d DEFAULT CURRENT_TIMESTAMP,\n"
     "  e DEFAULT x'00',\n  f DEFAULT NULL,\n  g DEFAULT TRUE,\n"
     "  h DEFAULT + 5\n)"},
    {"CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a*2) STORED, c AS "
     "(a) VIRTUAL, d TEXT AS (lower(a)))",
     "CREATE TABLE t (\n  a INT,\n  b INT GENERATED ALWAYS AS (a*2) STORED,\n"
     "  c GENERATED ALWAYS AS (a) VIRTUAL,\n"
     "  d TEXT GENERATED ALWAYS AS (lower(a)) VIRTUAL\n)"},
    {"CREATE TABLE t (a, b, PRIMARY KEY (a DESC, b COLLATE nocase) ON "
     "CONFLICT FAIL CONSTRAINT u UNIQUE (b) CHECK (a <> b), FOREIGN KEY (a, "
     "b) REFERENCES p (x, y) ON DELETE RESTRICT DEFERRABLE INITIALLY "
     "DEFERRED) STRICT, WITHOUT ROWID",
     "CREATE TABLE t (\n  a,\n  b,\n  PRIMARY KEY (a DESC, b COLLATE nocase) "
     "ON CONFLICT FAIL,\n  CONSTRAINT u UNIQUE (b),\n  CHECK (a <> b),\n"
     "  FOREIGN KEY (a, b) REFERENCES p (x, y) ON DELETE RESTRICT DEFERRABLE "
     "INITIALLY DEFERRED\n) STRICT, WITHOUT ROWID"},
    {"CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT)) STRICT",
     "CREATE TABLE t (\n  a INTEGER,\n  PRIMARY KEY (a AUTOINCREMENT)\n) "
     "STRICT"},
    {"CREATE TABLE t (a INTEGER PRIMARY KEY DESC ON CONFLICT ABORT) WITHOUT "
     "ROWID",
     "CREATE TABLE t (\n  a INTEGER PRIMARY KEY DESC ON CONFLICT ABORT\n) "
     "WITHOUT ROWID"},
    {"CREATE TEMPORARY TABLE IF NOT EXISTS t (a)",
     "CREATE TEMP TABLE IF NOT EXISTS t (\n  a\n)"},
    {"CREATE VIEW temp.v AS SELECT 1", "CREATE TEMP VIEW v AS SELECT 1"},
    {"CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
     "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END"},
    // The catalog refuses it, so here it is printed as it was.
    {"CREATE TABLE t (a INT UNIQUE, A TEXT PRIMARY KEY)",
     "CREATE TABLE t (\n  a INT UNIQUE,\n  A TEXT PRIMARY KEY\n)"},
    {"CREATE TABLE 'q' (\"a\"\"b\" \"my type\"(1))",
     "CREATE TABLE q (\n  \"a\"\"b\" \"my type\"(1)\n)"},
    {"CREATE TABLE t (a REFERENCES p ON DELETE NO ACTION ON UPDATE SET "
     "DEFAULT)",
     "CREATE TABLE t (\n  a REFERENCES p ON DELETE NO ACTION ON UPDATE SET "
     "DEFAULT\n)"},
    // What only a name can be needs no quotes.
    {"CREATE TABLE current_time (true, false current_date, PRIMARY KEY (true), "
     "CHECK (\"true\" > false))",
     "CREATE TABLE \"current_time\" (\n  \"true\",\n  \"false\" current_date,\n"
     "  PRIMARY KEY (\"true\"),\n  CHECK (\"true\" > false)\n)"},
    // Names of no constraint.
    {"CREATE TABLE t (a CONSTRAINT c, b CONSTRAINT d CONSTRAINT e UNIQUE, "
     "CONSTRAINT f, CHECK (a) CONSTRAINT g CONSTRAINT h)",
     "CREATE TABLE t (\n  a,\n  b CONSTRAINT e UNIQUE,\n  CHECK (a)\n)"},
    {"ALTER TABLE t ADD COLUMN b INT CONSTRAINT c",
     "ALTER TABLE t ADD COLUMN b INT"},
    // DEFERRABLE is about the last key, the last time; else about nothing.
    {"CREATE TABLE t (a NOT NULL DEFERRABLE INITIALLY DEFERRED, b REFERENCES p "
     "UNIQUE DEFERRABLE, c NOT DEFERRABLE INITIALLY IMMEDIATE)",
     "CREATE TABLE t (\n  a NOT NULL,\n  b REFERENCES p NOT DEFERRABLE "
     "INITIALLY IMMEDIATE UNIQUE,\n  c\n)"},
    {"CREATE TABLE t (a REFERENCES p ON INSERT SET NULL ON DELETE CASCADE)",
     "CREATE TABLE t (\n  a REFERENCES p ON DELETE CASCADE\n)"},
    {"CREATE TABLE t (a DEFAULT -'1', b DEFAULT + NULL, c DEFAULT -x'00', d "
     "DEFAULT - CURRENT_TIME)",
     "CREATE TABLE t (\n  a DEFAULT -'1',\n  b DEFAULT + NULL,\n"
     "  c DEFAULT -x'00',\n  d DEFAULT - CURRENT_TIME\n)"},
    {"CREATE TABLE t (a, UNIQUE (a COLLATE rtrim COLLATE nocase))",
     "CREATE TABLE t (\n  a,\n  UNIQUE (a COLLATE nocase)\n)"},
    {"CREATE TABLE t (a INT), STRICT", "CREATE TABLE t (\n  a INT\n) STRICT"},
    {"DROP TABLE t", nullptr},
    {"DROP TABLE IF EXISTS main.t", "DROP TABLE IF EXISTS t"},
    {"ALTER TABLE t RENAME TO u", nullptr},
    {"ALTER TABLE main.t ADD b INT DEFAULT 0 REFERENCES p CHECK (b > 0)",
     "ALTER TABLE t ADD COLUMN b INT DEFAULT 0 REFERENCES p CHECK (b > 0)"},
    {"ALTER TABLE t DROP b", "ALTER TABLE t DROP COLUMN b"},
    {"ALTER TABLE t RENAME a TO b", "ALTER TABLE t RENAME COLUMN a TO b"},
    {"ALTER TABLE t RENAME CONSTRAINT a TO b", nullptr},
    {"ALTER TABLE t ALTER a SET DATA TYPE VARCHAR(10) USING trim(a)",
     "ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(10) USING trim(a)"},
    {"ALTER TABLE t ALTER COLUMN a TYPE BIG INT", nullptr},
    {"ALTER TABLE t ALTER a DROP TYPE",
     "ALTER TABLE t ALTER COLUMN a DROP TYPE"},
    {"ALTER TABLE t ALTER COLUMN a SET NOT NULL", nullptr},
    {"ALTER TABLE t ALTER COLUMN a DROP NOT NULL", nullptr},
    {"ALTER TABLE t ALTER COLUMN a SET DEFAULT -1", nullptr},
    {"ALTER TABLE t ALTER COLUMN a SET DEFAULT (1 + 1)", nullptr},
    {"ALTER TABLE t ALTER COLUMN a DROP DEFAULT", nullptr},
    {"ALTER TABLE t ADD CONSTRAINT c PRIMARY KEY (a, b)", nullptr},
    {"ALTER TABLE t ADD CONSTRAINT c UNIQUE (a COLLATE nocase)", nullptr},
    {"ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (1, 2))", nullptr},
    {"ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES p (b) ON "
     "DELETE CASCADE",
     nullptr},
    {"ALTER TABLE t DROP CONSTRAINT c", nullptr},
    {"CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (a DESC, lower(b), \"c\" "
     "COLLATE nocase ASC) WHERE a IS NOT NULL",
     "CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a DESC, lower(b), c COLLATE "
     "nocase) WHERE a IS NOT NULL"},
    {"CREATE INDEX i ON t (a || b COLLATE nocase, (a + 1) COLLATE rtrim "
     "DESC, (c))",
     "CREATE INDEX i ON t (a || b COLLATE nocase, (a + 1) COLLATE rtrim DESC, "
     "c)"},
    {"DROP INDEX IF EXISTS i", nullptr},
    {"CREATE VIEW v (a, \"b c\") AS WITH x AS (SELECT 1) SELECT * FROM x",
     nullptr},
    {"CREATE VIEW IF NOT EXISTS v AS SELECT a,\n   b FROM t",
     "CREATE VIEW IF NOT EXISTS v AS SELECT a, b FROM t"},
    {"CREATE VIEW v AS SELECT a end", nullptr},
    {"DROP VIEW v", nullptr},
    {"CREATE TRIGGER IF NOT EXISTS r INSTEAD OF DELETE ON v BEGIN SELECT 1; "
     "END",
     nullptr},
    {"CREATE TRIGGER r UPDATE OF a, b ON t FOR EACH ROW WHEN new.a > 1 BEGIN "
     "INSERT INTO u VALUES (1); DELETE FROM u; END",
     "CREATE TRIGGER r BEFORE UPDATE OF a, b ON t FOR EACH ROW WHEN new.a > 1 "
     "BEGIN INSERT INTO u VALUES (1); DELETE FROM u; END"},
    // Neither its name nor a column begins its body, nor the table a section.
    {"CREATE TRIGGER begin BEFORE INSERT ON upgrade WHEN new.a IN (SELECT "
     "begin FROM t) AND CASE begin WHEN 1 THEN begin ELSE begin IS NULL END "
     "BEGIN SELECT 1; END",
     "CREATE TRIGGER \"begin\" BEFORE INSERT ON upgrade WHEN new.a IN (SELECT "
     "begin FROM t) AND CASE begin WHEN 1 THEN begin ELSE begin IS NULL END "
     "BEGIN SELECT 1; END"},
    {"CREATE TRIGGER r AFTER DELETE ON upgrade BEGIN SELECT 1; END", nullptr},
    {"CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT a FROM (t) end WHERE "
     "end.a = 1; END",
     nullptr},
    {"CREATE TRIGGER r AFTER DELETE ON trigger BEGIN SELECT 1; END",
     "CREATE TRIGGER r AFTER DELETE ON \"trigger\" BEGIN SELECT 1; END"},
    {"CREATE TRIGGER r AFTER UPDATE OF begin ON of BEGIN SELECT 1; END",
     "CREATE TRIGGER r AFTER UPDATE OF \"begin\" ON \"of\" BEGIN SELECT 1; "
     "END"},
    {"CREATE TRIGGER r AFTER DELETE ON t WHEN old.downgrade BEGIN SELECT 1; "
     "END",
     nullptr},
    {"DROP TRIGGER r", nullptr},
    {"INSERT OR IGNORE INTO main.t (a) SELECT 1 WHERE 1", nullptr},
    {"REPLACE INTO t VALUES (1)", nullptr},
    {"WITH x(a) AS (SELECT 1) INSERT INTO t SELECT a FROM x", nullptr},
    {"UPDATE OR FAIL t AS u INDEXED BY i SET a = 1, (b, c) = (1, 2) WHERE "
     "a=2",
     nullptr},
    {"DELETE FROM t WHERE a = '--x'", nullptr},
    {"DELETE FROM t", nullptr},
    {"ANALYZE t", nullptr},
    {"CREATE VIRTUAL TABLE f USING fts5(a, b)", nullptr},
    {"CREATE TABLE c AS SELECT * FROM t", nullptr},
};

TEST(RoundTrip, EveryStatementPrintsAndParsesAgain) {
  for (const Case& each : kCases) {
    const ParsedStatement first(each.written);
    EXPECT_EQ(first.errors, "") << each.written;
    ASSERT_TRUE(first.statement.has_value()) << each.written;
    const std::string printed = ast::Print(*first.statement);
    EXPECT_EQ(printed, each.printed == nullptr ? each.written : each.printed);
    const ParsedStatement second(printed);
    EXPECT_EQ(second.errors, "") << printed;
    ASSERT_TRUE(second.statement.has_value()) << printed;
    EXPECT_EQ(second.statement->kind(), first.statement->kind());
    EXPECT_EQ(ast::Print(*second.statement), printed);
  }
}

TEST(RoundTrip, TheListHasEveryKindOfStatement) {
  std::vector<bool> seen(
      static_cast<std::size_t>(ast::StatementKind::kOpaque) + 1, false);
  for (const Case& each : kCases) {
    const ParsedStatement parsed(each.written);
    ASSERT_TRUE(parsed.statement.has_value()) << each.written;
    seen[static_cast<std::size_t>(parsed.statement->kind())] = true;
  }
  // Only AUTO makes these.
  for (const ast::StatementKind kind :
       {ast::StatementKind::kRestore, ast::StatementKind::kDropArchive,
        ast::StatementKind::kCreateArchive}) {
    seen[static_cast<std::size_t>(kind)] = true;
  }
  for (std::size_t kind = 0; kind < seen.size(); ++kind) {
    EXPECT_TRUE(seen[kind])
        << ast::StatementKindName(static_cast<ast::StatementKind>(kind));
  }
}

// Definitions are equal, not only their text.
TEST(RoundTrip, KeepsDefinitions) {
  for (const Case& each : kCases) {
    const ParsedStatement parsed(each.written);
    EXPECT_EQ(testing::FindRoundTripFault(*parsed.statement), "")
        << each.written;
  }
}

// In a migration the same statements end at their `;`.
TEST(RoundTrip, AlsoInsideAFile) {
  std::string body = "FOR sqlite BEGIN\n";
  for (const Case& each : kCases) {
    body += std::string(each.written) + ";\n";
  }
  const Parsed parsed(WithUpgrade(body + "END;"));
  EXPECT_EQ(parsed.errors, "");
  EXPECT_EQ(parsed.migration.upgrade.items.size(), std::size(kCases));
}

}  // namespace
}  // namespace palindrome::parse
