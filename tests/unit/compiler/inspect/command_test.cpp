// `palindrome inspect` as it is called, on files that are made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "llvm/Support/JSON.h"

#include "tests/golden/world.h"
#include "tests/support/binary_files.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"

namespace palindrome::driver {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string File(const std::string& table) {
  return testing::MakeElf(table, testing::Elf::k64Little);
}

class InspectCommandTest : public ::testing::Test {
 protected:
  InspectCommandTest() {
    std::vector<testing::HistoryRow> rows = testing::TwoRows();
    world_.files()["new"] = File(testing::TableOf("board", rows));
    rows.pop_back();
    world_.files()["old"] = File(testing::TableOf("board", rows));
  }
  testing::Outcome Run(const std::vector<std::string>& args) {
    return world_.Run(args);
  }
  testing::World world_;
};

TEST_F(InspectCommandTest, Plain) {
  const auto outcome = Run({"inspect", "new"});
  EXPECT_EQ(outcome.status, 0);
  const auto rows = testing::TwoRows();
  EXPECT_EQ(outcome.out,
            "history `board`, 2 revisions\n"
            "    in elf64-x86-64\n"
            "\n"
            "a1  2025-01-15 14:30:22  create users\n"
            "    file        20250115_143022_a1.sql\n"
            "    revises     nothing\n"
            "    checksum    t1:a1\n"
            "    loss        loses-on-downgrade\n"
            "    proof       data\n"
            "    engine      sqlite 3.35.0\n"
            "\n"
            "b2  2025-01-15 14:30:22  require names  (head, unproven)\n"
            "    file        20250115_143022_b2.sql\n"
            "    revises     a1\n"
            "    checksum    t1:b2\n"
            "    loss        signed\n"
            "    proof       schema\n"
            "    engine      sqlite 3.35.0\n"
            "    allows      drop-column-unarchived: a cache\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(InspectCommandTest, Sql) {
  const auto outcome = Run({"inspect", "--sql", "new"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("\n-- upgrade of a1, sqlite\n"
                                     "CREATE TABLE users (id INTEGER);\n"
                                     "\n-- downgrade of a1, sqlite\n"
                                     "DROP TABLE users;\n"));
  EXPECT_THAT(
      outcome.out,
      HasSubstr("-- check-foreign-keys, copies-rows\n"
                "INSERT INTO _palindrome_new_users SELECT id\n"
                "  FROM users;\n"
                "-- legacy-alter-table\n"
                "ALTER TABLE _palindrome_new_users RENAME TO \"users\";\n"));
}

TEST_F(InspectCommandTest, Json) {
  const auto outcome = Run({"inspect", "--format", "json", "new"});
  EXPECT_EQ(outcome.status, 0);
  auto value = llvm::json::parse(outcome.out);
  ASSERT_TRUE(static_cast<bool>(value)) << outcome.out;
  const auto* histories = value->getAsObject()->getArray("histories");
  ASSERT_EQ(histories->size(), 1U);
  const auto& history = *(*histories)[0].getAsObject();
  EXPECT_EQ(history.getString("name"), "board");
  EXPECT_EQ(*history.getArray("heads"), llvm::json::Array{"b2"});
  const auto* place = (*history.getArray("places"))[0].getAsObject();
  EXPECT_EQ(place->getString("format"), "elf64-x86-64");
  const auto& row = *(*history.getArray("revisions"))[1].getAsObject();
  EXPECT_EQ(row.getString("revision"), "b2");
  EXPECT_EQ(row.getString("proof"), "schema");
  EXPECT_EQ(row.getBoolean("unproven"), true);
  EXPECT_EQ(row.getString("loss"), "signed");
  EXPECT_EQ(row.getString("chain"), testing::TwoRows()[1].chain);
  EXPECT_EQ(*row.getArray("parents"), llvm::json::Array{"a1"});
  const auto& program = *(*row.getArray("programs"))[0].getAsObject();
  EXPECT_EQ(program.getString("dialect"), "sqlite");
  EXPECT_EQ(program.getInteger("minimum_engine"), 3035000);
  const auto& statement = *(*program.getArray("up"))[0].getAsObject();
  EXPECT_EQ(statement.getInteger("line"), 9);
  EXPECT_EQ(*statement.getArray("flags"),
            (llvm::json::Array{"check-foreign-keys", "copies-rows"}));
}

TEST_F(InspectCommandTest, EveryRevisionOfASquashSaysSo) {
  testing::HistoryBlob blob("board", testing::TwoRows());
  blob.row(1).squashes_from = blob.row(0).revision;
  blob.row(1).squashes_to = blob.row(1).revision;
  blob.row(1).approved_by = blob.row(0).title;
  world_.files()["squashed"] = File(testing::BytesOf(blob));
  const std::string plain = Run({"inspect", "squashed"}).out;
  const std::string text =
      "    squashed    a1 to b2, approved by create users\n";
  const std::size_t first = plain.find(text);
  ASSERT_NE(first, std::string::npos) << plain;
  EXPECT_NE(plain.find(text, first + 1), std::string::npos) << plain;
  EXPECT_THAT(Run({"inspect", "--format", "json", "squashed"}).out,
              HasSubstr("\"approved_by\": \"create users\""));
  // Not what the older program has to fear.
  EXPECT_EQ(Run({"inspect", "--since", "new", "squashed"}).status, 0);
}

TEST_F(InspectCommandTest, SinceTellsWhatAnUpdateDoes) {
  const auto outcome = Run({"inspect", "--since", "old", "new"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "history `board`: from a1 to b2\n"
            "upgrade    b2  2025-01-15 14:30:22  require names  (head, "
            "unproven)\n"
            "    rebuilds `users`\n"
            "    allows drop-column-unarchived: a cache\n");
  EXPECT_EQ(outcome.err, "");
  const auto nothing = Run({"inspect", "--since", "new", "new"});
  EXPECT_EQ(nothing.status, 0);
  EXPECT_EQ(nothing.out, "history `board`: from b2 to b2\nnothing to do\n");
}

TEST_F(InspectCommandTest, SinceRefusesARewrittenHistory) {
  const auto outcome = Run({"inspect", "--since", "new", "old"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out,
            "history `board`: from b2 to a1\n"
            "rewritten  b2: it is not there any more\n");
  EXPECT_THAT(outcome.err, HasSubstr("rewrites the history of `new`"));
  const auto json =
      Run({"inspect", "--format", "json", "--since", "new", "old"});
  EXPECT_EQ(json.status, 1);
  auto value = llvm::json::parse(json.out);
  ASSERT_TRUE(static_cast<bool>(value)) << json.out;
  const auto& history =
      *(*value->getAsObject()->getArray("histories"))[0].getAsObject();
  EXPECT_EQ(
      (*history.getArray("rewritten"))[0].getAsObject()->getString("revision"),
      "b2");
}

TEST_F(InspectCommandTest, AHistoryThatIsGoneIsRefused) {
  world_.files()["other"] = File(testing::TableOf("other", testing::TwoRows()));
  const auto outcome = Run({"inspect", "--since", "old", "other"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("history `board`: is not there any more"));
  EXPECT_THAT(outcome.out, HasSubstr("history `other`: is new\nupgrade"));
}

TEST_F(InspectCommandTest, WhatIsWrongIsSaid) {
  world_.files()["text"] = "no program";
  world_.files()["bare"] = File("");
  world_.files()["broken"] = File("PALINDR\n");
  for (const auto& [file, message] :
       std::vector<std::pair<std::string, std::string>>{
           {"missing", "`missing` cannot be read"},
           {"text", "`text` cannot be read: it is no ELF"},
           {"bare", "`bare` has no compiled history"},
           {"broken", "`broken` cannot be read: the compiled history"}}) {
    for (const auto& args : std::vector<std::vector<std::string>>{
             {"inspect", file},
             {"inspect", "--since", file, "new"},
             {"inspect", "--since", "new", file}}) {
      const auto outcome = Run(args);
      EXPECT_EQ(outcome.status, 1);
      EXPECT_EQ(outcome.out, "");
      EXPECT_THAT(outcome.err, HasSubstr(message));
    }
  }
  EXPECT_EQ(Run({"inspect"}).status, 2);
  EXPECT_EQ(Run({"inspect", "--sql", "--since", "old", "new"}).status, 2);
}

// A hostile name must not reach the terminal as it is.
TEST_F(InspectCommandTest, NoControlCharacterIsPrinted) {
  auto rows = testing::TwoRows();
  rows[0].title = "red \x1b[31m";
  rows[0].up.statements[0].sql = "SELECT '\x1b'\r\nFROM t";
  rows[1].allowed = {{"\x1b", "\x07"}};
  world_.files()["hostile"] = File(testing::TableOf("b\x1b", rows));
  for (const auto& args : std::vector<std::vector<std::string>>{
           {"inspect", "--sql", "hostile"},
           {"inspect", "--since", "old", "hostile"},
           {"inspect", "--format", "json", "hostile"}}) {
    const auto outcome = Run(args);
    EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b"))) << args[1];
    EXPECT_THAT(outcome.out, Not(HasSubstr("\x07"))) << args[1];
  }
}

}  // namespace
}  // namespace palindrome::driver
