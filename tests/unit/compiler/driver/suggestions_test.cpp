// Wherever a name is not known, the nearest one is suggested.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"
#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

// What is written, and what it was meant to be.
struct Case {
  std::string wrong;
  std::string meant;
};

void ExpectHint(const Outcome& outcome, const Case& each) {
  EXPECT_NE(outcome.status, kSuccess) << each.wrong;
  EXPECT_NE(outcome.err.find("did you mean `" + each.meant + "`?"),
            std::string::npos)
      << each.wrong << "\n"
      << outcome.err;
}

TEST(SuggestionsTest, OfStatements) {
  const Case kCases[] = {
      {"CRAETE TABLE t (id INTEGER)", "CREATE"},
      {"CREATE TABEL t (id INTEGER)", "TABLE"},
      {"DROP INDXE ix_users_email", "INDEX"},
      {"ALTER TABLE users RENMAE phone TO mobile", "RENAME"},
      {"ALTER TABLE users ALTER COLUMN phone STE NOT NULL", "SET"},
      {"CREATE TABLE t (id INTEGER UNIQUE PRIMRY KEY)", "PRIMARY"},
      {"CREATE TABLE t (id INTEGER DEFALT 1)", "DEFAULT"},
      {"CREATE TABLE t (id INTEGER REFERENCES users ON DELETE CASCAED)",
       "CASCADE"},
      {"CREATE TABLE t (id INTEGER UNIQUE ON CONFLICT IGNROE)", "IGNORE"},
      {"CREATE TABLE t (id INTEGER, CONSTRAINT c UNIQEU (id))", "UNIQUE"},
      {"CREATE TABLE t (id INTEGER) STRCIT", "STRICT"},
      {"CREATE TABLE t (id INTEGR) STRICT", "INTEGER"},
      {"CREATE TRIGGER t AFTRE INSERT ON users BEGIN SELECT 1; END", "AFTER"},
      {"CREATE TRIGGER t AFTER INSRET ON users BEGIN SELECT 1; END", "INSERT"},
      {"CREATE TRIGGER t AFTER INSERT ON users BEGIN SELCET 1; END", "SELECT"},
      {"FOR sqlte BEGIN REINDEX; END", "sqlite"},
      {"ALLOW drop-tabel-unarchived BECAUSE 'x'", "drop-table-unarchived"},
      {"ALLOW hygeine BECAUSE 'x'", "hygiene"},
      {"DROP TABLE usres", "users"},
      {"ALTER TABLE usres DROP COLUMN phone", "users"},
      {"ALTER TABLE users DROP COLUMN phoen", "phone"},
      {"ALTER TABLE users RENAME phoen TO mobile", "phone"},
      {"ALTER TABLE users DROP CONSTRAINT ck_user_email", "ck_users_email"},
      {"CREATE INDEX i ON users (phoen)", "phone"},
      {"CREATE INDEX i ON users (phone COLLATE NOCSAE)", "nocase"},
      {"CREATE TABLE t (id INTEGER, PRIMARY KEY (idd))", "id"},
      {"CREATE TABLE t (u INTEGER REFERENCES usres)", "users"},
      {"CREATE TABLE t (u INTEGER REFERENCES users (idd))", "id"},
      {"DROP INDEX ix_user_email", "ix_users_email"},
      {"DROP VIEW mials", "mails"},
      {"DROP TRIGGER keep_id", "keep_ids"},
      {"CREATE TRIGGER t AFTER INSERT ON usres BEGIN SELECT 1; END", "users"},
      {"CREATE VIEW v AS SELECT emial FROM users", "email"},
      {"CREATE VIEW v AS SELECT email FROM usres", "users"},
      {"CREATE VIEW v AS SELECT uper(email) AS e FROM users", "upper"},
      {"UPDATE usres SET phone = ''", "users"},
      {"UPDATE users SET phoen = ''", "phone"},
  };
  for (const Case& each : kCases) {
    World world = WithSecond(
        "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22';\n"
        "UPGRADE BEGIN\n  " +
        each.wrong + ";\nEND;\nDOWNGRADE AUTO;\n");
    ExpectHint(world.Run({"check"}), each);
  }
}

TEST(SuggestionsTest, OfHeadersAndSections) {
  const std::string kEnd = "UPGRADE BEGIN END;\nDOWNGRADE AUTO;\n";
  const std::string kHead = "MIGRATION 'a' REVISION 'bb22' REVISES 'aa11bb22'";
  const Case kCases[] = {
      {"MIGRATOIN 'a' REVISION 'bb22' REVISES 'aa11bb22';\n" + kEnd,
       "MIGRATION"},
      {"MIGRATION 'a' REVISOIN 'bb22' REVISES 'aa11bb22';\n" + kEnd,
       "REVISION"},
      {"MIGRATION 'a' REVISION 'bb22' REVISES 'aa11bb23';\n" + kEnd,
       "aa11bb22"},
      {kHead + " DEPENDS ON 'aa11bb23';\n" + kEnd, "aa11bb22"},
      {kHead + " SQUASHES 'aa11bb23' TO 'aa11bb22' APPROVED BY 'x';\n" + kEnd,
       "aa11bb22"},
      {kHead + ";\nUPGRAED BEGIN END;\nDOWNGRADE AUTO;\n", "UPGRADE"},
      {kHead + ";\nUPGRADE BEIGN END;\nDOWNGRADE AUTO;\n", "BEGIN"},
      {kHead + ";\nUPGRADE BEGIN END;\nDOWNGRAED AUTO;\n", "DOWNGRADE"},
      {kHead + ";\nUPGRADE BEGIN END;\nDOWNGRADE ATUO;\n", "AUTO"},
      {kHead + ";\nUPGRADE BEGIN EDN;\nDOWNGRADE AUTO;\n", "END"},
  };
  for (const Case& each : kCases) {
    World world = WithSecond(each.wrong);
    ExpectHint(world.Run({"check"}), each);
  }
}

