#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::ast {
namespace {

Table TableFrom(const std::string& elements) {
  const frontend_test::ParsedStatement parsed("CREATE TABLE t " + elements);
  EXPECT_EQ(parsed.errors, "");
  return std::get<CreateTable>(parsed.statement->node).table;
}

bool Same(const std::string& left, const std::string& right) {
  const bool forth = SameDefinition(TableFrom(left), TableFrom(right));
  EXPECT_EQ(forth, SameDefinition(TableFrom(right), TableFrom(left)));
  return forth;
}

TEST(SameDefinition, IgnoresCaseSpacingAndOrder) {
  EXPECT_TRUE(Same("(a INT, b)", "(B, \"A\" int)"));
  EXPECT_TRUE(Same("(a VARCHAR(20))", "(a varchar ( 20 ))"));
  EXPECT_TRUE(Same("(a, b, CHECK (a>0), UNIQUE (b))",
                   "(a, b, UNIQUE (b), CHECK (A > 0))"));
}

TEST(SameDefinition, APlaceOfAConstraintDoesNotCount) {
  EXPECT_TRUE(Same("(a PRIMARY KEY)", "(a, PRIMARY KEY (a))"));
  EXPECT_TRUE(Same("(a CHECK (a))", "(a, CHECK (a))"));
  EXPECT_TRUE(Same("(a REFERENCES p)", "(a, FOREIGN KEY (a) REFERENCES p)"));
  EXPECT_TRUE(Same("(a REFERENCES p ON DELETE NO ACTION)", "(a REFERENCES p)"));
  EXPECT_TRUE(Same("(a DEFAULT (1))", "(a DEFAULT 1)"));
}

TEST(SameDefinition, TellsWhatDiffers) {
  const char* const kDifferent[] = {
      "(a, b)",
      "(a INT)",
      "(a INT, b)",
      "(a NOT NULL, b)",
      "(a CONSTRAINT x NOT NULL, b)",
      "(a NOT NULL ON CONFLICT FAIL, b)",
      "(a DEFAULT 1, b)",
      "(a DEFAULT 'x', b)",
      "(a DEFAULT 'X', b)",
      "(a COLLATE nocase, b)",
      "(a AS (b), b)",
      "(a AS (b) STORED, b)",
      "(a UNIQUE, b)",
      "(a CONSTRAINT u UNIQUE, b)",
      "(a, b, UNIQUE (a, b))",
      "(a, b, UNIQUE (b, a))",
      "(a, b, UNIQUE (b DESC, a))",
      "(a, b, CHECK (a))",
      "(a, b, CHECK (a), CHECK (a))",
      "(a REFERENCES p, b)",
      "(a REFERENCES p (x), b)",
      "(a REFERENCES p ON DELETE CASCADE, b)",
      "(a REFERENCES p ON UPDATE CASCADE, b)",
      "(a REFERENCES p DEFERRABLE, b)",
      "(a, b) STRICT",
      "(a, b, PRIMARY KEY (a)) WITHOUT ROWID",
      "(a INTEGER PRIMARY KEY, b)",
      "(a INTEGER PRIMARY KEY AUTOINCREMENT, b)",
  };
  for (const char* left : kDifferent) {
    for (const char* right : kDifferent) {
      EXPECT_EQ(Same(left, right), left == right) << left << " " << right;
    }
  }
}

TEST(SameDefinition, OtherObjects) {
  const auto parse = [](const char* text) {
    return *frontend_test::ParsedStatement(text).statement;
  };
  const auto index = [&](const char* text) {
    return std::get<CreateIndex>(parse(text).node).index;
  };
  EXPECT_TRUE(SameDefinition(index("CREATE INDEX i ON t (a) WHERE a>0"),
                             index("create index I on T (A) where A > 0")));
  EXPECT_FALSE(SameDefinition(index("CREATE INDEX i ON t (a)"),
                              index("CREATE UNIQUE INDEX i ON t (a)")));
  const auto view = [&](const char* text) {
    return std::get<CreateView>(parse(text).node).view;
  };
  EXPECT_TRUE(SameDefinition(view("CREATE VIEW v AS SELECT 1"),
                             view("CREATE VIEW V AS select 1")));
  EXPECT_FALSE(SameDefinition(view("CREATE VIEW v AS SELECT 1"),
                              view("CREATE VIEW v (a) AS SELECT 1")));
  const auto trigger = [&](const char* text) {
    return std::get<CreateTrigger>(parse(text).node).trigger;
  };
  EXPECT_TRUE(SameDefinition(
      trigger("CREATE TRIGGER r INSERT ON t BEGIN SELECT 1; END"),
      trigger("CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN SELECT "
              "1; END")));
  EXPECT_FALSE(SameDefinition(
      trigger("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END"),
      trigger("CREATE TRIGGER r BEFORE INSERT ON t BEGIN SELECT 1; END")));
}

}  // namespace
}  // namespace palindrome::ast
