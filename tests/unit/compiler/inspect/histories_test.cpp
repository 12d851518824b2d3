#include "compiler/inspect/histories.h"

#include <gtest/gtest.h>

#include "tests/support/binary_files.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"

namespace palindrome::inspect {
namespace {

using testing::ErrorOf;
using testing::MakeArchive;
using testing::MakeCoff;
using testing::MakeElf;
using testing::MakeElfSegment;
using testing::MakeMachO;
using testing::MakeUniversal;
using testing::Read;

const std::string& Board() {
  static const std::string table =
      testing::TableOf("board", testing::TwoRows());
  return table;
}

void ExpectBoard(const std::string& file, const std::string& format) {
  const std::vector<History> histories = Read(file);
  ASSERT_EQ(histories.size(), 1U);
  EXPECT_EQ(histories[0].name(), "board");
  EXPECT_EQ(*histories[0].bytes, Board());
  ASSERT_EQ(histories[0].places.size(), 1U);
  EXPECT_EQ(histories[0].places[0].format, format);
}

TEST(HistoriesTest, EveryFormatIsRead) {
  const std::string swapped = testing::SwappedBytes(Board());
  ExpectBoard(MakeElf(Board(), testing::Elf::k64Little), "elf64-x86-64");
  ExpectBoard(MakeElf(Board(), testing::Elf::k32Little), "elf32-mips");
  ExpectBoard(MakeElf(swapped, testing::Elf::k32Big), "elf32-mips");
  ExpectBoard(MakeElf(swapped, testing::Elf::k64Big), "elf64-x86-64");
  ExpectBoard(MakeMachO(Board()), "Mach-O arm64");
  ExpectBoard(MakeCoff(Board()), "COFF-x86-64");
  ExpectBoard(MakeElfSegment("code" + Board() + "data"), "elf64-x86-64");
}

// What looks like a table in a segment may be a string of the program.
TEST(HistoriesTest, WithoutSectionsThereMayBeOtherThings) {
  const std::string magic(table::kMagic, sizeof(table::kMagic));
  ExpectBoard(MakeElfSegment(magic + "\1\0\0\0 no table" + magic + Board()),
              "elf64-x86-64");
  EXPECT_TRUE(Read(MakeElfSegment(magic + magic)).empty());
}

TEST(HistoriesTest, ByteOrderIsThatOfTheFile) {
  EXPECT_NE(ErrorOf(MakeElf(Board(), testing::Elf::k32Big)), "");
  EXPECT_NE(
      ErrorOf(MakeElf(testing::SwappedBytes(Board()), testing::Elf::k64Little)),
      "");
}

TEST(HistoriesTest, SeveralFollowOneAnother) {
  const std::string other = testing::TableOf("other", testing::TwoRows());
  const std::string zeros(64, '\0');
  for (const std::string& section :
       {Board() + other, Board() + zeros + other + zeros,
        zeros + Board() + other}) {
    const std::vector<History> histories =
        Read(MakeElf(section, testing::Elf::k64Little));
    ASSERT_EQ(histories.size(), 2U);
    EXPECT_EQ(histories[0].name(), "board");
    EXPECT_EQ(histories[1].name(), "other");
  }
  EXPECT_NE(ErrorOf(MakeElf(Board() + "x" + other, testing::Elf::k64Little)),
            "");
}

TEST(HistoriesTest, NoneIsNoError) {
  EXPECT_TRUE(Read(MakeElf("", testing::Elf::k64Little)).empty());
  EXPECT_TRUE(
      Read(MakeElf(std::string(9, '\0'), testing::Elf::k64Little)).empty());
  EXPECT_TRUE(Read(MakeArchive({})).empty());
}

TEST(HistoriesTest, MembersOfAnArchive) {
  const std::string archive =
      MakeArchive({{"a.o", MakeElf(Board(), testing::Elf::k64Little)},
                   {"notes.txt", "no object"},
                   {"b.o", MakeCoff(Board())},
                   {"c.o", MakeElf(testing::TableOf("other", {}),
                                   testing::Elf::k64Little)}});
  const std::vector<History> histories = Read(archive);
  ASSERT_EQ(histories.size(), 2U);
  ASSERT_EQ(histories[0].places.size(), 2U);
  EXPECT_EQ(histories[0].places[0].member, "a.o");
  EXPECT_EQ(histories[0].places[1].member, "b.o");
  EXPECT_EQ(histories[1].places[0].member, "c.o");
}

TEST(HistoriesTest, ArchitecturesOfAUniversalFile) {
  const std::string object = MakeMachO(Board());
  const std::vector<History> histories =
      Read(MakeUniversal({object, MakeArchive({{"board.o", object}})}));
  ASSERT_EQ(histories.size(), 1U);
  ASSERT_EQ(histories[0].places.size(), 2U);
  EXPECT_EQ(histories[0].places[1].member, "board.o");
}

TEST(HistoriesTest, FilesInFilesHaveAnEnd) {
  std::string file = MakeElf(Board(), testing::Elf::k64Little);
  for (int i = 0; i < 100; ++i) {
    file = MakeArchive({{"x.a", file}});
  }
  EXPECT_NE(ErrorOf(file).find("in a file"), std::string::npos);
}

TEST(HistoriesTest, WhatIsNoBinaryIsSaid) {
  EXPECT_NE(ErrorOf("").find("no ELF"), std::string::npos);
  EXPECT_NE(ErrorOf("#!/bin/sh\n").find("no ELF"), std::string::npos);
  EXPECT_NE(ErrorOf(std::string("BC\xC0\xDE", 4)).find("bitcode"),
            std::string::npos);
  EXPECT_NE(ErrorOf("!<thin>\n").find("thin archive"), std::string::npos);
}

TEST(HistoriesTest, ADamagedRowIsFound) {
  testing::HistoryBlob blob("board", testing::TwoRows());
  blob.row(1).checksum = blob.row(0).checksum;
  EXPECT_NE(ErrorOf(MakeElf(testing::BytesOf(blob), testing::Elf::k64Little))
                .find("the chain of revision `b2`"),
            std::string::npos);
  std::string bytes = Board();
  const std::string sql = "DROP TABLE users";
  bytes.replace(bytes.find(sql), sql.size(), "DROP TABLE xsers");
  EXPECT_NE(ErrorOf(MakeElf(bytes, testing::Elf::k64Little))
                .find("digest of a program"),
            std::string::npos);
}

}  // namespace
}  // namespace palindrome::inspect
