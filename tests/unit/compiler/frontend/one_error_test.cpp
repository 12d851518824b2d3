// Where the parser goes on behind an error: what follows from it is not told,
// and what stands in another statement is.
#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::WithUpgrade;

constexpr const char* kSyntax = " [syntax-error]\n";

// One error, and the good statement behind it is read.
void ExpectOne(const std::string& text, const std::string& error) {
  const Parsed parsed(WithUpgrade(text + "\nDROP TABLE good;"));
  EXPECT_EQ(parsed.errors, error + kSyntax) << text;
  ASSERT_FALSE(parsed.migration.upgrade.items.empty()) << text;
  EXPECT_EQ(parsed.migration.upgrade.items.back().statement.kind(),
            ast::StatementKind::kDropTable)
      << text;
  ASSERT_TRUE(parsed.migration.downgrade.has_value()) << text;
}

// The error, and that of a broken statement behind it.
void ExpectAlso(const std::string& text) {
  const Parsed parsed(WithUpgrade(text + "\nDORP TABLE broken;"));
  EXPECT_EQ(parsed.emitter.diagnostics().size(), 2U) << text << "\n"
                                                     << parsed.errors;
  EXPECT_NE(parsed.errors.find("`DORP` begins no statement"), std::string::npos)
      << parsed.errors;
}

TEST(OneError, OfAHeader) {
  const struct {
    const char* header;
    const char* error;
  } kCases[] = {
      {"MIGRATION 't' 'a1' REVISION REVISES NONE;",
       "1:15: expected a header clause or `;`, found `'a1'`"},
      {"MIGRATION 't' REVISION REVISES 'a1' NONE;",
       "1:24: expected a revision id as a string, found `REVISES`"},
      {"MIGRATION REVISION 't' 'a1' REVISES NONE;",
       "1:11: expected the migration's title as a string, found `REVISION`"},
      {"'t' MIGRATION REVISION 'a1' REVISES NONE;",
       "1:1: the file has no migration header, found `'t'`; it begins with "
       "`MIGRATION 'title' REVISION 'id' REVISES …;`"},
      {"MIGRATION 't' REVISION 'a1' NONE REVISES;",
       "1:29: expected a header clause or `;`, found `NONE`"},
      {"MIGRATION 't' REVISION 'a1' REVISES ; 'b1'",
       "1:37: expected `NONE` or a revision id as a string, found `;`"},
      {"MIGRATION 't' REVISION 'a1' REVISES NONE ALLOW ; x",
       "1:48: expected a rule, found `;`"},
  };
  for (const auto& each : kCases) {
    const Parsed parsed(std::string(each.header) +
                        "\nUPGRADE BEGIN\nDROP TABLE t;\nEND;\n"
                        "DOWNGRADE AUTO;\n");
    EXPECT_EQ(parsed.errors.substr(0, parsed.errors.rfind(" [")), each.error);
    EXPECT_EQ(parsed.emitter.diagnostics().size(), 1U) << parsed.errors;
    EXPECT_FALSE(parsed.migration.header_ok);
    EXPECT_EQ(parsed.migration.upgrade.items.size(), 1U) << each.header;
  }
}

TEST(OneError, OfAHeaderLeavesTheSectionsToThemselves) {
  const Parsed parsed(
      "MIGRATION 't' 'a1' REVISION REVISES NONE;\nUPGRDE BEGIN\nDORP TABLE "
      "t;\nEND;\nDOWNGRADE AUTO;\n");
  EXPECT_EQ(parsed.emitter.diagnostics().size(), 3U) << parsed.errors;
}

TEST(OneError, OfASemicolonBeforeABlock) {
  const std::string good = WithUpgrade("DROP TABLE t;");
  const struct {
    const char* text;
    const char* instead;
    const char* error;
  } kCases[] = {
      {";\nUPGRADE BEGIN", "\nUPGRADE ; BEGIN",
       "1:40: expected `;` behind the header"},
      {"UPGRADE BEGIN", "UPGRADE ; BEGIN",
       "2:9: expected `BEGIN` or `AUTO`, found `;`"},
      {"END;\nDOWNGRADE AUTO;", "END DOWNGRADE ; AUTO;",
       "4:4: expected `;` behind `END`"},
      {"DOWNGRADE AUTO", "DOWNGRADE ; AUTO",
       "5:11: expected `BEGIN` or `AUTO`, found `;`"},
      {"DOWNGRADE AUTO;", "DOWNGRADE ; AUTO",
       "5:11: expected `BEGIN` or `AUTO`, found `;`"},
      {";\nEND;", " END;;", "3:13: expected `;` behind the statement"},
      {"BEGIN\nDROP TABLE t;\nEND;", "END BEGIN;",
       "2:9: expected `BEGIN`, found `END`"},
      {"BEGIN\nDROP TABLE t;", "DROP BEGIN TABLE t;",
       "2:9: expected `BEGIN`, found `DROP`"},
      {"BEGIN\nDROP TABLE t;", "x BEGIN\nDROP TABLE t;",
       "2:9: expected `BEGIN`, found `x`"},
  };
  for (const auto& each : kCases) {
    std::string text = good;
    text.replace(text.find(each.text), std::string(each.text).size(),
                 each.instead);
    const Parsed parsed(text);
    EXPECT_EQ(parsed.errors, std::string(each.error) + kSyntax) << text;
    ASSERT_TRUE(parsed.migration.downgrade.has_value()) << text;
    EXPECT_TRUE(parsed.migration.downgrade->is_auto) << text;
  }
}

