#include "compiler/source/source.h"

#include <string>

#include "gtest/gtest.h"

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace palindrome::source {
namespace {

TEST(File, ResolvesLinesAndCodePoints) {
  const File file("d/m.sql", "ab\n\xC3\xA4\xC3\xB6x\r\nlast");
  EXPECT_EQ(file.base_name(), "m.sql");
  EXPECT_EQ(file.Resolve(0).line, 1U);
  EXPECT_EQ(file.Resolve(2).column, 3U);
  EXPECT_EQ(file.Resolve(7).line, 2U);
  EXPECT_EQ(file.Resolve(7).column, 3U);
  EXPECT_EQ(file.Resolve(1000).line, 3U);
  EXPECT_EQ(file.Resolve(1000).column, 5U);
  EXPECT_EQ(file.Line(2), "\xC3\xA4\xC3\xB6x");
  EXPECT_EQ(file.Line(3), "last");
  EXPECT_EQ(file.Line(0), "");
  EXPECT_EQ(file.Line(4), "");
  EXPECT_EQ(file.text({1, 5000}).size(), file.text().size() - 1);
}

TEST(File, IsNeverWithoutALine) {
  const File file("m.sql", "");
  EXPECT_EQ(file.Resolve(0).line, 1U);
  EXPECT_EQ(file.Resolve(0).column, 1U);
  EXPECT_EQ(file.Line(1), "");
}

std::string ReadError(const std::string& text) {
  llvm::vfs::InMemoryFileSystem system;
  system.addFile("/m.sql", 0, llvm::MemoryBuffer::getMemBufferCopy(text));
  Files files;
  auto file = files.Read(system, "/m.sql");
  return file ? "" : llvm::toString(file.takeError());
}

TEST(Files, ReadsAndDropsTheByteOrderMark) {
  llvm::vfs::InMemoryFileSystem system;
  system.addFile("/m.sql", 0,
                 llvm::MemoryBuffer::getMemBufferCopy("\xEF\xBB\xBFSELECT"));
  Files files;
  auto file = files.Read(system, "/m.sql");
  ASSERT_TRUE(static_cast<bool>(file));
  EXPECT_EQ((*file)->text(), "SELECT");
  EXPECT_EQ((*file)->name(), "/m.sql");
}

TEST(FindNoText, FindsTheFirstByte) {
  EXPECT_EQ(FindNoText(""), std::nullopt);
  EXPECT_EQ(FindNoText("fine \xC3\xA4"), std::nullopt);
  EXPECT_EQ(FindNoText("a\nb\xFF"), 3U);
  EXPECT_EQ(FindNoText("a\xC3"), 1U);
  EXPECT_EQ(FindNoText(std::string("a\0b", 3)), 1U);
  EXPECT_EQ(FindNoText(std::string("\xFF\0", 2)), 0U);
}

TEST(Files, SaysWhatCannotBeRead) {
  llvm::vfs::InMemoryFileSystem system;
  Files files;
  auto file = files.Read(system, "/none.sql");
  ASSERT_FALSE(static_cast<bool>(file));
  EXPECT_EQ(llvm::toString(file.takeError()),
            "/none.sql: cannot be read: No such file or directory");
  auto folder = files.Read(*llvm::vfs::getRealFileSystem(), "/");
  ASSERT_FALSE(static_cast<bool>(folder));
  EXPECT_EQ(llvm::toString(folder.takeError()), "/: is not a file");
}

TEST(Files, RefusesHugeFiles) {
  const std::string error = ReadError(std::string((64U << 20U) + 1, ' '));
  EXPECT_EQ(error, "/m.sql: is larger than 64 MiB");
}

}  // namespace
}  // namespace palindrome::source
