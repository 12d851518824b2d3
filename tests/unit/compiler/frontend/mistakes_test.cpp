#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::WithUpgrade;

// Statements that begin on line 3, each with the one error of the file, and a
// good statement behind them.
struct Mistake {
  const char* text;
  const char* error;
};

void ExpectEach(std::initializer_list<Mistake> mistakes) {
  for (const Mistake& each : mistakes) {
    const Parsed parsed(
        WithUpgrade(std::string(each.text) + "\nDROP TABLE good;"));
    EXPECT_EQ(parsed.errors, std::string(each.error) + " [syntax-error]\n")
        << each.text;
    ASSERT_FALSE(parsed.migration.upgrade.items.empty()) << each.text;
    EXPECT_EQ(parsed.migration.upgrade.items.back().statement.kind(),
              ast::StatementKind::kDropTable)
        << each.text;
  }
}

// The one edit of the first fix.
const diagnostics::Fix& FixOf(const Parsed& parsed) {
  static const diagnostics::Fix kNone;
  const auto& diagnostics = parsed.emitter.diagnostics();
  return diagnostics.size() != 1 || diagnostics[0].fixes.empty()
             ? kNone
             : diagnostics[0].fixes[0];
}

TEST(Mistakes, AroundATriggerLeaveItsBodyToIt) {
  const char* const kHeads[] = {
      "CREATE TRIGER r AFTER INSERT ON t BEGIN",
      "CREAT TRIGGER r AFTER INSERT ON t BEGIN",
      "CREATE OR REPLACE TRIGGER r AFTER INSERT ON t BEGIN",
      "CREATE CREATE TRIGGER r AFTER INSERT ON t BEGIN",
      "CREATE TEMPORY TRIGGER r AFTER INSERT ON t BEGIN",
      "CREATE r AFTER INSERT ON t BEGIN",
      "TRIGGER r AFTER INSERT ON t BEGIN",
      "CREATE TRIGGER r AFTER INSERT ON t",
      "CREATE TRIGGER r AFTER UPDATE OF a ON t",
      "CREATE TRIGGER r AFTER INSERT ON t BEGN",
      "CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW WHEN NEW.a > 1",
      "CREATE TRIGGER r AFTER INSERT t BEGIN",
      "CREATE TRIGGER r AFTR INSERT ON t BEGIN",
  };
  for (const char* head : kHeads) {
    const Parsed parsed(WithUpgrade(
        std::string(head) +
        "\nUPDATE t SET a = CASE WHEN a THEN 1 END;\nDELETE FROM t WHERE a = "
        "NEW.a;\nEND;\nDROP TABLE good;"));
    EXPECT_EQ(parsed.emitter.diagnostics().size(), 1U) << head << "\n"
                                                       << parsed.errors;
    EXPECT_EQ(parsed.migration.upgrade.items.size(), 1U) << head;
    ASSERT_TRUE(parsed.migration.downgrade.has_value()) << head;
  }
}

TEST(Mistakes, ABodyWithoutItsLastSemicolonIsToldSo) {
  const char* const kBodies[] = {
      "DELETE FROM t WHERE a = NEW.a END;",
      "DELETE FROM t END;",
      "DELETE FROM t WHERE a = 1 END;",
      "DELETE FROM t; UPDATE t SET a = NEW.b END;",
  };
  for (const char* behind : {"", "DROP TABLE t;", "UPDATE t SET a = 1;",
                             "DROP TABLE t;\nINSERT INTO t VALUES (1);"}) {
    for (const char* body : kBodies) {
      const Parsed parsed(
          WithUpgrade("CREATE TRIGGER r AFTER INSERT ON t BEGIN " +
                      std::string(body) + "\n" + behind));
      EXPECT_NE(parsed.errors.find(
                    "expected `;` behind the last statement of the trigger"),
                std::string::npos)
          << body << behind << parsed.errors;
      EXPECT_EQ(parsed.emitter.diagnostics().size(), 1U) << parsed.errors;
      EXPECT_TRUE(FixOf(parsed).mechanical) << body;
    }
  }
  // END is a name there.
  const Parsed named(
      WithUpgrade("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT a end; "
                  "SELECT 1; END;\nDROP TABLE t;"));
  EXPECT_EQ(named.errors, "");
  EXPECT_EQ(named.migration.upgrade.items.size(), 2U);
}

