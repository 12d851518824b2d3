// Foreign keys: old violations do not block a rebuild, new ones do; keys that
// point to the table go on doing so.
#include <algorithm>

#include <gtest/gtest.h>

#include "palindrome/migration.h"
#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::test {
namespace {

using Rows = std::vector<std::string>;

bool HasFlag(const lower::Program& program, std::uint32_t flag) {
  return std::any_of(
      program.statements.begin(), program.statements.end(),
      [flag](const auto& statement) { return (statement.flags & flag) != 0; });
}

constexpr char kParentAndChild[] =
    "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT);"
    "CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER, b TEXT);";

TEST(RebuildKeys, ANewForeignKeyRefusesRowsWithoutParent) {
  const Lowered lowered = LowerChange(
      kParentAndChild,
      "ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p (id)"
      " ON DELETE CASCADE;");
  EXPECT_TRUE(HasFlag(lowered.program, table::kCheckForeignKeys));
  const auto database = Given(lowered,
                              "INSERT INTO p VALUES (1, 'x');"
                              "INSERT INTO c VALUES (1, 1, 'y'), (2, 9, 'z')");
  EXPECT_EQ(database->Apply(lowered.program), "foreign key violation");
  ExpectSchema(*database, lowered.given.after);
  database->Execute("DELETE FROM c WHERE pid = 9");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
  database->Execute("DELETE FROM p");
  EXPECT_EQ(database->Query("SELECT count(*) FROM c"), Rows{"0"});
}

TEST(RebuildKeys, OldViolationsDoNotBlock) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT);"
      "CREATE TABLE c (id INTEGER PRIMARY KEY, pid REFERENCES p (id), b TEXT);",
      "ALTER TABLE p ALTER COLUMN a SET NOT NULL;"
      "ALTER TABLE c ALTER COLUMN b SET NOT NULL;");
  const auto database = Given(lowered,
                              "PRAGMA foreign_keys = OFF;"
                              "INSERT INTO c VALUES (1, 99, 'b');"
                              "PRAGMA foreign_keys = ON;");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT * FROM c"), Rows{"1|99|b"});
}

TEST(RebuildKeys, DroppingAReferencedTableIsChecked) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE p (id INTEGER PRIMARY KEY);"
      "CREATE TABLE c (pid REFERENCES p (id) ON DELETE CASCADE);"
      "CREATE TABLE lone (a);",
      "DROP TABLE lone; DROP TABLE p;", lower::sqlite::kDefaultMinimum,
      /*allow_findings=*/true);
  ASSERT_EQ(lowered.program.statements.size(), 2U);
  EXPECT_EQ(lowered.program.statements[0].flags, 0U);
  EXPECT_EQ(lowered.program.statements[1].flags, table::kCheckForeignKeys);
  const auto database =
      Given(lowered, "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);");
  EXPECT_EQ(database->Apply(lowered.program), "foreign key violation");
  EXPECT_EQ(database->Query("SELECT * FROM c"), Rows{"1"});
  EXPECT_EQ(database->Query("SELECT * FROM p"), Rows{"1"});
}

TEST(RebuildKeys, DataStatementsAreChecked) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE p (id INTEGER PRIMARY KEY);"
      "CREATE TABLE c (pid REFERENCES p (id));",
      "INSERT INTO c VALUES (5); UPDATE c SET pid = NULL; DELETE FROM c;");
  for (const lower::Statement& statement : lowered.program.statements) {
    EXPECT_EQ(statement.flags,
              table::kCheckForeignKeys | table::kDataStatement);
  }
}

TEST(RebuildKeys, AParentMayBeReferencedByItsUniqueKey) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE);"
      "CREATE UNIQUE INDEX p_a ON p (a);"
      "CREATE TABLE c (x REFERENCES p (a) ON DELETE CASCADE,"
      " y REFERENCES p (b) ON DELETE CASCADE);",
      "ALTER TABLE p ALTER COLUMN b SET NOT NULL;");
  const auto database = Given(lowered,
                              "INSERT INTO p VALUES (1, 'x', 'y');"
                              "INSERT INTO c VALUES ('x', 'y');");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT * FROM c"), Rows{"x|y"});
  ExpectSchema(*database, lowered.change.after);
}

TEST(RebuildKeys, EveryKindOfConstraintComesAndGoes) {
  const std::string adds[] = {
      "PRIMARY KEY (a)", "UNIQUE (a, b COLLATE NOCASE)", "CHECK (a <> b)",
      "FOREIGN KEY (a) REFERENCES p (x) ON UPDATE SET NULL"};
  for (const std::string& constraint : adds) {
    SCOPED_TRACE(constraint);
    const std::string base =
        "CREATE TABLE p (x TEXT PRIMARY KEY);"
        "CREATE TABLE t (a TEXT, b TEXT);";
    const Lowered added =
        LowerChange(base, "ALTER TABLE t ADD CONSTRAINT k " + constraint + ";");
    auto database = Given(
        added, "INSERT INTO p VALUES ('1'); INSERT INTO t VALUES ('1', 'q')");
    EXPECT_EQ(database->Apply(added.program), "");
    ExpectSchema(*database, added.change.after);
    const Lowered dropped =
        LowerChange(base + "ALTER TABLE t ADD CONSTRAINT k " + constraint + ";",
                    "ALTER TABLE t DROP CONSTRAINT k;");
    EXPECT_EQ(database->Apply(dropped.program), "");
    ExpectSchema(*database, added.given.after);
    EXPECT_EQ(database->Query("SELECT rowid, * FROM t"), Rows{"1|1|q"});
  }
}

}  // namespace
}  // namespace palindrome::test