TEST(OneError, OfAForBlock) {
  const struct {
    const char* head;
    const char* error;
  } kCases[] = {
      {"FOR FOR sqlite BEGIN", "3:5: expected a dialect, found `FOR` again"},
      {"FRO sqlite BEGIN",
       "3:1: expected `FOR`, found `FRO`; did you mean `FOR`?"},
      {"sqlite BEGIN", "3:1: expected `FOR`, found `sqlite`"},
      {"sqlite FOR BEGIN", "3:1: expected `FOR`, found `sqlite`"},
      {"FOR BEGIN sqlite", "3:5: expected a dialect, found `BEGIN`"},
      {"FOR sqlite sqlite BEGIN", "3:12: expected `BEGIN`, found `sqlite`"},
      {"FOR sqlite BEGIN BEGIN",
       "3:18: `BEGIN` inside a block; blocks do not "
       "nest"},
      {"FOR ; sqlite BEGIN", "3:5: expected a dialect, found `;`"},
      {"FOR sqlite ; BEGIN", "3:12: expected `BEGIN`, found `;`"},
      {"DROP TABLE t\nFOR sqlite BEGIN",
       "3:13: expected `;` behind the statement"},
      {"CREATE TABLE t (a TEXT)\nFOR sqlite BEGIN",
       "3:24: expected `;` behind the statement"},
      {"DROP TABLE t FOR ; sqlite BEGIN",
       "3:14: expected `;` behind the statement, found `FOR`"},
  };
  for (const auto& each : kCases) {
    ExpectOne(std::string(each.head) +
                  "\nCREATE VIRTUAL TABLE f USING fts5(b);\n"
                  "CREATE TABLE u AS SELECT 1 AS a;\nEND;",
              each.error);
    ExpectAlso(std::string(each.head) +
               "\nCREATE VIRTUAL TABLE f USING fts5(b);\nEND;");
  }
}

TEST(OneError, OfAMissingSemicolonBeforeTheEndOfAForBlock) {
  for (const char* behind :
       {"", "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END;\n",
        "FOR sqlite BEGIN\nCREATE TABLE v AS SELECT 1 AS a;\nEND;\n"}) {
    ExpectOne("FOR sqlite BEGIN\nCREATE VIRTUAL TABLE f USING fts5(b)\nEND;\n" +
                  std::string(behind),
              "4:37: expected `;` behind the statement");
    ExpectOne("FOR sqlite BEGIN\nDROP TABLE t\nEND;\n" + std::string(behind),
              "4:13: expected `;` behind the statement");
  }
  // END is a name there.
  const Parsed named(
      WithUpgrade("FOR sqlite BEGIN\nDROP TABLE\nend;\nDROP TABLE t;\nEND;"));
  EXPECT_EQ(named.errors, "");
  EXPECT_EQ(named.migration.upgrade.items.size(), 2U);
}

TEST(OneError, OfAMissingSemicolonBehindAForBlock) {
  const std::string block = "FOR sqlite BEGIN\nDROP TABLE t;\nEND";
  EXPECT_EQ(Parsed(WithUpgrade(block)).errors,
            std::string("5:4: expected `;` behind `END`") + kSyntax);
  ExpectOne(block, "5:4: expected `;` behind `END`");
  ExpectAlso(block);
}

TEST(OneError, OfATriggersMisspeltEnd) {
  for (const char* end : {"EDN", "ENDD"}) {
    const std::string trigger =
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; " +
        std::string(end) + ";";
    ExpectOne(trigger, "3:57: expected `END` of the trigger, found `" +
                           std::string(end) + "`; did you mean `END`?");
    ExpectAlso(trigger);
  }
}

TEST(OneError, OfASemicolonInTheWrongPlace) {
  const struct {
    const char* text;
    const char* error;
  } kCases[] = {
      {"ALTER ; TABLE t ADD COLUMN a TEXT;",
       "3:7: expected `TABLE`, found `;`"},
      {"ALTER TABLE t RENAME TO ; people",
       "3:25: expected a table name, found `;`"},
      {"CREATE TABLE t (a TEXT; )", "3:23: expected `,` or `)`, found `;`"},
      {"CREATE TABLE t (a TEXT, b ; TEXT);",
       "3:27: expected `,` or `)`, found `;`"},
      {"DROP TABLE t ALTER ; TABLE u DROP COLUMN a;",
       "3:14: expected `;` behind the statement, found `ALTER`"},
      {"ALLOW ; drop-table-unarchived BECAUSE 'x';",
       "3:7: expected a rule, found `;`"},
      {"ALLOW drop-table-unarchived BECAUSE ; 'x'",
       "3:37: expected the reason as a string, found `;`"},
      {"FOR sqlite BEGIN\nDROP TABLE t;\nEND INSERT ; INTO t (a) VALUES (1);",
       "5:4: expected `;` behind `END`"},
      {"INSERT INTO ; t (a) VALUES (1);",
       "3:13: expected a table name, found `;`"},
  };
  for (const auto& each : kCases) {
    ExpectOne(each.text, each.error);
    ExpectAlso(each.text);
  }
}

TEST(OneError, OfANameBehindAColumnOfAKey) {
  ExpectOne("CREATE INDEX i ON t (a a);",
            "3:24: expected `,` or `)`, found `a`");
  ExpectOne("CREATE INDEX i ON t (a COLLAET NOCASE);",
            "3:24: expected `,` or `)`, found `COLLAET`; did you mean "
            "`COLLATE`?");
  ExpectOne("FOR sqlite BEGIN\nCREATE VIRTUAL TABLE USING fts5(b);\nEND;",
            "4:22: expected a table name, found the keyword `USING`; a name "
            "spelt so needs double quotes");
}

}  // namespace
}  // namespace palindrome::parse
