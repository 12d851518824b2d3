#include "compiler/import/formats.h"

#include <random>

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

// Every reader is to survive any folder; ReadAs checks what it makes of it.
TEST(ImportFormatsTest, ReadsAnyFolder) {
  const Texts names = {
      "1_a.sql",    "1_a.up.sql",   "1_a.down.sql", "_.sql",     ".sql",
      "1.sql",      "V1__a.sql",    "U1__a.sql",    "R__.sql",   "V.sql",
      "B1_.sql",    "V1._2__a.sql", "R__a.sql",     "1_/up.sql", "/up.sql",
      "-/down.sql", "sqitch.plan",  "sqitch.conf",  "a.py",      "deploy/a.sql",
      "1_a.go",     "V1__a.rs",     "V1__a.java",   ""};
  const Texts pieces = {"-- +goose Up",
                        "-- +goose Down",
                        "-- +goose",
                        "-- +goose ENVSUB ON",
                        "-- migrate:up",
                        "-- migrate:down",
                        "-- +migrate Up",
                        "-- +migrate ",
                        "-- Running upgrade  -> a",
                        "-- Running upgrade ->",
                        "-- Running downgrade a -> ",
                        "a [",
                        "@v",
                        "@",
                        "-",
                        "%",
                        "a 2025-01-15T14:30:22Z A <a@b> # c\\",
                        "[core",
                        "=",
                        "[core]",
                        "plan_file=",
                        "top_dir=..",
                        "\"\"\"a\rb",
                        "revision = 'a'",
                        "Create Date: 2025",
                        "'",
                        "/*",
                        "${",
                        "}",
                        "DROP TABLE",
                        "alembic_version",
                        ".",
                        ";",
                        "\"",
                        "\xEF\xBB\xBF",
                        "\xFF",
                        "\t",
                        "\r",
                        "--",
                        ""};
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    ForeignFolder folder;
    for (const std::string& name : names) {
      std::string text;
      for (auto left = random() % 8; left > 0; --left) {
        text += pieces[random() % pieces.size()];
        text += random() % 3 == 0 ? " " : random() % 2 == 0 ? "\r\n" : "\n";
      }
      if (random() % 3 != 0) {
        folder.push_back({name, text});
      }
    }
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) ReadAs((Name), folder);
#include "compiler/import/formats.def"
    Recognized(folder);
  }
}

}  // namespace
}  // namespace palindrome::importer
