// Histories as the compilers and linkers of this machine put them into files.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "compiler/codegen/codegen.h"
#include "runtime/src/chain.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"
#include <unistd.h>

namespace palindrome::inspect {
namespace {

namespace fs = std::filesystem;

codegen::CompiledHistory MakeHistory(const std::string& name) {
  codegen::CompiledHistory history;
  history.target = history.cpp_namespace = history.name = name;
  std::string chain;
  for (const char* revision : {"a1", "b2", "c3"}) {
    codegen::CompiledMigration migration;
    migration.revision = revision;
    migration.title = "title of " + migration.revision;
    migration.checksum = "t1:" + migration.revision;
    if (!chain.empty()) {
      migration.parents = {history.migrations.back().revision};
    }
    chain = ChainDigest(
        migration.revision, migration.checksum,
        chain.empty() ? std::vector<std::string>() : std::vector{chain});
    migration.chain = chain;
    migration.branch_labels = {"label"};
    migration.allowed = {{"rule", "reason"}};
    migration.up = {{table::kDataStatement, 7, "INSERT INTO t VALUES ('é')"}};
    migration.down.assign(3, {0, 1, "DELETE FROM t"});
    history.migrations.push_back(migration);
  }
  return history;
}

bool Has(const std::string& tool) {
  return !tool.empty() &&
         std::system(("command -v " + tool + " > /dev/null").c_str()) == 0;
}

// A folder with the sources of two histories, and tools to run in it.
class ToolchainTest : public ::testing::Test {
 protected:
  ToolchainTest() {
    fs::create_directories(folder_ / "freestanding");
    for (const char* name : {"board", "shop"}) {
      const codegen::CompiledHistory history = MakeHistory(name);
      Write(codegen::FileStem(history) + ".h",
            codegen::GenerateHeader(history));
      auto source = codegen::GenerateSource(history);
      EXPECT_TRUE(static_cast<bool>(source));
      Write(codegen::FileStem(history) + ".cpp", *source);
    }
    Write("main.cpp", "int main() {}\n");
    // What a machine without a library for the target lacks of it.
    Write("freestanding/cstddef", "#include <stddef.h>\n");
    Write("freestanding/cstdint",
          "#include <stdint.h>\nnamespace std { using ::uint32_t; }\n");
  }
  ~ToolchainTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string Bytes(const std::string& name) {
    std::ifstream stream(folder_ / name, std::ios::binary);
    EXPECT_TRUE(stream) << name;
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }
  void Run(const std::string& command) {
    const std::string line = "cd '" + folder_.string() + "' && " + command;
    ASSERT_EQ(std::system(line.c_str()), 0) << command;
  }
  void CompileFor(const std::string& target, const std::string& output) {
    Run(PALINDROME_TEST_CLANG " --target=" + target +
        " -std=c++20 -ffreestanding -nostdinc++ -Ifreestanding "
        "-fintegrated-as -I" PALINDROME_TEST_ROOT
        "/runtime/include -Wall -Wextra -Werror -c board_migrations.cpp -o " +
        output);
  }

  // The file has these histories, and each is what the compiler was given.
  void ExpectHistories(const std::string& file,
                       std::vector<std::string> names = {"board"}) {
    SCOPED_TRACE(file);
    std::vector<std::string> found;
    for (const History& history : testing::Read(Bytes(file))) {
      found.push_back(history.name());
      ASSERT_EQ(history.loaded.graph.size(), 3U);
      for (std::size_t index = 0; index < 3; ++index) {
        const codegen::CompiledMigration& expected = made_.migrations[index];
        const table::Row row = history.row(index);
        EXPECT_EQ(history.text(row.title), expected.title);
        EXPECT_EQ(history.loaded.graph.node(index).parents, expected.parents);
        const auto program =
            history.loaded.table.FindProgram(row, table::Dialect::kSqlite);
        ASSERT_TRUE(program.has_value());
        const Program up = history.loaded.table.Statements(program->up);
        ASSERT_EQ(up.statements.size(), 1U);
        EXPECT_EQ(up.statements[0].sql, expected.up[0].sql);
        EXPECT_EQ(up.statements[0].flags, expected.up[0].flags);
      }
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, names);
  }

  const codegen::CompiledHistory made_ = MakeHistory("board");
  const fs::path folder_ = fs::path(::testing::TempDir()) /
                           ("palindrome inspect " + std::to_string(getpid()));
};

// Host.
class HostTest : public ToolchainTest,
                 public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    if (!Has(GetParam())) {
      GTEST_SKIP() << "NOT TESTED: the compiler is not installed";
    }
  }
  void Build(const std::string& arguments) {
    Run(std::string(GetParam()) +
        " -std=c++20 -I" PALINDROME_TEST_ROOT "/runtime/include " + arguments);
  }
};