TEST(SuggestionsTest, OfSettings) {
  const Case kCases[] = {
      {"dialect = [\"sqlite\"]", "dialects"},
      {"dialects = [\"sqlte\"]", "sqlite"},
      {"rehearse = \"shcema\"", "schema"},
      {"[rules]\nbad-file-nmae = \"off\"", "bad-file-name"},
      {"[rules]\nhygeine = \"off\"", "hygiene"},
      {"[rules]\nbad-file-name = \"eror\"", "error"},
      {"[rules]\nbad-file-name = \"warn\"", "warning"},
      {"deployment = \"stpo\"", "stop"},
      {"comments = \"require\"", "required"},
      {"[limits]\ncolumn = 3", "columns"},
  };
  for (const Case& each : kCases) {
    World world = WithSecond("");
    world.files()["migrations/palindrome.toml"] = each.wrong + "\n";
    ExpectHint(world.Run({"check"}), each);
  }
}

TEST(SuggestionsTest, OfTheCommandLine) {
  const struct {
    std::vector<std::string> args;
    const char* meant;
  } kCases[] = {
      {{"chekc"}, "check"},
      {{"check", "--sugest"}, "--suggest"},
      {{"check", "--format", "jsno"}, "json"},
      {{"check", "--color", "nevre"}, "never"},
      {{"check", "--rules", "bad-file-nmae=off"}, "bad-file-name"},
      {{"check", "--rules", "hygeine=off"}, "hygiene"},
      {{"check", "--rules", "bad-file-name=warnign"}, "warning"},
      {{"check", "--rehearse", "noen"}, "none"},
      {{"check", "--dialects", "sqlte"}, "sqlite"},
      {{"explain", "bad-file-nmae"}, "bad-file-name"},
      {{"explain", "hygeine"}, "hygiene"},
      {{"explain", "sytnax-error"}, "syntax-error"},
      {{"show", "aa11bb23"}, "aa11bb22"},
      {{"edit", "aa11bb23"}, "aa11bb22"},
      {{"show", "haed"}, "head"},
      {{"show", "bsae"}, "base"},
      {{"plan", "haeds"}, "heads"},
      {{"hist"}, "history"},
      {{"hepl"}, "help"},
      {{"help", "chekc"}, "check"},
      {{"--verison"}, "--version"},
      {{"check", "--warnings"}, "--warnings-as-errors"},
      {{"check", "--rules", "hygiene=warn"}, "warning"},
      {{"check", "--deployment", "roling"}, "rolling"},
      {{"check", "--directory", "migratons"}, "migrations"},
      {{"check", "--directory", "./migration/"}, "./migrations"},
      {{"import", ".", "--from", "flywya"}, "flyway"},
      {{"diff", "aa11bb23", "head"}, "aa11bb22"},
  };
  for (const auto& each : kCases) {
    World world = WithSecond("");
    ExpectHint(world.Run(each.args), {each.args.back(), each.meant});
  }
}

TEST(SuggestionsTest, AMisspeltRuleIsOneMistake) {
  for (const std::string rule :
       {"drop-colum-unarchived", "data-los", "rule-that-is-none"}) {
    World world = WithSecond(
        "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22';\n"
        "UPGRADE BEGIN\n  ALLOW " +
        rule +
        " BECAUSE 'x';\n  ALTER TABLE users DROP COLUMN phone;\nEND;\n"
        "DOWNGRADE BEGIN\n  ALTER TABLE users ADD COLUMN phone TEXT;\nEND;\n");
    const Outcome outcome = world.Run({"check"});
    EXPECT_NE(outcome.err.find("there is no rule or group `" + rule),
              std::string::npos);
    // What it may have been to silence is unknown where nothing is near.
    EXPECT_EQ(outcome.err.find("[drop-column-unarchived]") == std::string::npos,
              rule != "rule-that-is-none")
        << outcome.err;
    EXPECT_EQ(outcome.err.find("unused-suppression"), std::string::npos);
    EXPECT_EQ(outcome.status, kFindings);
  }
}

TEST(SuggestionsTest, AForeignKeyWithoutTargetIsOneMistake) {
  World world = WithSecond(
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD CONSTRAINT users_phone_fk\n"
      "    FOREIGN KEY (phone) REFERENCES users (idd);\nEND;\n"
      "DOWNGRADE AUTO;\n");
  const Outcome outcome = world.Run({"check"});
  EXPECT_NE(outcome.err.find("[fk-target-invalid]"), std::string::npos);
  EXPECT_EQ(outcome.err.find("[engine-error]"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.status, kFindings);
}

}  // namespace
}  // namespace palindrome::driver::mend
