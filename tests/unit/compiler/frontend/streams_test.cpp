#include "compiler/diagnostics/streams.h"

#include <string>
#include <system_error>

#include <gtest/gtest.h>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace palindrome::diagnostics {
namespace {

class StreamsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!llvm::sys::fs::exists("/dev/full")) {
      GTEST_SKIP() << "there is no /dev/full";
    }
    ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("streams", "txt", path_));
  }
  void TearDown() override { llvm::sys::fs::remove(path_); }

  std::string Written() const {
    const auto buffer = llvm::MemoryBuffer::getFile(path_);
    return buffer ? (*buffer)->getBuffer().str() : "";
  }

  llvm::SmallString<128> path_;
  std::error_code error_;
};

TEST_F(StreamsTest, WhatIsWholeKeepsItsStatus) {
  llvm::raw_fd_ostream out("/dev/null", error_);
  llvm::raw_fd_ostream err(path_, error_);
  out << "text";
  for (const int status : {0, 1, 2}) {
    EXPECT_EQ(FinishStreams("program", out, err, status), status);
  }
  EXPECT_EQ(Written(), "");
}

TEST_F(StreamsTest, AFullDeviceIsSaid) {
  for (const int status : {0, 1, 2}) {
    llvm::raw_fd_ostream out("/dev/full", error_);
    llvm::raw_fd_ostream err(path_, error_);
    out << "text";
    EXPECT_EQ(FinishStreams("program", out, err, status),
              status == 0 ? 1 : status);
    EXPECT_EQ(Written(),
              "program: error: the output cannot be written: No space left on "
              "device\n");
  }
}

TEST_F(StreamsTest, AFullDeviceForErrorsFails) {
  llvm::raw_fd_ostream out(path_, error_);
  llvm::raw_fd_ostream err("/dev/full", error_);
  out << "text";
  err << "text";
  EXPECT_EQ(FinishStreams("program", out, err, 0), 1);
  EXPECT_EQ(Written(), "text");
}

}  // namespace
}  // namespace palindrome::diagnostics