TEST(Mistakes, OfKeywordsAreToldWhatWasMeant) {
  ExpectEach({
      {"CREATE VIEW v AS SELCT a FROM t;",
       "3:18: expected a SELECT, found `SELCT`; did you mean `SELECT`?"},
      {"INSERT INTO t (a) VALUE (1);",
       "3:19: expected `VALUES`, `SELECT`, `WITH` or `DEFAULT`, found `VALUE`; "
       "did you mean `VALUES`?"},
      {"DELETE FROM t WHER a = 1;", "3:15: expected `WHERE`, found `WHER`"},
      {"UPDATE t ST a = 1;", "3:10: expected `SET`, found `ST`"},
      {"CREATE INDEX i ON t (a) WERE a > 1;",
       "3:25: expected `WHERE`, found `WERE`"},
      {"ALTER TABLE t ADD COLUNM a TEXT;",
       "3:19: expected `COLUMN`, found `COLUNM`; did you mean `COLUMN`?"},
      {"ALTER TABLE t ADD COLUMN a TEXT NOT NUL;",
       "3:37: expected `NULL`, found `NUL`"},
      {"ALTER TABLE t ADD COLUMN a TEXT CHEK (a > 1);",
       "3:33: expected a column constraint, `,` or `)`, found `CHEK`; did you "
       "mean `CHECK`?"},
      {"ALTER TABLE t ADD COLUMN a INT GENERATED ALWAYS AS (b) STOERD;",
       "3:56: expected a column constraint, `,` or `)`, found `STOERD`; did "
       "you mean `STORED`?"},
      {"ALTER TABLE t ADD COLUMN IF NOT EXISTS a TEXT;",
       "3:26: `IF NOT EXISTS` in ADD COLUMN; the history knows whether the "
       "column exists"},
      {"ALTER TABLE t ALTER COLUMN a TYPE TEXT USIGN CAST(a AS TEXT);",
       "3:40: expected a column constraint, `,` or `)`, found `USIGN`; did you "
       "mean `USING`?"},
      {"CREATE TABLE t (a INTEGER PRIMRY KEY);",
       "3:27: expected a column constraint, `,` or `)`, found `PRIMRY`; did "
       "you mean `PRIMARY`?"},
      {"CREATE TABLE t (a INT, FORIEGN KEY (a) REFERENCES u (a));",
       "3:24: expected a column or a table constraint, found `FORIEGN`; did "
       "you mean `FOREIGN`?"},
      {"CREATE TABLE t (a INT, CHEK (a > 1));",
       "3:24: expected a column or a table constraint, found `CHEK`; did you "
       "mean `CHECK`?"},
      {"CREATE TABLE t (a INT, CONSTRIANT ck_a CHECK (a > 1));",
       "3:24: expected a column or a table constraint, found `CONSTRIANT`; did "
       "you mean `CONSTRAINT`?"},
      {"DROP TABLE IF EXIST t;", "3:15: expected `EXISTS`, found `EXIST`"},
      {"CREATE TABLE IF NOT EXIST t (a);",
       "3:21: expected `EXISTS`, found `EXIST`"},
      {"ALLOW x BECUASE 'y';", "3:9: expected `BECAUSE`, found `BECUASE`"},
  });
  for (const char* text :
       {"INSERT INTO t VALUES (1);", "INSERT INTO t AS u (a) SELECT 1;",
        "ALTER TABLE t ADD columns TEXT;",
        "ALTER TABLE t ADD columns UNSIGNED INT;",
        "CREATE TABLE t (checks INT, constraints TEXT CHECK (1), uniq);"}) {
    EXPECT_EQ(Parsed(WithUpgrade(text)).errors, "") << text;
  }
}

