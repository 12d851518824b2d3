// A `;` that is missing between two items: one error where the first ends, and
// one edit that mends it.
#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::WithUpgrade;

// `body` has a `^` where the `;` is missing.
void ExpectOneMissing(std::string body) {
  const std::size_t at = body.find('^');
  ASSERT_NE(at, std::string::npos) << body;
  body.erase(at, 1);
  const Parsed broken(WithUpgrade(body));
  const auto& found = broken.emitter.diagnostics();
  ASSERT_EQ(found.size(), 1U) << body << "\n" << broken.errors;
  ASSERT_EQ(found[0].fixes.size(), 1U) << body << "\n" << broken.errors;
  const diagnostics::Fix& fix = found[0].fixes[0];
  EXPECT_TRUE(fix.mechanical) << body;
  EXPECT_EQ(fix.edits[0].text, ";") << body;
  const std::string text = WithUpgrade(body);
  EXPECT_EQ(fix.edits[0].location.range.begin, text.find(body) + at) << body;
  const Parsed mended(std::string(text).insert(
      fix.edits[0].location.range.begin, fix.edits[0].text));
  EXPECT_EQ(mended.errors, "") << body;
  EXPECT_EQ(mended.migration.upgrade.items.size(),
            broken.migration.upgrade.items.size())
      << body;
}

TEST(MissingSemicolon, IsFoundBeforeEachBeginningOfAnItem) {
  const char* const kNext[] = {
      "PRESERVE UPDATE t SET a = 1;",
      "PRESERVE ALTER TABLE t DROP COLUMN a;",
      "PRESERVE\n  DELETE FROM t;",
      "ALLOW drop-table-unarchived BECAUSE 'x'; DROP TABLE t;",
      "ALLOW nonsense BECAUSE 'x'; DROP TABLE t;",
      "INSERT INTO t (a) VALUES (1);",
      "insert or ignore into t (a) values (1);",
      "UPDATE t SET a = 1;",
      "UPDATE \"t\" SET a = 1;",
      "UPDATE main.t SET a = 1;",
      "UPDATE OR IGNORE t AS u SET a = 1;",
      "DELETE FROM t;",
      "REPLACE INTO t (a) VALUES (1);",
      "WITH x AS (SELECT 1 AS a)\nINSERT INTO t SELECT a FROM x;",
      "WITH RECURSIVE x (a) AS (SELECT 1), y AS (SELECT 2)\nDELETE FROM t;",
      "FOR sqlite BEGIN ANALYZE; END;",
      "PURGE ARCHIVE OF 'a1';",
  };
  const char* const kBefore[] = {
      "CREATE TABLE k (id INTEGER PRIMARY KEY)",
      "CREATE TABLE k (id INTEGER PRIMARY KEY) STRICT",
      "ALTER TABLE t ADD COLUMN c TEXT",
      "ALTER TABLE t ADD COLUMN c TEXT REFERENCES k (id) ON DELETE CASCADE",
      "DROP VIEW v",
      "CREATE VIEW v AS SELECT a FROM t",
      "UPDATE t SET b = 2 WHERE id = 1",
      "INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING",
      "WITH z AS (SELECT 1)\nUPDATE t SET b = 2",
      "PRESERVE DELETE FROM t WHERE a = 1",
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN\n  DELETE FROM t;\nEND",
      "ALLOW drop-table-unarchived BECAUSE 'x'",
  };
  for (const char* before : kBefore) {
    for (const char* next : kNext) {
      ExpectOneMissing(std::string(before) + "^\n" + next);
      ExpectOneMissing(std::string(before) + "^ -- why\n\n\t" + next);
    }
  }
}

TEST(MissingSemicolon, BehindATriggerIsFoundEverywhere) {
  const std::string trigger =
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN\n  DELETE FROM t;\nEND";
  for (const char* next :
       {"CREATE INDEX i ON t (a);", "DROP VIEW v;",
        "CREATE TRIGGER s AFTER DELETE ON t BEGIN SELECT 1; END;", ""}) {
    ExpectOneMissing(trigger + "^\n" + next);
  }
}

