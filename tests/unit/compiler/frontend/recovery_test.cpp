#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::WithUpgrade;

TEST(Recovery, ReportsEveryErrorOfAFileOnce) {
  const Parsed parsed(
      "MIGRATION 't' REVISION 'Bad' REVISES NONE;\n"
      "UPGRADE BEGIN\n"
      "  CRAETE TABLE a (x);\n"
      "  CREATE TABLE b (x INT, y);\n"
      "  CREATE TRIGGER r AFTER INSRT ON b BEGIN UPDATE b SET x = CASE 1 WHEN "
      "1 THEN 2 END; DELETE FROM b; END;\n"
      "  ALTER TABLE b ADD COLUMN;\n"
      "  UPDATE b SET x = 'it' WHERE #;\n"
      "  DROP TABLE c;\n"
      "END;\n"
      "DOWNGRADE BEGIN\n"
      "  DROP TABLE a\n"
      "  DROP TABLE b;\n"
      "END;\n");
  EXPECT_EQ(parsed.errors,
            "1:24: `Bad` is no revision id; it consists of 1 to 40 of the "
            "characters a-z, 0-9 and `_` [missing-revision-id]\n"
            "3:3: `CRAETE` begins no statement; did you mean `CREATE`? "
            "[syntax-error]\n"
            "5:26: expected `INSERT`, `UPDATE` or `DELETE`, found `INSRT`; did "
            "you mean `INSERT`? [syntax-error]\n"
            "6:27: expected a column name, found `;` [syntax-error]\n"
            "7:31: `#` is no character of SQL [syntax-error]\n"
            "11:15: expected `;` behind the statement [syntax-error]\n");
  // What is right was read.
  const auto& items = parsed.migration.upgrade.items;
  ASSERT_GE(items.size(), 2U);
  EXPECT_EQ(items.front().statement.kind(), ast::StatementKind::kCreateTable);
  EXPECT_EQ(items.back().statement.kind(), ast::StatementKind::kDropTable);
}

TEST(Recovery, AnErrorStaysInItsStatement) {
  // Each of these is followed by a good statement and the end of the block.
  const char* const kBroken[] = {
      "CREATE TABLE t (a INT",
      "CREATE TABLE t ((((a",
      "CREATE TABLE",
      "CREATE",
      "ALTER TABLE t ADD COLUMN x INT CHECK (CASE WHEN 1 THEN 2",
      "UPDATE t SET a = (CASE WHEN 1 THEN",
      "INSERT INTO t VALUES ((((",
      "CREATE TRIGGER r AFTER INSERT ON t SELECT 1",
      "CREATE TRIGGER r AFTER ON t BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END",
      "CREATE VIEW v AS",
      "PRESERVE DORP TABLE x",
      "PRESERVE",
      "PURGE ARCHIVE x",
      "DROP",
      ")))",
      "FOR",
      "FOR x",
      "'text'",
  };
  for (const char* broken : kBroken) {
    const Parsed parsed(
        WithUpgrade(std::string(broken) + ";\nDROP TABLE good;"));
    EXPECT_EQ(parsed.emitter.diagnostics().size(), 1U) << broken << "\n"
                                                       << parsed.errors;
    ASSERT_TRUE(parsed.migration.downgrade.has_value()) << broken;
    EXPECT_TRUE(parsed.migration.downgrade->is_auto) << broken;
  }
}

TEST(Recovery, WhatDoesNotEndIsOneError) {
  for (const char* open : {"'", "\"", "`", "[", "/*"}) {
    const Parsed parsed(WithUpgrade("DROP TABLE a;\nINSERT INTO t VALUES (" +
                                    std::string(open) + "x);\nDROP TABLE b;"));
    EXPECT_EQ(parsed.emitter.diagnostics().size(), 1U) << parsed.errors;
    EXPECT_EQ(parsed.errors.substr(0, 6), "4:23: ") << parsed.errors;
    EXPECT_TRUE(parsed.migration.header_ok);
    EXPECT_FALSE(parsed.migration.body_ok);
    EXPECT_EQ(parsed.migration.upgrade.items.size(), 1U);
  }
}

TEST(Recovery, ABrokenHeaderStillLetsTheBodyBeRead) {
  const Parsed parsed(
      "MIGRATION 't' REVISES NONE;\nUPGRADE BEGIN DROP TABL t; END;\n"
      "DOWNGRADE AUTO;\n");
  EXPECT_EQ(parsed.emitter.diagnostics().size(), 2U) << parsed.errors;
  EXPECT_FALSE(parsed.migration.header_ok);
  const Parsed none("UPGRADE BEGIN DROP TABL t; END; DOWNGRADE AUTO;");
  EXPECT_EQ(none.emitter.diagnostics().size(), 2U) << none.errors;
}

}  // namespace
}  // namespace palindrome::parse
