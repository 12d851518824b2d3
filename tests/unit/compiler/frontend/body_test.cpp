#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using ast::StatementKind;
using frontend_test::kHeader;
using frontend_test::Parsed;
using frontend_test::WithUpgrade;

TEST(Body, ReadsBothSections) {
  const Parsed parsed(std::string(kHeader) +
                      "UPGRADE BEGIN\n  CREATE TABLE t (a);\n"
                      "  DROP TABLE u;\nEND;\n"
                      "DOWNGRADE BEGIN\n  DROP TABLE t;\nEND;\n");
  EXPECT_EQ(parsed.errors, "");
  const ast::Migration& migration = parsed.migration;
  EXPECT_TRUE(migration.body_ok);
  EXPECT_EQ(parsed.file->text(migration.upgrade.keyword), "UPGRADE");
  EXPECT_EQ(parsed.file->text(migration.upgrade.range).back(), ';');
  ASSERT_EQ(migration.upgrade.items.size(), 2U);
  const ast::Statement& first = migration.upgrade.items[0].statement;
  EXPECT_EQ(first.kind(), StatementKind::kCreateTable);
  EXPECT_EQ(parsed.file->text(first.range), "CREATE TABLE t (a)");
  EXPECT_EQ(first.tokens.tokens.size(), 6U);
  ASSERT_TRUE(migration.downgrade.has_value());
  EXPECT_FALSE(migration.downgrade->is_auto);
  EXPECT_EQ(migration.downgrade->items.size(), 1U);
}

TEST(Body, ReadsAutoAndAMissingDowngrade) {
  const Parsed automatic(std::string(kHeader) +
                         "UPGRADE BEGIN END; DOWNGRADE AUTO;");
  EXPECT_EQ(automatic.errors, "");
  ASSERT_TRUE(automatic.migration.downgrade.has_value());
  EXPECT_TRUE(automatic.migration.downgrade->is_auto);
  EXPECT_EQ(automatic.file->text(automatic.migration.downgrade->auto_range),
            "AUTO");
  const Parsed missing(std::string(kHeader) + "UPGRADE BEGIN END;");
  EXPECT_EQ(missing.errors, "");
  EXPECT_FALSE(missing.migration.downgrade.has_value());
  EXPECT_TRUE(missing.migration.body_ok);
}

TEST(Body, AllowCoversTheNextItem) {
  const Parsed parsed(WithUpgrade(
      "ALLOW drop-table-unarchived BECAUSE 'a';\n"
      "ALLOW \"reversibility\" BECAUSE 'b';\nDROP TABLE t;\nDROP TABLE u;\n"
      "ALLOW raw-sql-when-structured BECAUSE 'c';\n"
      "FOR sqlite BEGIN\n ALLOW x BECAUSE 'd';\n ANALYZE;\nEND;\n"
      "ALLOW y BECAUSE 'nothing';"));
  EXPECT_EQ(parsed.errors, "");
  const auto& allows = parsed.migration.allows;
  ASSERT_EQ(allows.size(), 5U);
  const auto covers = [&](std::size_t index) {
    return parsed.file->text(allows[index].covers);
  };
  EXPECT_EQ(parsed.file->text(allows[0].range),
            "ALLOW drop-table-unarchived BECAUSE 'a'");
  EXPECT_EQ(covers(0), "DROP TABLE t");
  EXPECT_EQ(covers(1), "DROP TABLE t");
  EXPECT_EQ(allows[1].rule.text, "reversibility");
  EXPECT_EQ(covers(2).substr(0, 10), "FOR sqlite");
  EXPECT_EQ(covers(2).substr(covers(2).size() - 3), "END");
  EXPECT_EQ(covers(3), "ANALYZE");
  EXPECT_EQ(covers(4), "");
}

TEST(Body, ForBlocksNameTheirDialect) {
  const Parsed parsed(WithUpgrade(
      "-- why\nFOR sqlite BEGIN\n  ANALYZE t;\n  DROP TABLE t;\nEND;\n"
      "FOR PostgreSQL BEGIN\n"
      "  ALTER TYPE mood ADD VALUE 'x';\nEND;\nDROP TABLE u;"));
  EXPECT_EQ(parsed.errors, "");
  const auto& items = parsed.migration.upgrade.items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].dialect, "sqlite");
  EXPECT_EQ(items[0].statement.kind(), StatementKind::kOpaque);
  EXPECT_EQ(std::get<ast::Opaque>(items[0].statement.node).verb, "ANALYZE");
  EXPECT_TRUE(items[0].commented);
  EXPECT_EQ(parsed.file->text(items[0].for_block).substr(0, 16),
            "FOR sqlite BEGIN");
  EXPECT_EQ(items[1].statement.kind(), StatementKind::kDropTable);
  EXPECT_EQ(items[2].dialect, "postgresql");
  EXPECT_EQ(std::get<ast::Opaque>(items[2].statement.node).verb, "ALTER");
  EXPECT_FALSE(items[2].commented);
  EXPECT_EQ(items[3].dialect, "");
  EXPECT_EQ(items[3].for_block.end, 0U);
}

