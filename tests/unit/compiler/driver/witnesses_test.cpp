// What is unusual, and valid, means the same to the compiler and to the engine:
// a check finds no difference between their schemas.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/mistakes.h"

namespace palindrome::driver {
namespace {

std::string ReportOf(const std::string& statements) {
  const std::string path = "migrations/20250101_000000_create_t.sql";
  History history({{path, ""}}, {"check"});
  return history.ReportWith(path,
                            "MIGRATION 'create t' REVISION 'a1' REVISES NONE;\n"
                            "UPGRADE BEGIN\n" +
                                statements + "\nEND;\nDOWNGRADE AUTO;\n");
}

TEST(Witnesses, AgreeOnColumnsInParentheses) {
  const char* const kParts[] = {"(a)",
                                "((a))",
                                "(\"a\")",
                                "('a')",
                                "(a) DESC",
                                "(a) COLLATE NOCASE",
                                "(a COLLATE NOCASE)",
                                "((a COLLATE NOCASE)) DESC",
                                "(a) COLLATE NOCASE COLLATE RTRIM ASC",
                                "(a COLLATE NOCASE) COLLATE RTRIM"};
  for (const std::string part : kParts) {
    for (const std::string& statements :
         {"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);\n"
          "CREATE INDEX ix ON t (b, " +
              part + ");",
          "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT,\n"
          "  UNIQUE (b, " +
              part + "));",
          "CREATE TABLE t (a TEXT NOT NULL, b TEXT,\n"
          "  PRIMARY KEY (" +
              part + "));",
          "CREATE TABLE t (a INTEGER NOT NULL, b TEXT,\n"
          "  PRIMARY KEY (" +
              part + ")) STRICT;"}) {
      EXPECT_EQ(ErrorsIn(ReportOf(statements)), 0U) << statements << "\n"
                                                    << ReportOf(statements);
    }
  }
}

TEST(Witnesses, AgreeOnExpressionsInKeys) {
  for (const char* part : {"(a || b)", "(a) || (b)", "(a || b) COLLATE NOCASE",
                           "(lower(a))", "(lower(a) COLLATE NOCASE)", "(+a)",
                           "(a COLLATE NOCASE || b)", "(NULL)", "(1)"}) {
    const std::string statements =
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);\n"
        "CREATE INDEX ix ON t (b, " +
        std::string(part) + ");";
    EXPECT_EQ(ErrorsIn(ReportOf(statements)), 0U) << part << "\n"
                                                  << ReportOf(statements);
  }
}

}  // namespace
}  // namespace palindrome::driver
