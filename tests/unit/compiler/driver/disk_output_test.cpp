#include "compiler/driver/disk_output.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/files.h"
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace palindrome::driver {
namespace {

namespace fs = std::filesystem;

class DiskOutputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("palindrome disk ") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name() +
               std::to_string(getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const {
    return (folder_ / name).string();
  }
  std::string Read(const std::string& name) const {
    return testing::ReadFile(folder_ / name);
  }
  std::size_t CountFiles() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  fs::path folder_;
  DiskOutput output_;
};

TEST_F(DiskOutputTest, WritesAndReplacesFilesInNewFolders) {
  const std::string content("a\r\n\0b", 5);
  ASSERT_FALSE(
      output_.Write({{Path("new/deep/a"), content}, {Path("new/b"), ""}}));
  EXPECT_EQ(Read("new/deep/a"), content);
  EXPECT_EQ(Read("new/b"), "");
  ASSERT_FALSE(output_.Write(OutputFile{Path("new/deep/a"), "two"}));
  EXPECT_EQ(Read("new/deep/a"), "two");
  EXPECT_EQ(CountFiles(), 2U);
}

TEST_F(DiskOutputTest, TwoProcessesMayWriteTheFileThatAnotherReads) {
  const std::string kContents[] = {std::string(100'000, 'a'),
                                   std::string(70'000, 'b')};
  ASSERT_FALSE(output_.Write(OutputFile{Path("kept"), kContents[0]}));
  std::vector<pid_t> writers;
  for (const std::string& content : kContents) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      bool failed = false;
      for (int i = 0; i < 50; ++i) {
        if (output_.Write(OutputFile{Path("kept"), content})) {
          failed = true;
        }
      }
      _exit(failed ? 1 : 0);
    }
    writers.push_back(child);
  }
  for (int i = 0; i < 50; ++i) {
    const std::string read = Read("kept");
    EXPECT_TRUE(read == kContents[0] || read == kContents[1]) << read.size();
  }
  for (const pid_t writer : writers) {
    int status = -1;
    EXPECT_EQ(waitpid(writer, &status, 0), writer);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(CountFiles(), 1U);
}

TEST_F(DiskOutputTest, WhatItMakesHasTheRightsOfAnyNewFile) {
  ASSERT_FALSE(output_.Write(OutputFile{Path("d/a"), ""}));
  std::ofstream(folder_ / "d" / "plain") << "";
  fs::create_directory(folder_ / "folder");
  EXPECT_EQ(fs::status(Path("d/a")).permissions(),
            fs::status(Path("d/plain")).permissions());
  EXPECT_EQ(fs::status(Path("d")).permissions(),
            fs::status(Path("folder")).permissions());
}

// Of a file that a person keeps.
std::string FailureOf(DiskOutput& output, const std::string& path) {
  return llvm::toString(
      output.Write(OutputFile{path, "new", /*is_edit=*/true}));
}

TEST_F(DiskOutputTest, AnEditedFileStaysTheSameFile) {
  ASSERT_FALSE(output_.Write(OutputFile{Path("a"), "old"}));
  fs::permissions(Path("a"), fs::perms(0640));
  fs::create_symlink("a", Path("link"));
  struct stat before = {};
  const bool is_root = geteuid() == 0;
  if (is_root) {
    ASSERT_EQ(chown(Path("a").c_str(), 1234, 4321), 0);
  }
  ASSERT_EQ(stat(Path("a").c_str(), &before), 0);
  EXPECT_EQ(FailureOf(output_, Path("link")), "");
  EXPECT_EQ(Read("a"), "new");
  EXPECT_TRUE(fs::is_symlink(Path("link")));
  struct stat after = {};
  ASSERT_EQ(stat(Path("a").c_str(), &after), 0);
  EXPECT_EQ(after.st_mode, before.st_mode);
  EXPECT_EQ(after.st_uid, before.st_uid);
  EXPECT_EQ(after.st_gid, before.st_gid);
}

TEST_F(DiskOutputTest, AnEditTearsNoHardLink) {
  ASSERT_FALSE(output_.Write(OutputFile{Path("a"), "old"}));
  fs::create_hard_link(Path("a"), Path("b"));
  EXPECT_EQ(FailureOf(output_, Path("b")),
            "`" + Path("b") +
                "` cannot be written: it has other names (hard links), which "
                "would keep the old text; make a copy of it in its place");
  EXPECT_EQ(Read("b"), "old");
  EXPECT_EQ(CountFiles(), 2U);
  // A generated file is made anew.
  ASSERT_FALSE(output_.Write(OutputFile{Path("b"), "new"}));
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(Read("b"), "new");
}

TEST_F(DiskOutputTest, AnEditLeavesAReadOnlyFileAlone) {
  ASSERT_FALSE(output_.Write({{Path("a"), "old"}, {Path("b"), "old"}}));
  fs::permissions(Path("b"), fs::perms(0444));
  EXPECT_EQ(FailureOf(output_, Path("b")),
            "`" + Path("b") + "` cannot be written: it is read-only");
  EXPECT_NE(llvm::toString(output_.Write(
                {{Path("a"), "new", true}, {Path("b"), "new", true}})),
            "");
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(Read("b"), "old");
  EXPECT_EQ(CountFiles(), 2U);
}

TEST_F(DiskOutputTest, WhatDoesNotFitIsSaidAndLeavesNothing) {
  ASSERT_FALSE(output_.Write(OutputFile{Path("a"), "old"}));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {1000, 1000};
    const bool is_limited = setrlimit(RLIMIT_FSIZE, &limit) == 0;
    const std::string failure = llvm::toString(output_.Write(
        OutputFile{Path("a"), std::string(100'000, 'x'), /*is_edit=*/true}));
    _exit(is_limited && failure == "`" + Path("a") +
                                       "` cannot be written: File too large"
              ? 0
              : 1);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(CountFiles(), 1U);
}

TEST_F(DiskOutputTest, AFailureLeavesNothingBehind) {
  ASSERT_FALSE(output_.Write(OutputFile{Path("a"), "old"}));
  // A file stands where a folder would have to be.
  llvm::Error error = output_.Write(
      {{Path("a"), "new"}, {Path("b"), "new"}, {Path("a/c"), ""}});
  ASSERT_TRUE(static_cast<bool>(error));
  EXPECT_NE(llvm::toString(std::move(error)).find(Path("a/c")),
            std::string::npos);
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(CountFiles(), 1U);
}

TEST_F(DiskOutputTest, AFolderInTheWayLeavesEverythingAsItWas) {
  ASSERT_FALSE(output_.Write(OutputFile{Path("a.h"), "old"}));
  fs::create_directory(folder_ / "a.cpp");
  llvm::Error error =
      output_.Write({{Path("a.h"), "new"}, {Path("a.cpp"), "new"}});
  ASSERT_TRUE(static_cast<bool>(error));
  EXPECT_EQ(llvm::toString(std::move(error)),
            "`" + Path("a.cpp") + "` cannot be written: it is a directory");
  EXPECT_EQ(Read("a.h"), "old");
  EXPECT_EQ(CountFiles(), 1U);
}

TEST_F(DiskOutputTest, CreateNeverReplaces) {
  ASSERT_FALSE(output_.Create({Path("d/a"), "one"}));
  llvm::Error error = output_.Create({Path("d/a"), "two"});
  ASSERT_TRUE(static_cast<bool>(error));
  EXPECT_EQ(llvm::toString(std::move(error)),
            "`" + Path("d/a") + "` exists already");
  EXPECT_EQ(Read("d/a"), "one");
}

class ReplaceTest : public DiskOutputTest {
 protected:
  void SetUp() override {
    DiskOutputTest::SetUp();
    ASSERT_FALSE(output_.Write({{Path("a"), "old a"}, {Path("b"), "old b"}}));
  }
  void ExpectAllAsBefore() {
    EXPECT_EQ(Read("a"), "old a");
    EXPECT_EQ(Read("b"), "old b");
    EXPECT_EQ(CountFiles(), 2U);
  }
};

TEST_F(ReplaceTest, NewFilesStandInThePlaceOfOldOnes) {
  ASSERT_FALSE(output_.Replace({Path("a"), Path("b")},
                               {{Path("c"), "new c"}, {Path("d/e"), "new e"}}));
  EXPECT_EQ(Read("c"), "new c");
  EXPECT_EQ(Read("d/e"), "new e");
  EXPECT_EQ(CountFiles(), 2U);
}

TEST_F(ReplaceTest, WhatExistsStays) {
  for (const char* name : {"b", "a"}) {
    llvm::Error error =
        output_.Replace({Path("a")}, {{Path("c"), "new"}, {Path(name), "new"}});
    ASSERT_TRUE(static_cast<bool>(error));
    EXPECT_EQ(llvm::toString(std::move(error)),
              "`" + Path(name) + "` exists already");
    ExpectAllAsBefore();
  }
}

TEST_F(ReplaceTest, WhatIsRewrittenComesLast) {
  const OutputFile rewritten = {Path("b"), "new b"};
  ASSERT_FALSE(
      output_.Rearrange({Path("a")}, {{Path("c"), "new c"}}, &rewritten));
  EXPECT_EQ(Read("c"), "new c");
  EXPECT_EQ(Read("b"), "new b");
  EXPECT_EQ(CountFiles(), 2U);
}

TEST_F(ReplaceTest, WhatIsRewrittenStaysWhereTheRestFails) {
  const OutputFile rewritten = {Path("b"), "new b"};
  for (const char* name : {"c", "b/d"}) {
    llvm::Error error = output_.Rearrange({Path("a"), Path("gone")},
                                          {{Path(name), "new"}}, &rewritten);
    ASSERT_TRUE(static_cast<bool>(error));
    llvm::consumeError(std::move(error));
    ExpectAllAsBefore();
  }
}

TEST_F(ReplaceTest, TheRestStaysWhereThatCannotBeWritten) {
  const OutputFile rewritten = {Path("b/e"), "new"};
  llvm::Error error =
      output_.Rearrange({Path("a")}, {{Path("c"), "new"}}, &rewritten);
  ASSERT_TRUE(static_cast<bool>(error));
  llvm::consumeError(std::move(error));
  ExpectAllAsBefore();
}

TEST_F(ReplaceTest, AFailureLeavesAllAsItWas) {
  // One of the old files is gone.
  llvm::Error error = output_.Replace({Path("a"), Path("gone"), Path("b")},
                                      {{Path("c"), "new"}});
  ASSERT_TRUE(static_cast<bool>(error));
  EXPECT_NE(llvm::toString(std::move(error)).find(Path("gone")),
            std::string::npos);
  ExpectAllAsBefore();
  // One of the new ones cannot be made.
  error =
      output_.Replace({Path("a")}, {{Path("c"), "new"}, {Path("b/d"), "new"}});
  ASSERT_TRUE(static_cast<bool>(error));
  llvm::consumeError(std::move(error));
  ExpectAllAsBefore();
}

}  // namespace
}  // namespace palindrome::driver