TEST(Body, KnowsWhatIsCommented) {
  const Parsed parsed(
      WithUpgrade("-- one\nDROP TABLE a;\nDROP TABLE b;\n"
                  "/* two */ ALLOW x BECAUSE 'y';\nDROP TABLE c;\n"
                  "DROP /* no */ TABLE d;"));
  const auto& items = parsed.migration.upgrade.items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_TRUE(items[0].commented);
  EXPECT_FALSE(items[1].commented);
  EXPECT_TRUE(items[2].commented);
  EXPECT_FALSE(items[3].commented);
}

TEST(Body, TriggersAndCasesNest) {
  const Parsed parsed(WithUpgrade(
      "CREATE TRIGGER r AFTER UPDATE OF a, \"end\" ON t FOR EACH ROW\n"
      "WHEN CASE WHEN new.begin > 0 THEN 1 ELSE 0 END BEGIN\n"
      "  UPDATE t SET a = CASE a WHEN 1 THEN 2 END;\n"
      "  DELETE FROM u WHERE x = CASE WHEN 1 THEN CASE 2 WHEN 2 THEN 3 END "
      "END;\nEND;\nDROP TABLE z;"));
  EXPECT_EQ(parsed.errors, "");
  const auto& items = parsed.migration.upgrade.items;
  ASSERT_EQ(items.size(), 2U);
  const auto& trigger =
      std::get<ast::CreateTrigger>(items[0].statement.node).trigger;
  EXPECT_EQ(trigger.body.tokens.front().spelling, "BEGIN");
  EXPECT_EQ(trigger.body.tokens.back().spelling, "END");
  EXPECT_EQ(trigger.when.tokens.back().spelling, "END");
  EXPECT_EQ(trigger.columns.size(), 2U);
  EXPECT_TRUE(trigger.for_each_row);
}

TEST(Body, BeginAndEndMayBeNames) {
  const Parsed parsed(WithUpgrade(
      "CREATE TABLE s (begin INT, end INT, CHECK (begin < end));\n"
      "UPDATE s SET begin = end;\n"
      "ALTER TABLE s RENAME COLUMN begin TO e;\n"
      "CREATE TRIGGER r AFTER INSERT ON s BEGIN\n"
      "  UPDATE s SET begin = end;\n  DELETE FROM s WHERE begin > end;\nEND;\n"
      "FOR sqlite BEGIN\n  ALTER TABLE s DROP COLUMN end;\nEND;\n"
      "ALTER TABLE s DROP COLUMN end;"));
  EXPECT_EQ(parsed.errors, "");
  EXPECT_EQ(parsed.migration.upgrade.items.size(), 6U);
}

TEST(Body, KeywordsInAnyCase) {
  const Parsed parsed(
      "migration 't' revision 'a' revises none;\n"
      "upgrade begin create table t (a); for SQLite begin analyze; end; end;\n"
      "downgrade auto;");
  EXPECT_EQ(parsed.errors, "");
  EXPECT_EQ(parsed.migration.upgrade.items.size(), 2U);
}

TEST(Body, CarriageReturnsAreWhiteSpace) {
  const Parsed parsed(
      "-- doc\r\nMIGRATION 't' REVISION 'a' REVISES NONE;\r\n"
      "UPGRADE BEGIN\r\n  DROP TABLE t;\r\n  DROP TABL u;\r\nEND;\r\n"
      "DOWNGRADE AUTO;\r\n");
  EXPECT_EQ(parsed.errors,
            "5:8: expected `TABLE`, `INDEX`, `VIEW` or `TRIGGER`, found "
            "`TABL`; did you mean `TABLE`? [syntax-error]\n");
  EXPECT_EQ(parsed.migration.header.documentation, "doc");
}

}  // namespace
}  // namespace palindrome::parse
