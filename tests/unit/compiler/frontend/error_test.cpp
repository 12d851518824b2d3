#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::WithUpgrade;

struct Case {
  const char* body;  // On line 3.
  const char* errors;
};

void Check(const Case& each) {
  const Parsed parsed(WithUpgrade(each.body));
  EXPECT_EQ(parsed.errors, each.errors) << each.body;
  EXPECT_TRUE(parsed.migration.header_ok);
  EXPECT_FALSE(parsed.migration.body_ok) << each.body;
  ASSERT_TRUE(parsed.migration.downgrade.has_value()) << each.body;
}

TEST(Errors, OfTables) {
  const Case kCases[] = {
      {"CREATE TABLE (a);",
       "3:14: expected a table name, found `(` [syntax-error]\n"},
      {"CREATE TABLE table (a);",
       "3:14: expected a table name, found the keyword `table`; a name spelt "
       "so needs double quotes [syntax-error]\n"},
      {"CREATE TABLE \"\" (a);",
       "3:14: a table name is empty [syntax-error]\n"},
      {"CREATE TABLE t;", "3:15: expected `(`, found `;` [syntax-error]\n"},
      {"CREATE TABLE t (a INT;",
       "3:22: expected `,` or `)`, found `;` [syntax-error]\n"},
      {"CREATE TABLE t (a INT,);",
       "3:23: expected a column name, found `)` [syntax-error]\n"},
      {"CREATE TABLE t (a INT));",
       "3:23: expected `;` behind the statement, found `)` [syntax-error]\n"},
      {"CREATE TABLE t (a INT(x));",
       "3:23: expected a number, found `x` [syntax-error]\n"},
      {"CREATE TABLE t (a DEFAULT now());",
       "3:27: the default calls `now`; an expression stands in parentheses: "
       "`DEFAULT (…)` [syntax-error]\n"},
      {"CREATE TABLE t (a DEFAULT 1 DEFAULT 2);",
       "3:29: column `a` has two defaults [invalid-definition]\n"},
      {"CREATE TABLE t (a CHECK ());",
       "3:26: expected an expression, found `)` [syntax-error]\n"},
      {"CREATE TABLE t (a CHECK (a > (1);",
       "3:33: expected `)` to close the parenthesis, found `;` "
       "[syntax-error]\n  3:25: it was opened here\n"},
      {"CREATE TABLE t (a REFERENCES p ON DELETE CASCAD);",
       "3:42: expected `CASCADE`, `RESTRICT`, `SET` or `NO`, found `CASCAD`; "
       "did you mean `CASCADE`? [syntax-error]\n"},
      {"CREATE TABLE t (a, UNIQUE (a + 1));",
       "3:28: expected a column name in a unique constraint, found an "
       "expression [syntax-error]\n"},
      {"CREATE TABLE t (a, UNIQUE (a), b);",
       "3:32: expected a table constraint, found `b` [syntax-error]\n"},
      {"CREATE TABLE t (a) STRCT;",
       "3:20: expected `STRICT` or `WITHOUT`, found `STRCT`; did you mean "
       "`STRICT`? [syntax-error]\n"},
      {"CREATE TABLE other.t (a);",
       "3:14: `other` is no schema of a migration; only `main` and `temp` "
       "can be named [syntax-error]\n"},
      {"CREATE TEMP INDEX i ON t (a);",
       "3:13: expected `TABLE`, `VIEW` or `TRIGGER`, found `INDEX` "
       "[syntax-error]\n"},
      {"CREATE TABLE t AS SELECT 1;",
       "3:1: `CREATE TABLE … AS` is no statement of the language; write it "
       "inside `FOR sqlite BEGIN … END` [syntax-error]\n"},
      {"CREATE TABEL t (a);",
       "3:8: expected `TABLE`, `INDEX`, `VIEW` or `TRIGGER`, found `TABEL`; "
       "did you mean `TABLE`? [syntax-error]\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

TEST(Errors, OfAlterTable) {
  const Case kCases[] = {
      {"ALTER TABLE t ADD UNIQUE (a);",
       "3:19: the constraint has no name; write `ADD CONSTRAINT name UNIQUE "
       "…`, so that it can be dropped [syntax-error]\n"},
      {"ALTER TABLE IF EXISTS t DROP a;",
       "3:13: `IF EXISTS` in ALTER TABLE; the history knows whether the table "
       "exists [syntax-error]\n"},
      {"ALTER TABLE t RENMAE TO u;",
       "3:15: expected `RENAME`, `ADD`, `DROP` or `ALTER`, found `RENMAE`; "
       "did you mean `RENAME`? [syntax-error]\n"},
      {"ALTER TABLE t RENAME a;",
       "3:23: expected `TO`, found `;` [syntax-error]\n"},
      {"ALTER TABLE t ALTER COLUMN a TYPE;",
       "3:34: expected a type, found `;` [syntax-error]\n"},
      {"ALTER TABLE t ALTER COLUMN a SET NOT;",
       "3:37: expected `NULL`, found `;` [syntax-error]\n"},
      {"ALTER TABLE t ADD CONSTRAINT c EXCLUDE (a);",
       "3:32: expected `PRIMARY`, `UNIQUE`, `CHECK` or `FOREIGN`, found "
       "`EXCLUDE` [syntax-error]\n"},
      {"ALTER INDEX i RENAME TO j;",
       "3:7: SQLite changes no index that is there; drop it and create it "
       "again [syntax-error]\n"},
      {"ALTER TABLE t DROP COLUMN a CASCADE;",
       "3:29: `CASCADE` is no part of a DROP in SQLite; drop what uses it "
       "before, each by a statement of its own [syntax-error]\n"},
      {"ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT;",
       "3:33: a second change in one ALTER TABLE; write `;` and `ALTER TABLE "
       "t` before it [syntax-error]\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

TEST(Errors, OfOtherDefinitions) {
  const Case kCases[] = {
      {"CREATE INDEX i ON t a;",
       "3:21: expected `(`, found `a` "
       "[syntax-error]\n"},
      {"CREATE INDEX i ON t ();",
       "3:22: expected a column name or an expression, found `)` "
       "[syntax-error]\n"},
      {"CREATE INDEX i ON t (a) WHERE;",
       "3:30: expected an expression, found `;` [syntax-error]\n"},
      {"CREATE VIEW v AS DELETE FROM t;",
       "3:18: expected a SELECT, found `DELETE` [syntax-error]\n"},
      {"CREATE VIEW v AS SELECT (1;",
       "3:27: expected `)` to close the parenthesis, found `;` "
       "[syntax-error]\n  3:25: it was opened here\n"},
      {"CREATE VIEW v AS SELECT 1);",
       "3:26: `)` closes no parenthesis [syntax-error]\n"},
      {"CREATE TRIGGER r AFTER INSRT ON t BEGIN SELECT 1; END;",
       "3:24: expected `INSERT`, `UPDATE` or `DELETE`, found `INSRT`; did you "
       "mean `INSERT`? [syntax-error]\n"},
      {"CREATE TRIGGER r INSTEAD OB DELETE ON v BEGIN SELECT 1; END;",
       "3:26: expected `OF`, found `OB` [syntax-error]\n"},
      {"CREATE TRIGGER r AFTER BEFORE DELETE ON t BEGIN SELECT 1; END;",
       "3:24: expected `INSERT`, `UPDATE` or `DELETE`, found `BEFORE` "
       "[syntax-error]\n"},
      {"CREATE TRIGGER r AFTRE DELETE ON t BEGIN SELECT 1; END;",
       "3:18: expected `BEFORE`, `AFTER` or `INSTEAD`, found `AFTRE`; did you "
       "mean `AFTER`? [syntax-error]\n"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN END;",
       "3:36: the trigger does nothing; write a statement between `BEGIN` and "
       "`END` [syntax-error]\n"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u WHERE a = 1 "
       "END;",
       "3:67: expected `;` behind the last statement of the trigger "
       "[syntax-error]\n"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN DROP TABLE u; END;",
       "3:42: `DROP` in a trigger; it may INSERT, UPDATE, DELETE and SELECT "
       "[syntax-error]\n"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDTE u SET a = 1; END;",
       "3:42: `UPDTE` in a trigger; it may INSERT, UPDATE, DELETE and SELECT; "
       "did you mean `UPDATE`? [syntax-error]\n"},
      {"DROP SEQUENCE s;",
       "3:6: expected `TABLE`, `INDEX`, `VIEW` or `TRIGGER`, found `SEQUENCE` "
       "[syntax-error]\n"},
      {"DROP TABLE;",
       "3:11: expected a table name, found `;` "
       "[syntax-error]\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

TEST(Errors, OfDataStatements) {
  const Case kCases[] = {
      {"INSERT t VALUES (1);",
       "3:8: expected `INTO`, found `t` [syntax-error]\n"},
      {"INSERT INTO t;",
       "3:14: expected `VALUES` or a SELECT, found `;` [syntax-error]\n"},
      {"UPDATE t WHERE a = 1;",
       "3:10: expected `SET`, found `WHERE` [syntax-error]\n"},
      {"DELETE t;", "3:8: expected `FROM`, found `t` [syntax-error]\n"},
      {"INSERT OR IGNOR INTO t VALUES (1);",
       "3:11: expected `ROLLBACK`, `ABORT`, `FAIL`, `IGNORE` or `REPLACE`, "
       "found `IGNOR`; did you mean `IGNORE`? [syntax-error]\n"},
      {"WITH a AS (SELECT 1) SELECT * FROM a;",
       "3:22: `SELECT` on its own in a migration; nobody reads its result "
       "[forbidden-statement]\n"},
      {"INSERT INTO t VALUES ((1);",
       "3:26: expected `)` to close the parenthesis, found `;` "
       "[syntax-error]\n  3:22: it was opened here\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

TEST(Errors, OfWhatSomebodyElseDoes) {
  const Case kCases[] = {
      {"BEGIN;",
       "3:1: `BEGIN` in a migration; the runtime begins the "
       "transaction [transaction-control-in-migration]\n"},
      {"BEGIN IMMEDIATE;",
       "3:1: `BEGIN` in a migration; the runtime begins the transaction "
       "[transaction-control-in-migration]\n"},
      {"COMMIT;",
       "3:1: `COMMIT` in a migration; the runtime commits the "
       "transaction [transaction-control-in-migration]\n"},
      {"END TRANSACTION;",
       "3:1: `END` of a transaction in a migration; the runtime commits the "
       "transaction [transaction-control-in-migration]\n"},
      {"BEGIN; END;",
       "3:1: `BEGIN` in a migration; the runtime begins the transaction "
       "[transaction-control-in-migration]\n"
       "3:8: `END` of a transaction in a migration; the runtime commits the "
       "transaction [transaction-control-in-migration]\n"},
      {"ROLLBACK;",
       "3:1: `ROLLBACK` in a migration; the runtime rolls back when a "
       "statement fails [transaction-control-in-migration]\n"},
      {"SAVEPOINT s;",
       "3:1: `SAVEPOINT` in a migration; the transaction is the runtime's, "
       "and a migration is applied as a whole "
       "[transaction-control-in-migration]\n"},
      {"PRAGMA foreign_keys = OFF;",
       "3:1: `PRAGMA foreign_keys` in a migration; the runtime sets it around "
       "the transaction [transaction-control-in-migration]\n"},
      {"FOR sqlite BEGIN PRAGMA main.journal_mode = WAL; END;",
       "3:18: `PRAGMA journal_mode` in a migration; the runtime sets it "
       "around the transaction [transaction-control-in-migration]\n"},
      {"PRAGMA writable_schema = ON;",
       "3:1: `PRAGMA writable_schema` in a migration; it is a setting of the "
       "connection or the file, which the program makes itself "
       "[session-state-leak]\n"},
      {"SELECT 1;",
       "3:1: `SELECT` on its own in a migration; nobody reads "
       "its result [forbidden-statement]\n"},
      {"VALUES (1);",
       "3:1: `VALUES` on its own in a migration; nobody reads "
       "its result [forbidden-statement]\n"},
      {"EXPLAIN SELECT 1;",
       "3:1: `EXPLAIN` in a migration; nobody reads its "
       "result [forbidden-statement]\n"},
      {"ATTACH 'x' AS y;",
       "3:1: `ATTACH` in a migration; a migration is cut off from other files "
       "[session-state-leak]\n"},
      {"FOR sqlite BEGIN VACUUM; END;",
       "3:18: `VACUUM` in a migration; it cannot run inside the transaction, "
       "so the program runs it itself [forbidden-statement]\n"},
      {"FOR postgresql BEGIN COMMIT; END;",
       "3:22: `COMMIT` in a migration; the runtime commits the transaction "
       "[transaction-control-in-migration]\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

TEST(Errors, OfUnknownStatements) {
  const Case kCases[] = {
      {"CRAETE TABLE t (a);",
       "3:1: `CRAETE` begins no statement; did you mean `CREATE`? "
       "[syntax-error]\n"},
      {"FOR sqlite BEGIN DORP TABLE t; END;",
       "3:18: `DORP` begins no statement; did you mean `DROP`? "
       "[syntax-error]\n"},
      {"ANALYZE;",
       "3:1: `ANALYZE` is no statement of the language; write it inside `FOR "
       "sqlite BEGIN … END` [syntax-error]\n"},
      {"CREATE VIRTUAL TABLE f USING fts5(a);",
       "3:1: `CREATE VIRTUAL TABLE` is no statement of the language; write it "
       "inside `FOR sqlite BEGIN … END` [syntax-error]\n"},
      {"GRANT ALL ON t TO u;",
       "3:1: `GRANT` is no statement of SQLite, which knows no users; remove "
       "it "
       "[syntax-error]\n"},
      {"CHECKPOINT ALL;",
       "3:1: `CHECKPOINT` is no statement of the language; write it inside "
       "`FOR sqlite BEGIN … END` [syntax-error]\n"},
      {"123;", "3:1: expected a statement, found `123` [syntax-error]\n"},
      {"PRESERVE;", "3:9: expected a statement, found `;` [syntax-error]\n"},
      {"PRESERVE PRESERVE DROP TABLE t;",
       "3:10: `PRESERVE` begins no statement [syntax-error]\n"},
      {"PURGE ARCHIVE OF x;",
       "3:18: expected a revision id as a string, found `x` "
       "[syntax-error]\n"},
      {"PURGE ARCHIVES OF 'x';",
       "3:7: expected `ARCHIVE OF`, found `ARCHIVES` [syntax-error]\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

TEST(Errors, OfBlocks) {
  const Case kCases[] = {
      {"FOR sqlit BEGIN ANALYZE; END;",
       "3:5: there is no dialect `sqlit`; there are `sqlite` and "
       "`postgresql`; did you mean `sqlite`? [unknown-dialect]\n"},
      {"FOR BEGIN DROP TABLE t; END;",
       "3:5: expected a dialect, found `BEGIN` [syntax-error]\n"},
      {"FOR sqlite ANALYZE; END;",
       "3:12: expected `BEGIN`, found `ANALYZE` [syntax-error]\n"},
      {"FOR sqlite BEGIN FOR sqlite BEGIN ANALYZE; END; END;",
       "3:18: `FOR` inside `FOR`; these blocks do not nest [syntax-error]\n"},
      {"FOR sqlite BEGIN ANALYZE; END\nDROP TABLE t;",
       "3:30: expected `;` behind `END` [syntax-error]\n"},
      {"FOR sqlite BEGIN ANALYZE END;",
       "3:25: expected `;` behind the statement [syntax-error]\n"},
      {"BEGIN DROP TABLE t; END;",
       "3:1: `BEGIN` inside a block; blocks do not nest [syntax-error]\n"},
      {"ALLOW BECAUSE 'x';\nDROP TABLE t;",
       "3:7: expected a rule, found `BECAUSE` [syntax-error]\n"},
      {"ALLOW x 'y';\nDROP TABLE t;",
       "3:9: expected `BECAUSE`, found `'y'` [syntax-error]\n"},
      {"ALLOW x BECAUSE y;\nDROP TABLE t;",
       "3:17: expected the reason as a string, found `y` [syntax-error]\n"},
      {"ALLOW x BECAUSE 'y'\nDROP TABLE t;",
       "3:20: expected `;` behind `ALLOW` [syntax-error]\n"},
      {"DROP TABLE a\nDROP TABLE b;",
       "3:13: expected `;` behind the statement [syntax-error]\n"},
      {"DROP TABLE a",
       "3:13: expected `;` behind the statement "
       "[syntax-error]\n"},
  };
  for (const Case& each : kCases) {
    Check(each);
  }
}

std::string Errors(const std::string& sections) {
  return Parsed(frontend_test::kHeader + sections).errors;
}

TEST(Errors, OfSections) {
  EXPECT_EQ(Errors(""),
            "2:1: expected `UPGRADE`, found the end of the file "
            "[syntax-error]\n");
  EXPECT_EQ(Errors("DOWNGRADE AUTO;"),
            "2:1: expected `UPGRADE`, found `DOWNGRADE` [syntax-error]\n");
  EXPECT_EQ(Errors("CREATE TABLE t (a);\nDROP TABLE t;"),
            "2:1: expected `UPGRADE`, found `CREATE` [syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE AUTO;"),
            "2:9: `AUTO` behind `UPGRADE`; only a downgrade can be derived "
            "[syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN END\nDOWNGRADE AUTO;"),
            "2:18: expected `;` behind `END` [syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN END; DOWNGRADE AUTO"),
            "2:34: expected `;` behind `AUTO` [syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN END; DOWNGRADE AUTO; DROP TABLE t;"),
            "2:36: expected the end of the file, found `DROP` "
            "[syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN END; DWNGRADE AUTO;"),
            "2:20: expected `DOWNGRADE`, found `DWNGRADE`; did you mean "
            "`DOWNGRADE`? [syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN END;\nUPGRADE BEGIN END;\nDOWNGRADE AUTO;"),
            "3:1: a second `UPGRADE` [syntax-error]\n"
            "  2:1: the first is here\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN\nDROP TABLE t;\nDOWNGRADE AUTO;"),
            "4:1: expected `END` of the block, found `DOWNGRADE` "
            "[syntax-error]\n  2:9: the block begins here\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN DROP TABLE t;"),
            "2:28: expected `END` of the block, found the end of the file "
            "[syntax-error]\n  2:9: the block begins here\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN FOR sqlite BEGIN ANALYZE;\nEND;"
                   "\nDOWNGRADE AUTO;"),
            "4:1: expected `END` of the block, found `DOWNGRADE` "
            "[syntax-error]\n  2:9: the block begins here\n");
  EXPECT_EQ(Errors("UPGRADE DROP TABLE t; END; DOWNGRADE AUTO;"),
            "2:9: expected `BEGIN`, found `DROP` [syntax-error]\n");
  EXPECT_EQ(Errors("UPGRADE BEGIN CREATE TRIGGER r AFTER INSERT ON t BEGIN\n"
                   "SELECT 1;\nDOWNGRADE AUTO;"),
            "4:1: expected `END` of the trigger, found `DOWNGRADE` "
            "[syntax-error]\n  2:50: its body begins here\n");
}

}  // namespace
}  // namespace palindrome::parse
