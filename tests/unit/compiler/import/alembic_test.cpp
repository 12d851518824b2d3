#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

constexpr char kUpgrade[] = R"(BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> a1, create account, and more

CREATE TABLE account (
    id INTEGER NOT NULL
);

-- Rows.
INSERT INTO account VALUES (1);;

INSERT INTO alembic_version (version_num) VALUES ('a1') RETURNING alembic_version.version_num;

-- Running upgrade a1 -> b2

CREATE TRIGGER t AFTER INSERT ON account BEGIN
  DELETE FROM account;
END;

UPDATE alembic_version SET version_num='b2' WHERE alembic_version.version_num = 'a1';

-- Running upgrade a1 -> c3

INSERT INTO alembic_version (version_num) VALUES ('c3');

-- Running upgrade b2, c3 -> d4, merge

DELETE FROM main."alembic_version" WHERE version_num = 'c3';

COMMIT;

)";

constexpr char kDowngrade[] = R"(-- Running downgrade d4 -> b2, c3

SELECT 'alembic_version; ';

-- Running downgrade b2 -> a1

BEGIN TRANSACTION;
DROP TRIGGER t;

UPDATE alembic_version SET version_num='a1';

-- Running downgrade a1 -> 

DROP TABLE account;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1';

DROP TABLE IF EXISTS alembic_version;
)";

TEST(AlembicTest, ReadsTheSectionsOfBothFiles) {
  const ForeignHistory history =
      ReadAs("alembic", {{"1.sql", kDowngrade}, {"2.sql", kUpgrade}});
  EXPECT_EQ(Names(history), (Texts{"a1", "b2", "c3", "d4"}));
  EXPECT_EQ(Titles(history),
            (Texts{"create account, and more", "b2", "c3", "merge"}));
  EXPECT_EQ(Ups(history),
            (Texts{R"(CREATE TABLE account (
    id INTEGER NOT NULL
);

-- Rows.
INSERT INTO account VALUES (1);
)",
                   R"(CREATE TRIGGER t AFTER INSERT ON account BEGIN
  DELETE FROM account;
END;
)",
                   "", ""}));
  EXPECT_EQ(Downs(history), (Texts{"DROP TABLE account;\n", "DROP TRIGGER t;\n",
                                   "none", "SELECT 'alembic_version; ';\n"}));
  EXPECT_EQ(Failures(history), (Texts(4, "")));
  EXPECT_EQ(Dates(history), (Texts(4, "")));
  EXPECT_EQ(history[0].source, "2.sql");
}

TEST(AlembicTest, TakesTitlesAndDatesOfRevisions) {
  const ForeignHistory history = ReadAs(
      "alembic",
      {{"up.sql",
        "-- Running upgrade  -> a1\r\nSELECT 1;\r\n"
        "-- Running upgrade a1 -> b2\r\n-- Running upgrade b2 -> c3\r\n"},
       {"versions/a1_x.py",
        "\"\"\"Create account\r\n\r\nRevision ID: a1\r\n"
        "Create Date: 2025-01-15 14:30:22.089406\r\n\r\n\"\"\"\r\n"
        "revision = 'a1'\r\ndown_revision = None\r\n"},
       {"versions/b2_y.py", "\"\"\"Add notes\"\"\"\nrevision: str = \"b2\"\n"},
       {"env.py", "\"\"\"Nothing\"\"\"\n"}});
  EXPECT_EQ(Titles(history), (Texts{"Create account", "Add notes", "c3"}));
  EXPECT_EQ(Dates(history), (Texts{"2025-01-15 14:30:22", "", ""}));
  EXPECT_EQ(Ups(history), (Texts{"SELECT 1;\n", "", ""}));
}

TEST(AlembicTest, SaysWhatItCannotRead) {
  const ForeignHistory history =
      ReadAs("alembic", {{"a.sql",
                          "-- Running upgrade  -> a1\n"
                          "-- Running upgrade  -> a1\n"
                          "-- Running downgrade z9 -> \nSELECT 1;"},
                         {"b.sql", ""},
                         {"README.md", "-- Running upgrade  -> b2\n"}});
  EXPECT_EQ(Names(history), (Texts{"a1", "a1", "z9"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "version `a1` is already that of `a.sql`",
                   "it takes version `z9` back, which no file applies"}));
}

TEST(AlembicTest, SurvivesBrokenSql) {
  const ForeignHistory history =
      ReadAs("alembic", {{"a.sql",
                          "-- Running upgrade  -> a1\nINSERT INTO\n"
                          "-- Running upgrade a1 -> b2\nSELECT 'x\n"
                          "-- Running upgrade b2 -> c3\nDROP TABLE main.\n"
                          "-- Running upgrade c3 -> d4\n/* \n"}});
  EXPECT_EQ(Ups(history), (Texts{"INSERT INTO\n", "SELECT 'x\n",
                                 "DROP TABLE main.\n", "/*\n"}));
}

}  // namespace
}  // namespace palindrome::importer
