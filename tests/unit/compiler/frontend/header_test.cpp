#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;

constexpr const char* kBody = "\nUPGRADE BEGIN END;\nDOWNGRADE BEGIN END;\n";

std::string HeaderErrors(const std::string& header) {
  return Parsed(header + kBody).errors;
}

TEST(Header, ReadsEveryClause) {
  const Parsed parsed(
      "-- First line.\n--second\n/* A block\n * with stars\n */\n"
      "migration 'it''s' Revision 'a_1' REVISES 'b', 'c'\n"
      "CREATED '2025-01-15 14:30:22' BRANCH 'x', 'y' DEPENDS ON 'd'\n"
      "SQUASHES 'e' TO 'f' APPROVED BY 'Ada'\n"
      "ALLOW drop-table-unarchived BECAUSE 'old' ALLOW 'x' BECAUSE 'y' DRAFT;" +
      std::string(kBody));
  EXPECT_EQ(parsed.errors, "");
  const ast::Migration& migration = parsed.migration;
  const ast::Header& header = migration.header;
  EXPECT_TRUE(migration.header_ok);
  EXPECT_TRUE(migration.body_ok);
  EXPECT_EQ(header.title.value, "it's");
  ASSERT_TRUE(header.revision.has_value());
  EXPECT_EQ(header.revision->value, "a_1");
  EXPECT_EQ(parsed.file->text(header.revision->range), "'a_1'");
  ASSERT_EQ(header.parents.size(), 2U);
  EXPECT_EQ(header.parents[1].value, "c");
  EXPECT_FALSE(header.revises_none);
  EXPECT_EQ(parsed.file->text(*header.revises_range), "REVISES 'b', 'c'");
  EXPECT_EQ(header.created->value, "2025-01-15 14:30:22");
  EXPECT_EQ(header.branch_labels.size(), 2U);
  EXPECT_EQ(header.depends_on.at(0).value, "d");
  EXPECT_EQ(header.squashes->from.value, "e");
  EXPECT_EQ(header.squashes->to.value, "f");
  EXPECT_EQ(header.squashes->approved_by->value, "Ada");
  EXPECT_EQ(parsed.file->text(*header.draft), "DRAFT");
  EXPECT_EQ(header.documentation, "First line.\nsecond\nA block\nwith stars");
  ASSERT_EQ(migration.allows.size(), 2U);
  EXPECT_EQ(migration.allows[0].rule.text, "drop-table-unarchived");
  EXPECT_EQ(migration.allows[0].reason.value, "old");
  EXPECT_EQ(migration.allows[1].rule.text, "x");
  EXPECT_EQ(migration.allows[1].covers.begin, 0U);
  EXPECT_EQ(migration.allows[1].covers.end, parsed.file->text().size());
  EXPECT_EQ(parsed.file->text(header.range).substr(0, 9), "migration");
  EXPECT_EQ(parsed.file->text(header.range).back(), ';');
}

TEST(Header, LeavesTheApprovalAndTheReasonToTheChecks) {
  const Parsed parsed(
      "MIGRATION 't' REVISION 'a' REVISES NONE SQUASHES 'b' TO 'c' ALLOW x;" +
      std::string(kBody));
  EXPECT_EQ(parsed.errors, "");
  EXPECT_FALSE(parsed.migration.header.squashes->approved_by.has_value());
  EXPECT_EQ(parsed.migration.allows.at(0).reason.value, "");
}

