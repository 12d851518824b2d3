#include "compiler/import/formats.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

TEST(ImportFormatsTest, FindsEveryFormatByItsName) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  EXPECT_EQ(FindFormat(Name), Format::k##Kind);       \
  EXPECT_EQ(FormatName(Format::k##Kind), Name);       \
  EXPECT_EQ(FormatSummary(Format::k##Kind), Summary);
#include "compiler/import/formats.def"
  EXPECT_EQ(FindFormat(""), std::nullopt);
  EXPECT_EQ(FindFormat("Goose"), std::nullopt);
}

TEST(ImportFormatsTest, RecognizesFoldersByTheirFiles) {
  EXPECT_EQ(Recognized({{"sqitch.plan", ""}, {"deploy/1_a.sql", ""}}),
            "sqitch");
  EXPECT_EQ(Recognized({{"sqitch.conf", "[core]\n  top_dir = db\n"},
                        {"db/sqitch.plan", ""}}),
            "sqitch");
  EXPECT_EQ(Recognized({{"up.sql", "-- Running upgrade  -> a1\n"}}), "alembic");
  EXPECT_EQ(Recognized({{"1_a/up.sql", ""}}), "diesel");
  EXPECT_EQ(Recognized({{"1_a.sql", "-- +goose Up\n"}}), "goose");
  EXPECT_EQ(Recognized({{"1_a.sql", "\xEF\xBB\xBF-- migrate:up\r\n"}}),
            "dbmate");
  EXPECT_EQ(Recognized({{"a.sql", "-- +migrate Up\n"}}), "sql-migrate");
  EXPECT_EQ(Recognized({{"V1__a.sql", ""}, {"U2__b.sql", ""}}), "refinery");
  EXPECT_EQ(Recognized({{"V1__a.sql", ""}, {"V2__b.rs", ""}}), "refinery");
  EXPECT_EQ(Recognized({{"V1__a.sql", ""}}), "flyway");
  EXPECT_EQ(Recognized({{"V1__a.sql", ""}, {"U01__a.sql", ""}}), "flyway");
  EXPECT_EQ(
      Recognized({{"V1__a.sql", ""}, {"U2__b.sql", ""}, {"R__c.sql", ""}}),
      "flyway");
  EXPECT_EQ(Recognized({{"V1.1__a.sql", ""}, {"U2__b.sql", ""}}), "flyway");
  EXPECT_EQ(Recognized({{"V1__a b.sql", ""}, {"U2__b.sql", ""}}), "flyway");
  EXPECT_EQ(Recognized({{"1_a.up.sql", ""}}), "golang-migrate");
  EXPECT_EQ(Recognized({{"1_a.sql", ""}}), "golang-migrate");
}

TEST(ImportFormatsTest, LeavesOtherFoldersAlone) {
  EXPECT_EQ(Recognized({}), "none");
  EXPECT_EQ(Recognized({{"README.md", "# -- +goose Up"},
                        {".gitkeep", ""},
                        {"schema.sql", "CREATE TABLE a (b);"},
                        {"1_a.down.sql", ""},
                        {".git/up.sql", ""}}),
            "none");
}

TEST(ImportFormatsTest, ReadsNothingInAnEmptyFolder) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  EXPECT_TRUE(Read##Kind({}).empty()) << Name;
#include "compiler/import/formats.def"
}

}  // namespace
}  // namespace palindrome::importer