TEST(Mistakes, OfCharactersAreOneError) {
  ExpectEach({
      {"# a comment of another database's, 'it's one\nDROP TABLE t;",
       "3:1: `#` begins no comment in SQL; write `--`"},
      {"ALTER TABLE t ADD\xC2\xA0"
       "COLUMN a TEXT;",
       "3:18: a no-break space, which SQL takes for a letter; write a plain "
       "space, or none"},
      {"DROP TABLE t\xE2\x80\x8Bt;",
       "3:13: a zero-width space, which SQL takes for a letter; write a plain "
       "space, or none"},
      {"UPDATE t SET a = \xE2\x80\x98it is\xE2\x80\x99;",
       "3:18: a curly quote, which SQL takes for a letter; strings stand in "
       "`'`"},
  });
  const Parsed parsed(
      WithUpgrade("ALTER TABLE t ADD\xC2\xA0"
                  "COLUMN a\xC2\xA0TEXT;"));
  EXPECT_EQ(parsed.emitter.diagnostics().size(), 2U);
}

TEST(Mistakes, AStringThatIsNotClosedIsReportedWhereItBegins) {
  const Parsed title(
      "MIGRATION 't\n  REVISION 'a1'\n  REVISES NONE;\nUPGRADE BEGIN\n"
      "INSERT INTO t VALUES ('x');\nEND;\nDOWNGRADE AUTO;\n");
  EXPECT_EQ(title.errors,
            "1:11: the string does not end; write its closing `'` "
            "[syntax-error]\n");
  const Parsed body(
      WithUpgrade("INSERT INTO t VALUES ('x);\nINSERT INTO t VALUES ('y');"));
  EXPECT_EQ(body.errors,
            "3:23: the string does not end; write its closing `'` "
            "[syntax-error]\n");
}

TEST(Mistakes, AMissingSemicolonIsReportedThere) {
  ExpectEach({
      {"CREATE VIEW v AS SELECT a FROM t\nCREATE TRIGGER r AFTER INSERT ON t "
       "BEGIN DELETE FROM t; END;",
       "3:33: expected `;` behind the statement"},
      {"UPDATE t SET a = 1\nALTER TABLE t DROP COLUMN b;",
       "3:19: expected `;` behind the statement"},
  });
  const Parsed commit(WithUpgrade("ALTER TABLE t ADD COLUMN a TEXT\nCOMMIT;"));
  EXPECT_EQ(commit.errors,
            "3:32: expected `;` behind the statement [syntax-error]\n"
            "4:1: `COMMIT` in a migration; the runtime commits the transaction "
            "[transaction-control-in-migration]\n");
  // Behind a word alone on its line, which may be none of the statement's.
  const Parsed go(WithUpgrade("ALTER TABLE t ADD COLUMN a TEXT\nGO"));
  EXPECT_FALSE(FixOf(go).mechanical) << go.errors;
  EXPECT_TRUE(
      FixOf(Parsed(WithUpgrade("ALTER TABLE t ADD COLUMN a TEXT"))).mechanical);
}

TEST(Mistakes, OfSectionsAreOneError) {
  const std::string good = WithUpgrade("DROP TABLE t;");
  const Parsed two(good + good);
  EXPECT_EQ(two.errors,
            "6:1: a second migration in the file; give it a file of its own "
            "[syntax-error]\n");
  std::string block = good;
  block.replace(block.find("AUTO;"), 5, "AUTO BEGIN\nDROP TABLE t;\nEND;");
  EXPECT_EQ(Parsed(block).errors,
            "5:16: a block behind `AUTO`, which derives the downgrade; remove "
            "one of the two [syntax-error]\n");
}

}  // namespace
}  // namespace palindrome::parse