TEST(MissingSemicolon, IsFoundWithinATrigger) {
  const std::string head = "CREATE TRIGGER r AFTER INSERT ON t BEGIN\n";
  for (const char* next :
       {"INSERT INTO l VALUES (1);", "DELETE FROM l;", "UPDATE l SET a = 1;"}) {
    const std::string body =
        head + "  UPDATE t SET a = (SELECT 1)\n  " + next + "\nEND;";
    const Parsed parsed(WithUpgrade(body));
    EXPECT_EQ(parsed.errors,
              "4:30: expected `;` behind the statement [syntax-error]\n");
  }
}

// Other mistakes beside it do not hide it.
TEST(MissingSemicolon, IsFoundBesideOthers) {
  const std::string trigger =
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN\n  DELETE FROM t\nEND";
  for (const char* next :
       {"", "\nALTER TABLE t DROP COLUMN a;", "\nUPDATE t SET a = 1;"}) {
    const Parsed parsed(WithUpgrade(trigger + next));
    EXPECT_EQ(parsed.errors,
              "4:16: expected `;` behind the last statement of the trigger "
              "[syntax-error]\n")
        << next;
  }
  EXPECT_EQ(Parsed(WithUpgrade("ALTER TABLE t DROP COLUMN a\nCREAT INDEX i ON "
                               "t (b);"))
                .errors,
            "3:28: expected `;` behind the statement [syntax-error]\n"
            "4:1: `CREAT` begins no statement; did you mean `CREATE`? "
            "[syntax-error]\n");
  EXPECT_EQ(Parsed(WithUpgrade("FOR sqlite BEGIN\n  ANALYZE\nEND")).errors,
            "4:10: expected `;` behind the statement [syntax-error]\n"
            "5:4: expected `;` behind `END` [syntax-error]\n");
  EXPECT_EQ(Parsed("MIGRATION 't'\nREVISON 'b'\nREVISE 'a'\nUPGRAD BEGIN\nDROP "
                   "TABLE t;\nEND;\nDOWNGRADE AUTO;\n")
                .errors,
            "2:1: expected a header clause or `;`, found `REVISON`; did you "
            "mean `REVISION`? [syntax-error]\n"
            "3:1: expected a header clause or `;`, found `REVISE`; did you "
            "mean `REVISES`? [syntax-error]\n"
            "3:11: expected `;` behind the header [syntax-error]\n"
            "4:1: expected `UPGRADE`, found `UPGRAD`; did you mean `UPGRADE`? "
            "[syntax-error]\n");
}

// What looks like the beginning of an item, and is part of another.
TEST(MissingSemicolon, IsNotFoundWithinAStatement) {
  const char* const kWhole[] = {
      "INSERT INTO t (a)\nWITH x AS (SELECT 1 AS a)\nSELECT a FROM x;",
      "CREATE VIEW v AS\nWITH x AS (SELECT 1 AS a)\nSELECT a FROM x;",
      "WITH x AS (SELECT 1 AS a)\nINSERT INTO t SELECT a FROM x;",
      "PRESERVE\nWITH x AS (SELECT 1 AS a)\nUPDATE t SET a = 1;",
      "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO\nUPDATE SET a = 2;",
      "INSERT OR\nREPLACE INTO t (a) VALUES (1);",
      "CREATE TABLE k (a INTEGER REFERENCES t (a) ON\nUPDATE CASCADE ON\n"
      "DELETE SET NULL);",
      "CREATE TRIGGER r AFTER\nINSERT ON t\nFOR EACH ROW\nBEGIN\nUPDATE t SET "
      "a = 1;\nINSERT INTO t VALUES (1);\nDELETE FROM t;\nEND;",
      "CREATE TRIGGER r AFTER\nUPDATE OF a ON t BEGIN\nDELETE FROM t;\nEND;",
      "CREATE TRIGGER r\nUPDATE ON t BEGIN\nDELETE FROM t;\nEND;",
      "CREATE VIEW v AS SELECT\nallow\n, preserve\nFROM t;",
      "UPDATE t SET a =\nreplace\n(a, 'x', 'y');",
      "CREATE TABLE k (\ncreated UNIQUE,\nalte TEXT);",
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN\nUPDATE t SET a = CASE b\n"
      "WHEN 1 THEN CASE WHEN 2 THEN 3\nEND\nEND;\nEND;",
  };
  for (const char* whole : kWhole) {
    const Parsed parsed(WithUpgrade(whole));
    EXPECT_EQ(parsed.errors, "") << whole;
    EXPECT_EQ(parsed.migration.upgrade.items.size(), 1U) << whole;
  }
}

}  // namespace
}  // namespace palindrome::parse
