#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Only;
using frontend_test::Parsed;
using frontend_test::ParsedStatement;
using frontend_test::WithUpgrade;

TEST(Statement, ColumnsKeepTheirParts) {
  const Parsed parsed(
      WithUpgrade("CREATE TABLE t (a  my\n  type (1 , 2) NOT NULL DEFAULT (x), "
                  "b GENERATED ALWAYS AS (a || ')') STORED);"));
  const auto node = Only<ast::CreateTable>(parsed);
  ASSERT_EQ(node.table.columns.size(), 2U) << parsed.errors;
  const ast::Column& a = node.table.columns[0];
  EXPECT_EQ(a.type, "my type (1 , 2)");
  EXPECT_EQ(parsed.file->text(a.type_range), "my\n  type (1 , 2)");
  EXPECT_TRUE(a.not_null);
  EXPECT_TRUE(a.default_in_parentheses);
  EXPECT_EQ(ast::Print(*a.default_value), "x");
  const ast::Column& b = node.table.columns[1];
  EXPECT_EQ(b.type, "");
  EXPECT_EQ(ast::Print(b.generated->expression), "a || ')'");
  EXPECT_TRUE(b.generated->stored);
  EXPECT_EQ(parsed.file->text(b.range),
            "b GENERATED ALWAYS AS (a || ')') STORED");
}

TEST(Statement, InlineConstraintsNameTheirColumn) {
  const auto node = Only<ast::CreateTable>(Parsed(
      WithUpgrade("CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b CHECK (a > 0) "
                  "CONSTRAINT u UNIQUE REFERENCES p, UNIQUE (a, b));")));
  ASSERT_EQ(node.table.constraints.size(), 5U);
  const auto& all = node.table.constraints;
  EXPECT_EQ(all[0].kind, ast::ConstraintKind::kPrimaryKey);
  EXPECT_TRUE(all[0].is_inline);
  EXPECT_EQ(all[0].owner.text, "a");
  EXPECT_EQ(all[0].columns.at(0).column.text, "a");
  EXPECT_TRUE(all[0].columns.at(0).descending);
  EXPECT_EQ(all[1].kind, ast::ConstraintKind::kCheck);
  EXPECT_EQ(all[1].owner.text, "b");
  EXPECT_TRUE(all[1].columns.empty());
  EXPECT_EQ(all[2].name.text, "u");
  EXPECT_EQ(all[2].columns.at(0).column.text, "b");
  EXPECT_EQ(all[3].kind, ast::ConstraintKind::kForeignKey);
  EXPECT_EQ(all[3].references.table.text, "p");
  EXPECT_TRUE(all[3].references.columns.empty());
  EXPECT_FALSE(all[4].is_inline);
  EXPECT_TRUE(all[4].owner.empty());
}

TEST(Statement, KeyPartsAreColumnsOrExpressions) {
  const auto node = Only<ast::CreateIndex>(Parsed(WithUpgrade(
      "CREATE INDEX i ON t ((\"a b\") COLLATE nocase DESC, f(x) COLLATE rtrim, "
      "a || b COLLATE c, 'd');")));
  ASSERT_EQ(node.index.parts.size(), 4U);
  EXPECT_EQ(node.index.parts[0].column.text, "a b");
  EXPECT_EQ(node.index.parts[0].collation.text, "nocase");
  EXPECT_TRUE(node.index.parts[0].descending);
  EXPECT_TRUE(node.index.parts[1].column.empty());
  EXPECT_EQ(node.index.parts[1].collation.text, "rtrim");
  EXPECT_EQ(ast::Print(node.index.parts[1].expression), "f(x)");
  EXPECT_EQ(ast::Print(node.index.parts[2].expression), "a || b COLLATE c");
  EXPECT_TRUE(node.index.parts[2].collation.empty());
  EXPECT_EQ(node.index.parts[3].column.text, "d");
}