TEST_P(HostTest, Programs) {
  const std::string sources =
      "main.cpp board_migrations.cpp shop_migrations.cpp";
  const std::map<std::string, std::string> flags = {
      {"plain", "-O0"},
      {"pie", "-O2 -fPIE -pie"},
      {"static", "-O2 -no-pie"},
      {"sections", "-O2 -ffunction-sections -fdata-sections -Wl,--gc-sections"},
      {"stripped", "-O2 -s -Wl,--gc-sections"},
      {"debug", "-g"},
      {"library.so", "-shared -fPIC"}};
  for (const auto& [name, options] : flags) {
    Build(options + " " + sources + " -o " + name);
    ExpectHistories(name, {"board", "shop"});
  }
  Run("strip pie && strip --strip-all library.so");
  ExpectHistories("pie", {"board", "shop"});
  ExpectHistories("library.so", {"board", "shop"});
}

TEST_P(HostTest, ObjectsAndArchives) {
  Build("-c board_migrations.cpp && " + std::string(GetParam()) +
        " -std=c++20 -I" PALINDROME_TEST_ROOT
        "/runtime/include -c shop_migrations.cpp");
  ExpectHistories("board_migrations.o");
  Run("ar rc both.a board_migrations.o shop_migrations.o && ranlib both.a");
  ExpectHistories("both.a", {"board", "shop"});
  Run("ld -r -o both.o board_migrations.o shop_migrations.o");
  ExpectHistories("both.o", {"board", "shop"});
  Run("ar rcT thin.a board_migrations.o");
  EXPECT_NE(testing::ErrorOf(Bytes("thin.a")).find("thin archive"),
            std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Compilers, HostTest,
                         ::testing::Values(PALINDROME_TEST_GCC,
                                           PALINDROME_TEST_CLANG),
                         [](const auto& each) {
                           return each.index == 0 ? "Gcc" : "Clang";
                         });

// Other machines, as far as an object.
class TargetTest : public ToolchainTest,
                   public ::testing::WithParamInterface<const char*> {};

TEST_P(TargetTest, Object) {
  if (!Has(PALINDROME_TEST_CLANG)) {
    GTEST_SKIP() << "NOT TESTED: clang is not installed";
  }
  CompileFor(GetParam(), "board.o");
  ExpectHistories("board.o");
}

INSTANTIATE_TEST_SUITE_P(
    Targets, TargetTest,
    ::testing::Values("x86_64-linux-gnu", "i686-linux-gnu", "aarch64-linux-gnu",
                      "arm-linux-gnueabihf", "riscv64-linux-gnu",
                      "powerpc64-linux-gnu", "powerpc-linux-gnu",
                      "mips-linux-gnu", "s390x-linux-gnu", "sparc-linux-gnu",
                      "x86_64-apple-macos", "arm64-apple-macos",
                      "x86_64-pc-windows-msvc", "i686-pc-windows-msvc",
                      "aarch64-pc-windows-msvc", "x86_64-w64-windows-gnu",
                      "i686-w64-windows-gnu"),
    [](const auto& each) {
      std::string name = each.param;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

// Their programs, where the linkers are installed, which is not asked for.
TEST_F(ToolchainTest, WindowsProgram) {
  if (!Has("lld-link-14") || !Has(PALINDROME_TEST_CLANG)) {
    GTEST_SKIP() << "NOT TESTED: lld-link-14 is not installed";
  }
  CompileFor("x86_64-pc-windows-msvc", "board.obj");
  Run(PALINDROME_TEST_CLANG
      " --target=x86_64-pc-windows-msvc -c main.cpp -o main.obj && lld-link-14 "
      "/nodefaultlib /entry:main /subsystem:console /opt:ref main.obj "
      "board.obj /out:board.exe");
  ExpectHistories("board.exe");
}

TEST_F(ToolchainTest, MacProgram) {
  if (!Has("ld64.lld-14") || !Has(PALINDROME_TEST_CLANG)) {
    GTEST_SKIP() << "NOT TESTED: ld64.lld-14 is not installed";
  }
  CompileFor("arm64-apple-macos", "board.o");
  Run(PALINDROME_TEST_CLANG
      " --target=arm64-apple-macos -x c -c main.cpp -o main.o && ld64.lld-14 "
      "-arch "
      "arm64 -platform_version macos 11.0 11.0 -dead_strip main.o board.o -o "
      "board");
  ExpectHistories("board");
}

}  // namespace
}  // namespace palindrome::inspect