TEST(Header, ErrorsHavePlaceAndWords) {
  const struct {
    const char* header;
    const char* errors;
  } kCases[] = {
      {"MIGRATION 't' REVISES NONE;",
       "1:1: the header has no `REVISION 'id'` [missing-revision-id]\n"},
      {"MIGRATION 't' REVISION 'a';",
       "1:1: the header has no `REVISES`; name the parent revision, or write "
       "`REVISES NONE` in the first migration [syntax-error]\n"},
      {"MIGRATION 't' REVISION 'A-1' REVISES NONE;",
       "1:24: `A-1` is no revision id; it consists of 1 to 40 of the "
       "characters a-z, 0-9 and `_` [missing-revision-id]\n"},
      {"MIGRATION 't' REVISION '' REVISES NONE;",
       "1:24: `` is no revision id; it consists of 1 to 40 of the characters "
       "a-z, 0-9 and `_` [missing-revision-id]\n"},
      {"MIGRATION 't' REVISION a REVISES NONE;",
       "1:24: expected a revision id as a string, found `a` [syntax-error]\n"},
      {"MIGRATION 't' REVISION \"a\" REVISES NONE;",
       "1:24: expected a revision id as a string, found the quoted name "
       "`\"a\"`; strings stand in single quotes [syntax-error]\n"},
      {"MIGRATION REVISION 'a' REVISES NONE;",
       "1:11: expected the migration's title as a string, found `REVISION` "
       "[syntax-error]\n"},
      {"MIGRATION 't' REVISON 'a' REVISES NONE;",
       "1:15: expected a header clause or `;`, found `REVISON`; did you mean "
       "`REVISION`? [syntax-error]\n"},
      {"MIGRATION 't' AUTHOR 'a' REVISION 'a' REVISES NONE;",
       "1:15: expected a header clause or `;`, found `AUTHOR` "
       "[syntax-error]\n"},
      {"MIGRATION 't' REVISION 'a'\nREVISES NONE\nREVISION 'b';",
       "3:1: a second `REVISION` in the header [syntax-error]\n"
       "  1:15: the first is here\n"},
      {"MIGRATION 't' REVISION 'a' REVISES 'b',;",
       "1:40: expected `NONE` or a revision id as a string, found `;` "
       "[syntax-error]\n"},
      {"MIGRATION 't' REVISION 'a' REVISES NONE DEPENDS 'x';",
       "1:49: expected `ON`, found `'x'` [syntax-error]\n"},
      {"MIGRATION 't' REVISION 'a' REVISES NONE ALLOW x 'y';",
       "1:49: expected `BECAUSE`, found `'y'` [syntax-error]\n"},
      {"MIGRATION 't' REVISION 'a' REVISES NONE SQUASHES 'x';",
       "1:53: expected `TO`, found `;` [syntax-error]\n"},
      {"MIGRATION 't' REVISION 'a' REVISES NONE",
       "1:40: expected `;` behind the header [syntax-error]\n"},
      {"MIGRATON 't' REVISION 'a' REVISES NONE;",
       "1:1: the file has no migration header, found `MIGRATON`; it begins "
       "with `MIGRATION 'title' REVISION 'id' REVISES …;`; did you mean "
       "`MIGRATION`? [missing-revision-id]\n"},
  };
  for (const auto& each : kCases) {
    EXPECT_EQ(HeaderErrors(each.header), each.errors) << each.header;
    EXPECT_FALSE(Parsed(std::string(each.header) + kBody).migration.header_ok);
  }
}

TEST(Header, LengthOfRevisionIds) {
  const std::string longest(40, 'a');
  EXPECT_EQ(
      HeaderErrors("MIGRATION 't' REVISION '" + longest + "' REVISES NONE;"),
      "");
  EXPECT_NE(
      HeaderErrors("MIGRATION 't' REVISION 'a" + longest + "' REVISES NONE;"),
      "");
}

TEST(Header, AFileOfPlainSqlHasOneError) {
  const Parsed parsed("CREATE TABLE t (a);\nDROP TABLE t;\n");
  EXPECT_EQ(parsed.errors,
            "1:1: the file has no migration header, found `CREATE`; it begins "
            "with `MIGRATION 'title' REVISION 'id' REVISES …;` "
            "[missing-revision-id]\n");
  EXPECT_FALSE(parsed.migration.header_ok);
  EXPECT_FALSE(parsed.migration.body_ok);
  EXPECT_EQ(Parsed("").errors,
            "1:1: the file has no migration header, found the end of the "
            "file; it begins with `MIGRATION 'title' REVISION 'id' REVISES "
            "…;` [missing-revision-id]\n");
}

TEST(Header, AloneSaysNothingOfTheBody) {
  const source::File file(
      "m.sql",
      "MIGRATION 't' REVISION 'a' REVISES 'b';\nUPGRADE BEGIN CRAETE # 'x");
  diagnostics::Emitter emitter;
  const ast::Migration migration = ParseHeader(file, emitter);
  EXPECT_EQ(frontend_test::Lines(emitter), "");
  EXPECT_TRUE(migration.header_ok);
  EXPECT_FALSE(migration.body_ok);
  EXPECT_EQ(migration.header.parents.at(0).value, "b");
}

TEST(Header, AloneReportsItsOwnErrors) {
  const source::File file("m.sql",
                          "MIGRATION 't' # REVISION 'A';\nUPGRADE BEGIN '");
  diagnostics::Emitter emitter;
  const ast::Migration migration = ParseHeader(file, emitter);
  EXPECT_EQ(frontend_test::Lines(emitter),
            "1:15: `#` is no character of SQL [syntax-error]\n");
  EXPECT_FALSE(migration.header_ok);
}

}  // namespace
}  // namespace palindrome::parse
