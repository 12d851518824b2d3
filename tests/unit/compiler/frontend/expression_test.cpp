#include "compiler/ast/expression.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "compiler/ast/statement.h"
#include "frontend_test.h"

namespace palindrome::ast {
namespace {

// The expression of `CREATE INDEX … WHERE`.
Expression Parse(const std::string& text) {
  const frontend_test::ParsedStatement parsed("CREATE INDEX i ON t (a) WHERE " +
                                              text);
  EXPECT_EQ(parsed.errors, "");
  return std::get<CreateIndex>(parsed.statement->node).index.where;
}

using Names = std::vector<std::string>;

TEST(Expression, FindsColumns) {
  EXPECT_EQ(ColumnNames(Parse("a > 0 AND \"B\" IS NOT NULL")),
            (Names{"a", "b"}));
  EXPECT_EQ(ColumnNames(Parse("lower(a) = 'x' COLLATE nocase")), (Names{"a"}));
  EXPECT_EQ(ColumnNames(Parse("CAST(a AS my type(3)) + b")), (Names{"a", "b"}));
  EXPECT_EQ(ColumnNames(Parse("main.t.a = t.b")), (Names{"a", "b"}));
  EXPECT_EQ(ColumnNames(Parse("CASE WHEN a THEN 1 ELSE [c d] END LIKE 'b'")),
            (Names{"a", "c d"}));
  EXPECT_EQ(ColumnNames(Parse("key > 0 AND end < new.\"like\"")),
            (Names{"end", "key", "like"}));
  EXPECT_EQ(ColumnNames(Parse("a IN (1, a) AND CURRENT_TIMESTAMP > A")),
            (Names{"a"}));
}

TEST(Expression, FindsAllNames) {
  EXPECT_EQ(AllNames(Parse("lower(\"A b\") = T.c || 'str'")),
            (Names{"a b", "c", "lower", "t"}));
}

TEST(Expression, RenamesColumnsOnly) {
  const Expression expression =
      Parse("a(A) > 0 AND t.a='a' AND a.b COLLATE a = \"a\"");
  EXPECT_EQ(Print(RenameColumnIn(expression, "a", "new")),
            "a(new) > 0 AND t.new='a' AND a.b COLLATE a = new");
  EXPECT_EQ(Print(RenameColumnIn(expression, "A", "x y")),
            "a(\"x y\") > 0 AND t.\"x y\"='a' AND a.b COLLATE a = \"x y\"");
}

TEST(Expression, KeepsRenamedWordsApart) {
  EXPECT_EQ(Print(RenameColumnIn(Parse("\"a\"IS NULL"), "a", "b")),
            "b IS NULL");
}

TEST(Expression, RemovesQualifiers) {
  EXPECT_EQ(Print(RemoveQualifier(Parse("t.a > T.\"b\" + u.t + t"), "t")),
            "a > \"b\" + u.t + t");
}

TEST(Expression, PrintsOnOneLineWithoutComments) {
  EXPECT_EQ(Print(Parse("a\n\t >/* x */0\n -- y\n OR b")), "a > 0 OR b");
}

TEST(Expression, ComparesTokens) {
  EXPECT_TRUE(SameTokens(Parse("a>0"), Parse("[A] > 0")));
  EXPECT_TRUE(SameTokens(Parse("a is null"), Parse("a IS NULL")));
  EXPECT_FALSE(SameTokens(Parse("a = 'x'"), Parse("a = 'X'")));
  EXPECT_FALSE(SameTokens(Parse("a = 'x'"), Parse("a = x")));
  EXPECT_FALSE(SameTokens(Parse("a"), Parse("a + 1")));
}

}  // namespace
}  // namespace palindrome::ast
