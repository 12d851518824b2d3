#include "compiler/format/format.h"

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "tests/support/format_properties.h"

namespace palindrome::format {
namespace {

constexpr char kHeader[] =
    "MIGRATION 'create t'\n"
    "  REVISION 'a1'\n"
    "  REVISES  NONE;\n";

std::string FormatText(const std::string& text) {
  EXPECT_EQ(testing::FindFormatFault(text), "");
  const source::File file("m.sql", text);
  diagnostics::Emitter emitter;
  return Format(parse::ParseMigration(file, emitter))
      .value_or("not formatted: " + (emitter.diagnostics().empty()
                                         ? ""
                                         : emitter.diagnostics()[0].message));
}

// The upgrade of a migration with that body, as it is formatted.
std::string FormatBody(const std::string& body) {
  const std::string before = std::string(kHeader) + "\nUPGRADE BEGIN\n";
  const std::string after = "END;\n\nDOWNGRADE AUTO;\n";
  const std::string text = FormatText(before + body + after);
  if (text.size() < before.size() + after.size()) {
    return text;
  }
  EXPECT_EQ(text.substr(0, before.size()), before);
  EXPECT_EQ(text.substr(text.size() - after.size()), after);
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

TEST(FormatTest, HeaderClausesStandBelowEachOther) {
  EXPECT_EQ(
      FormatText("--  Why.  \n\n\n-- More.\n"
                 "migration 'merge' revision 'c3' revises 'a1','b2' -- both\n"
                 "created '2025-01-01 00:00:00' branch 'x' , 'y'\n"
                 "/* needed */ depends on 'd4' allow missing-revision-id "
                 "because 'no' draft ;upgrade begin end;downgrade auto;"),
      "--  Why.\n\n-- More.\n"
      "migration 'merge'\n"
      "  revision 'c3'\n"
      "  revises  'a1', 'b2'  -- both\n"
      "  created  '2025-01-01 00:00:00'\n"
      "  branch   'x', 'y'\n"
      "  /* needed */ depends on 'd4'\n"
      "  allow missing-revision-id because 'no'\n"
      "  draft;\n\n"
      "upgrade begin\nend;\n\ndowngrade auto;\n");
}

TEST(FormatTest, SquashesAreAsSquashWritesThem) {
  const std::string text =
      "MIGRATION 'm'\n  REVISION 'c3'\n  REVISES  NONE\n"
      "  SQUASHES 'a1' TO 'b2'\n    APPROVED BY 'Ada';\n\n"
      "UPGRADE BEGIN\n  DROP TABLE t;\nEND;\n\nDOWNGRADE AUTO;\n";
  EXPECT_EQ(FormatText(text), text);
}

TEST(FormatTest, ColumnsStandOnLinesOfTheirOwn) {
  EXPECT_EQ(FormatBody("create table t(id integer primary key,long_name "
                       "VARCHAR (20)not null,\n\n\n x,primary key(id,x),"
                       "check(id>0 and x in(1,2)))strict , without rowid;"),
            "  create table t (\n"
            "    id        integer primary key,\n"
            "    long_name VARCHAR (20) not null,\n\n"
            "    x,\n"
            "    primary key (id, x),\n"
            "    check (id>0 and x in(1,2))\n"
            "  ) strict, without rowid;\n");
}

TEST(FormatTest, AShortTableMayStayOnItsLine) {
  EXPECT_EQ(FormatBody("CREATE TABLE t( id  INTEGER PRIMARY KEY,name TEXT );"),
            "  CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);\n");
  EXPECT_EQ(FormatBody("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT "
                       "NULL DEFAULT 'somebody else');"),
            "  CREATE TABLE t (\n"
            "    id   INTEGER PRIMARY KEY,\n"
            "    name TEXT NOT NULL DEFAULT 'somebody else'\n"
            "  );\n");
  EXPECT_EQ(FormatBody("CREATE TABLE t (id INTEGER PRIMARY KEY,\nname TEXT);"),
            "  CREATE TABLE t (\n"
            "    id   INTEGER PRIMARY KEY,\n"
            "    name TEXT\n"
            "  );\n");
}

TEST(FormatTest, CommentsStayWithTheirColumns) {
  EXPECT_EQ(FormatBody("CREATE TABLE t ( -- all of them\n"
                       "  a INTEGER -- the key\n"
                       "  , b /* how */ TEXT -- its name\n"
                       "  -- said by the user\n"
                       "  , /* c? */ c TEXT /* yes */, d TEXT\n"
                       "    REFERENCES u(x)\n"
                       "      -- gone with it\n"
                       "      ON DELETE CASCADE\n"
                       "  -- no more\n"
                       ");"),
            "  CREATE TABLE t (     -- all of them\n"
            "    a INTEGER,         -- the key\n"
            "    b /* how */ TEXT,  -- its name\n"
            "    -- said by the user\n"
            "    /* c? */ c TEXT /* yes */,\n"
            "    d TEXT\n"
            "      REFERENCES u (x)\n"
            "        -- gone with it\n"
            "        ON DELETE CASCADE\n"
            "    -- no more\n"
            "  );\n");
}

TEST(FormatTest, DataStatementsKeepTheirLines) {
  EXPECT_EQ(FormatBody("        UPDATE t\n"
                       "           SET a = 1,\t-- one\n"
                       "               b  =  'x\n  y'\n\n\n"
                       "         WHERE c IN (1,2);\n"
                       "INSERT   INTO t VALUES( 1,  2 );\n"),
            "  UPDATE t\n"
            "     SET a = 1,  -- one\n"
            "         b  =  'x\n  y'\n\n"
            "   WHERE c IN (1,2);\n"
            "  INSERT INTO t VALUES( 1, 2 );\n");
}

TEST(FormatTest, WhatHangsOutIsBroughtIn) {
  EXPECT_EQ(FormatBody("CREATE TABLE t (a); CREATE VIEW v AS\n"
                       "SELECT a\n  FROM t;\n"),
            "  CREATE TABLE t (a);\n"
            "  CREATE VIEW v AS\n"
            "  SELECT a\n"
            "    FROM t;\n");
}

TEST(FormatTest, ACommentMayBeginTheLineOfAStatement) {
  EXPECT_EQ(FormatBody("/* a */ CREATE VIEW names_of_members AS SELECT name "
                       "FROM members WHERE name > '';\n"),
            "  /* a */ CREATE VIEW names_of_members AS\n"
            "    SELECT name FROM members WHERE name > '';\n");
}

TEST(FormatTest, LongStatementsAreBroken) {
  EXPECT_EQ(FormatBody("ALTER TABLE tasks ADD CONSTRAINT ck_tasks_priority "
                       "CHECK(priority BETWEEN 1 AND 3);\n"
                       "CREATE UNIQUE INDEX ux_members_of_the_board ON "
                       "members(board_id,user_id)WHERE(left_at)IS NULL;\n"
                       "CREATE VIEW names_of_members AS SELECT name FROM "
                       "members WHERE name IS NOT NULL;\n"),
            "  ALTER TABLE tasks\n"
            "    ADD CONSTRAINT ck_tasks_priority CHECK (priority BETWEEN 1 "
            "AND 3);\n"
            "  CREATE UNIQUE INDEX ux_members_of_the_board\n"
            "    ON members (board_id, user_id) WHERE(left_at)IS NULL;\n"
            "  CREATE VIEW names_of_members AS\n"
            "    SELECT name FROM members WHERE name IS NOT NULL;\n");
}

TEST(FormatTest, TriggersHaveALineForEachStatement) {
  EXPECT_EQ(FormatBody("CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET "
                       "a = CASE a WHEN 1 THEN 2 END; DELETE FROM u; END;"),
            "  CREATE TRIGGER g AFTER INSERT ON t BEGIN\n"
            "    UPDATE t SET a = CASE a WHEN 1 THEN 2 END;\n"
            "    DELETE FROM u;\n"
            "  END;\n");
}

TEST(FormatTest, ItemsAndWhatStandsBeforeThem) {
  EXPECT_EQ(
      FormatBody("\n\n-- Gone.\nALLOW drop-column-unarchived\n  BECAUSE 'x';\n"
                 "PRESERVE\nALTER TABLE t DROP COLUMN a;;\n\n\n\n"
                 "  -- Native.\n"
                 "for sqlite begin REINDEX; -- again\n/* and */ ANALYZE t;\n\n"
                 "-- done\nend;"
                 "ALLOW drop-column-unarchived BECAUSE 'nobody has looked at "
                 "it for a very long time';\nDROP TABLE t -- old\n;\n\n"),
      "  -- Gone.\n"
      "  ALLOW drop-column-unarchived BECAUSE 'x';\n"
      "  PRESERVE\n"
      "  ALTER TABLE t DROP COLUMN a;\n"
      "  ;\n\n"
      "  -- Native.\n"
      "  for sqlite begin\n"
      "    REINDEX;  -- again\n"
      "    /* and */ ANALYZE t;\n\n"
      "    -- done\n"
      "  end;\n"
      "  ALLOW drop-column-unarchived\n"
      "    BECAUSE 'nobody has looked at it for a very long time';\n"
      "  DROP TABLE t  -- old\n"
      "  ;\n");
}

TEST(FormatTest, LineEndsAreThoseOfTheFile) {
  EXPECT_EQ(FormatText("MIGRATION 'm' -- c\r\nREVISION 'a'\r\nREVISES NONE;\r\n"
                       "UPGRADE BEGIN\r\nDROP TABLE t;\r\nEND;\r\n"
                       "DOWNGRADE AUTO; -- end"),
            "MIGRATION 'm'  -- c\r\n  REVISION 'a'\r\n  REVISES  NONE;\r\n\r\n"
            "UPGRADE BEGIN\r\n  DROP TABLE t;\r\nEND;\r\n\r\n"
            "DOWNGRADE AUTO;  -- end\r\n");
  const std::string mixed = FormatText(
      "\r\n/* a\n b */MIGRATION 'm' REVISION 'a' REVISES NONE;\n"
      "UPGRADE BEGIN DROP TABLE t; END; DOWNGRADE AUTO;");
  EXPECT_EQ(mixed.substr(0, 30), "/* a\n b */ MIGRATION 'm'\r\n  RE");
}

TEST(FormatTest, WhatHasErrorsIsLeftAlone) {
  for (const char* text :
       {"", "MIGRATION", "SELECT 1;",
        "MIGRATION 'm' REVISION 'a' REVISES NONE;",
        "MIGRATION 'm' REVISION 'a' REVISES NONE; UPGRADE BEGIN CREATE TABLE; "
        "END; DOWNGRADE AUTO;"}) {
    const source::File file("m.sql", text);
    diagnostics::Emitter emitter;
    const auto migration = parse::ParseMigration(file, emitter);
    if (emitter.HasErrors()) {
      EXPECT_EQ(Format(migration), std::nullopt) << text;
    }
    EXPECT_EQ(testing::FindFormatFault(text), "");
  }
}

}  // namespace
}  // namespace palindrome::format