TEST(Statement, DataStatementsNameTheirTarget) {
  EXPECT_EQ(Only<ast::Insert>(
                Parsed(WithUpgrade("INSERT INTO main.\"t u\" VALUES (1);")))
                .table.text,
            "t u");
  EXPECT_EQ(Only<ast::Insert>(
                Parsed(WithUpgrade("WITH a AS (DELETE), b AS (SELECT 1) "
                                   "REPLACE INTO t SELECT * FROM a;")))
                .table.text,
            "t");
  EXPECT_EQ(
      Only<ast::Update>(
          Parsed(WithUpgrade("UPDATE OR IGNORE t SET a = CASE WHEN 1 THEN 2 "
                             "END WHERE 1;")))
          .table.text,
      "t");
  EXPECT_EQ(Only<ast::Delete>(Parsed(WithUpgrade("DELETE FROM t;"))).table.text,
            "t");
}

TEST(Statement, TableOfNamesWhatItIsAbout) {
  const auto table_of = [](const char* text) {
    const ParsedStatement parsed(text);
    return std::string(ast::TableOf(*parsed.statement));
  };
  EXPECT_EQ(table_of("CREATE TABLE t (a)"), "t");
  EXPECT_EQ(table_of("ALTER TABLE t DROP a"), "t");
  EXPECT_EQ(table_of("CREATE INDEX i ON t (a)"), "t");
  EXPECT_EQ(table_of("CREATE VIEW v AS SELECT 1"), "v");
  EXPECT_EQ(table_of("DROP VIEW v"), "v");
  EXPECT_EQ(table_of("DROP INDEX i"), "");
  EXPECT_EQ(table_of("UPDATE t SET a = 1"), "t");
  EXPECT_EQ(table_of("ANALYZE t"), "");
}

TEST(Statement, KindsAreTold) {
  EXPECT_TRUE(ast::IsDataStatement(ast::StatementKind::kUpdate));
  EXPECT_FALSE(ast::IsDataStatement(ast::StatementKind::kOpaque));
  EXPECT_TRUE(ast::IsSchemaStatement(ast::StatementKind::kDropView));
  EXPECT_FALSE(ast::IsSchemaStatement(ast::StatementKind::kOpaque));
  EXPECT_EQ(ast::StatementKindName(ast::StatementKind::kAddColumn),
            "ADD COLUMN");
}

TEST(Statement, AsSqliteMasterHoldsIt) {
  const ParsedStatement parsed("CREATE TABLE \"t\"(\"a\" INT, b)");
  EXPECT_EQ(parsed.errors, "");
  EXPECT_EQ(ast::Print(*parsed.statement),
            "CREATE TABLE t (\n  a INT,\n  b\n)");
  EXPECT_TRUE(ParsedStatement("DROP TABLE t;").statement.has_value());
  const ParsedStatement two("DROP TABLE t; DROP TABLE u");
  EXPECT_FALSE(two.statement.has_value());
  EXPECT_EQ(two.errors,
            "1:15: expected the end of the statement, found `DROP` "
            "[syntax-error]\n");
  EXPECT_FALSE(ParsedStatement("").statement.has_value());
}

TEST(Statement, ADerivedConstraintPrintsAsTheTablesOwn) {
  const auto node = Only<ast::CreateTable>(Parsed(WithUpgrade(
      "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT c "
      "CHECK (a > 0) REFERENCES p (x));")));
  ASSERT_EQ(node.table.constraints.size(), 3U);
  EXPECT_EQ(ast::Print(node.table.constraints[0]),
            "PRIMARY KEY (a AUTOINCREMENT)");
  EXPECT_EQ(ast::Print(node.table.constraints[1]),
            "CONSTRAINT c CHECK (a > 0)");
  EXPECT_EQ(ast::Print(node.table.constraints[2]),
            "FOREIGN KEY (a) REFERENCES p (x)");
}

}  // namespace
}  // namespace palindrome::parse
