// What fuzzing `inspect` begins with: files of every format that can be read,
// so that a fuzzer gets past the table's version. Of another layout of the
// table they are written anew with PALINDROME_UPDATE_CORPUS=1.
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/binary_files.h"
#include "tests/support/files.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"

namespace palindrome::inspect {
namespace {

using testing::Elf;

// With all that a table can hold.
std::string Board() {
  testing::HistoryShortcut snapshot;
  snapshot.rows = {0, 2};
  snapshot.up.statements = {{0, "CREATE TABLE users (id INTEGER NOT NULL)", 0}};
  testing::HistoryShortcut squash = snapshot;
  squash.kind = table::ShortcutKind::kSquash;
  testing::HistoryBlob blob("board", testing::TwoRows(), {snapshot, squash});
  blob.row(1).squashes_from = blob.row(0).revision;
  blob.row(1).squashes_to = blob.row(1).revision;
  blob.row(1).approved_by = blob.row(0).title;
  return testing::BytesOf(blob);
}

std::map<std::string, std::string> Corpus() {
  const std::string board = Board();
  const std::string swapped = testing::SwappedBytes(board);
  const std::string shop = testing::TableOf("shop", {});
  const std::string macho = testing::MakeMachO(board);
  return {{"archive", testing::MakeArchive(
                          {{"a.o", testing::MakeCoff(board)},
                           {"b.o", testing::MakeElf(shop, Elf::k32Little)}})},
          {"coff", testing::MakeCoff(board)},
          {"elf32", testing::MakeElf(board, Elf::k32Little)},
          {"elf32_big_endian", testing::MakeElf(swapped, Elf::k32Big)},
          {"elf64", testing::MakeElf(board, Elf::k64Little)},
          {"elf64_big_endian", testing::MakeElf(swapped, Elf::k64Big)},
          {"elf_segment", testing::MakeElfSegment(board)},
          {"macho", macho},
          {"two_histories", testing::MakeElf(board + shop, Elf::k64Little)},
          {"universal", testing::MakeUniversal({macho, macho})}};
}

TEST(CorpusTest, IsOfThePresentLayout) {
  for (const auto& [name, bytes] : Corpus()) {
    EXPECT_EQ(testing::ErrorOf(bytes), "") << name;
    const std::string path =
        PALINDROME_TEST_ROOT "/tests/fuzz/corpus/inspect/" + name + ".bin";
    if (std::getenv("PALINDROME_UPDATE_CORPUS") != nullptr) {
      std::ofstream(path, std::ios::binary) << bytes;
    }
    EXPECT_TRUE(testing::ReadFile(path) == bytes)
        << path << "; write it anew with PALINDROME_UPDATE_CORPUS=1";
  }
}

}  // namespace
}  // namespace palindrome::inspect
