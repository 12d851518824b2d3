// Files that are cut off or have a byte that is another: an error, or a history
// that is sound, and never more than the file holds.
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/Support/Endian.h"

#include "tests/support/binary_files.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"

namespace palindrome::inspect {
namespace {

struct Sample {
  const char* name;
  std::string bytes;
};

std::vector<Sample> Samples() {
  const std::string board = testing::TableOf("board", testing::TwoRows());
  const std::string swapped = testing::SwappedBytes(board);
  const std::string macho = testing::MakeMachO(board);
  return {
      {"Elf64", testing::MakeElf(board, testing::Elf::k64Little)},
      {"Elf32BigEndian", testing::MakeElf(swapped, testing::Elf::k32Big)},
      {"Segment", testing::MakeElfSegment(board)},
      {"MachO", macho},
      {"Coff", testing::MakeCoff(board)},
      {"Archive",
       testing::MakeArchive(
           {{"a.o", testing::MakeElf(board, testing::Elf::k32Little)},
            {"b.o", testing::MakeCoff(board)}})},
      {"Universal", testing::MakeUniversal({macho, macho})},
  };
}

// Reads it in a buffer of its own, so that a sanitizer sees what reads past.
void ReadExactly(const std::string& bytes) {
  const std::vector<char> exact(bytes.begin(), bytes.end());
  auto histories = ReadHistories(
      llvm::MemoryBufferRef({exact.data(), exact.size()}, "program"));
  if (!histories) {
    EXPECT_NE(llvm::toString(histories.takeError()), "");
    return;
  }
  std::size_t total = 0;
  for (const History& history : *histories) {
    total += history.bytes->size();
  }
  EXPECT_LE(total, bytes.size());
}

class HostileTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(HostileTest, AnyBeginningOfIt) {
  const std::string bytes = Samples()[GetParam()].bytes;
  ASSERT_EQ(testing::ErrorOf(bytes), "");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ReadExactly(bytes.substr(0, size));
  }
}

TEST_P(HostileTest, AnyByteOfItIsAnother) {
  const std::string bytes = Samples()[GetParam()].bytes;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char byte : {'\x00', '\x01', '\x7F', '\x80', '\xFF'}) {
      std::string spoilt = bytes;
      spoilt[at] = byte;
      ReadExactly(spoilt);
    }
  }
}

TEST_P(HostileTest, AnyWordOfItIsHuge) {
  const std::string bytes = Samples()[GetParam()].bytes;
  for (std::size_t at = 0; at + sizeof(std::uint32_t) <= bytes.size(); ++at) {
    for (const std::uint32_t word : {0xFFFFFFFFU, 0x7FFFFFFFU, 0x10000U}) {
      std::string spoilt = bytes;
      llvm::support::endian::write32le(&spoilt[at], word);
      ReadExactly(spoilt);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, HostileTest,
                         ::testing::Range<std::size_t>(0, 7),
                         [](const auto& each) {
                           return std::string(Samples()[each.param].name);
                         });

// Tables that lie in one another would multiply what a small file costs.
TEST(HostileFileTest, HistoriesInOneAnotherAreRefused) {
  const std::string board = testing::TableOf("board", testing::TwoRows());
  std::string nested = board;
  for (int i = 0; i < 4; ++i) {
    testing::HistoryRow row;
    row.revision = "a1";
    row.title = nested;
    nested = testing::TableOf("board", testing::Chained({row}));
  }
  EXPECT_EQ(
      testing::Read(testing::MakeElf(nested, testing::Elf::k64Little)).size(),
      1U);
  // Without sections each may begin anywhere, and the file is paid for once.
  EXPECT_EQ(testing::Read(testing::MakeElfSegment(nested)).size(), 1U);
}

TEST(HostileFileTest, AMillionArchitecturesAreRefused) {
  std::string bytes = testing::MakeUniversal({});
  bytes.replace(4, 4, std::string("\0\x0F\x42\x40", 4));
  bytes.resize(20'000'008);
  EXPECT_NE(testing::ErrorOf(bytes), "");
}

}  // namespace
}  // namespace palindrome::inspect
