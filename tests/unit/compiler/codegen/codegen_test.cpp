#include "compiler/codegen/codegen.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/files.h"
#include <unistd.h>

namespace palindrome::codegen {
namespace {

namespace fs = std::filesystem;

// What a careless generator would let out of its literals.
std::vector<std::string> HostileTexts() {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) {
    every_byte += static_cast<char>(byte);
  }
  std::string long_text = "INSERT INTO t VALUES ('";
  while (long_text.size() < (1U << 20U)) {
    long_text += "0123456789\"\\?\?/\xff";
  }
  return {"SELECT \"a\", 'b' -- \\",
          ")\"; #error )delim\" R\"(x)\" R\"delim(",
          "?\?/ ?\?= ?\?( ?\?) ?\?' ?\?< ?\?! ?\?> ?\?-",
          "line\r\nline\nline\r",
          "\xff\xfe\xc0\x80 not utf-8",
          "1\n\0012\x7f\x80",
          "*/ // /* %s %n $(x) `x`",
          every_byte,
          std::string("\0\0\0", 3),
          "",
          long_text};
}

CompiledHistory HostileHistory() {
  CompiledHistory history;
  history.target = "hostile";
  history.cpp_namespace = "hostile::deep";
  history.name = "hostile \"name\"\n";
  std::uint32_t number = 0;
  for (const std::string& text : HostileTexts()) {
    CompiledMigration migration;
    migration.revision = "r" + std::to_string(number);
    migration.title = text;
    migration.documentation = text + "doc";
    migration.file_name = text;
    migration.created = "2025-01-01 00:00:00";
    migration.checksum = text + "t1";
    migration.chain = "c1:" + text;
    migration.digest_before = text;
    migration.digest_after = "s1:" + text;
    migration.squashes_from = text;
    migration.squashes_to = "to";
    migration.approved_by = text;
    if (number > 0) {
      migration.parents = {"r" + std::to_string(number - 1)};
    }
    if (number > 1) {
      migration.depends_on = {"r0"};
    }
    migration.branch_labels = {"l" + text, "label"};
    migration.allowed = {{"rule", text}, {text, "reason"}};
    migration.minimum_engine = 3035000 + number;
    migration.up = {{number % 32, 4294967295U, text}, {1, 2, text + ";"}};
    migration.down.assign(number, {3, number, "x" + text});
    migration.proof = table::Proof::kSchema;
    migration.loss = table::Loss::kSigned;
    migration.compatibility = table::kClassified | table::kBreaksWrites;
    history.migrations.push_back(migration);
    ++number;
  }
  return history;
}

// What dump.cpp writes of a history, made from the history itself.
class Dump {
 public:
  std::string Of(const CompiledHistory& history) {
    Add(history.name);
    Add(history.migrations.size());
    for (const CompiledMigration& migration : history.migrations) {
      Add(migration);
    }
    return text_;
  }

 private:
  void Add(const std::string& text) {
    text_ += std::to_string(text.size()) + ":" + text;
  }
  void Add(std::uint64_t number) { Add(std::to_string(number)); }
  void Add(const std::vector<std::string>& links) {
    Add(links.size());
    for (const std::string& link : links) {
      Add(link);
    }
  }
  void Add(const std::vector<CompiledStatement>& statements) {
    Add(statements.size());
    for (const CompiledStatement& statement : statements) {
      Add(statement.flags);
      Add(statement.line);
      Add(statement.sql);
    }
  }
  void Add(const CompiledMigration& row) {
    for (const std::string* text :
         {&row.revision, &row.title, &row.documentation, &row.file_name,
          &row.created, &row.checksum, &row.chain, &row.digest_before,
          &row.digest_after, &row.squashes_from, &row.squashes_to,
          &row.approved_by}) {
      Add(*text);
    }
    Add(row.parents);
    Add(row.depends_on);
    Add(row.branch_labels);
    Add(row.allowed.size());
    for (const auto& [rule, reason] : row.allowed) {
      Add(rule);
      Add(reason);
    }
    Add(row.minimum_engine);
    Add(row.up);
    Add(row.down);
    Add(static_cast<std::uint64_t>(row.proof));
    Add(static_cast<std::uint64_t>(row.loss));
    Add(std::uint64_t{row.compatibility});
  }

  std::string text_;
};

void WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A compiler of this machine and a folder to work in.
class CompileTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    compiler_ = GetParam();
    if (compiler_.empty()) {
      GTEST_SKIP() << "the compiler is not installed";
    }
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    std::string name = info->name();
    std::replace(name.begin(), name.end(), '/', '_');
    folder_ = fs::path(::testing::TempDir()) /
              ("palindrome codegen " + name + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) {
      fs::remove_all(folder_);
    }
  }

  void Generate(const CompiledHistory& history) {
    const std::string stem = FileStem(history);
    WriteFile(folder_ / (stem + ".h"), GenerateHeader(history));
    llvm::Expected<std::string> source = GenerateSource(history);
    ASSERT_TRUE(static_cast<bool>(source));
    WriteFile(folder_ / (stem + ".cpp"), *source);
  }

  // Runs a command in the folder; its output must be empty.
  void Run(const std::string& command) {
    const std::string line = "cd '" + folder_.string() + "' && " + command +
                             " > output.txt 2> errors.txt";
    EXPECT_EQ(std::system(line.c_str()), 0) << command;
    EXPECT_EQ(testing::ReadFile(folder_ / "errors.txt"), "") << command;
  }
  void Compile(const std::string& arguments) {
    Run(compiler_ +
        " -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror "
        "-I. -I" PALINDROME_TEST_ROOT "/runtime/include " +
        arguments);
  }
  std::string Output() { return testing::ReadFile(folder_ / "output.txt"); }

  std::string compiler_;
  fs::path folder_;
};

TEST_P(CompileTest, EveryByteArrives) {
  const CompiledHistory history = HostileHistory();
  Generate(history);
  Compile("-fno-exceptions -fno-rtti -c hostile_migrations.cpp -o table.o");
  WriteFile(folder_ / "dump.cpp",
            testing::ReadFile(PALINDROME_TEST_ROOT
                              "/tests/unit/compiler/codegen/dump.cpp.in"));
  Compile("-I" PALINDROME_TEST_ROOT " dump.cpp table.o " PALINDROME_TEST_RUNTIME
          " -o dump");
  Run("./dump");
  EXPECT_TRUE(Output() == Dump().Of(history));
}

TEST_P(CompileTest, NothingRunsAtStartAndNothingIsRelocated) {
  Generate(HostileHistory());
  for (const char* flags : {"-O0", "-O2 -fPIC",
                            "-O2 -ffunction-sections "
                            "-fdata-sections"}) {
    Compile(std::string(flags) + " -c hostile_migrations.cpp -o table.o");
    Run("nm table.o");
    EXPECT_EQ(Output().find("_GLOBAL__sub_I"), std::string::npos) << Output();
    Run("objdump -h table.o");
    EXPECT_NE(Output().find(" .palindrome "), std::string::npos);
    EXPECT_EQ(Output().find(".init_array"), std::string::npos);
    EXPECT_EQ(Output().find(".ctors"), std::string::npos);
    Run("objdump -r table.o");
    EXPECT_EQ(Output().find("FOR [.palindrome]"), std::string::npos);
  }
}

TEST_P(CompileTest, EmptyHistoriesAndUnityBuilds) {
  CompiledHistory history;
  std::string unity;
  for (const char* target : {"my-app", "my_app", "my.app", "3d"}) {
    history.target = target;
    history.cpp_namespace = "n" + std::to_string(unity.size());
    Generate(history);
    unity += std::string("#include \"") + target + "_migrations.cpp\"\n";
  }
  WriteFile(folder_ / "unity.cpp", unity);
  Compile("-c unity.cpp -o unity.o");
}

// What a program that never calls the migrator keeps in its section.
TEST_P(CompileTest, TheTableSurvivesTheLinker) {
  Generate(HostileHistory());
  WriteFile(folder_ / "main.cpp", "int main() {}\n");
  Compile(
      "-O2 -ffunction-sections -fdata-sections -Wl,--gc-sections -s "
      "main.cpp hostile_migrations.cpp -o program");
  Run("objdump -h program");
  EXPECT_NE(Output().find(" .palindrome "), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Compilers, CompileTest,
                         ::testing::Values(PALINDROME_TEST_GCC,
                                           PALINDROME_TEST_CLANG),
                         [](const auto& each) {
                           return each.index == 0 ? "Gcc" : "Clang";
                         });

TEST(CodegenTest, TheSameHistoryGivesTheSameBytes) {
  const CompiledHistory history = HostileHistory();
  EXPECT_EQ(*GenerateSource(history), *GenerateSource(history));
  EXPECT_EQ(GenerateHeader(history), GenerateHeader(history));
}

TEST(CodegenTest, EqualStringsAreStoredOnce) {
  CompiledHistory history;
  history.target = history.cpp_namespace = history.name = "app";
  CompiledMigration migration;
  migration.revision = "a1";
  migration.title = "unmistakable";
  migration.documentation = "unmistakable";
  migration.up = {{0, 1, "unmistakable"}};
  history.migrations = {migration, migration};
  const std::string source = *GenerateSource(history);
  const std::size_t first = source.find("\"unmistakable\"");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(source.find("\"unmistakable\"", first + 1), std::string::npos);
}

TEST(CodegenTest, MakesIdentifiersAsCMakeDoes) {
  EXPECT_EQ(MakeIdentifier("app"), "app");
  EXPECT_EQ(MakeIdentifier("my-app.x"), "my_app_x");
  EXPECT_EQ(MakeIdentifier("3d"), "_3d");
  EXPECT_EQ(MakeIdentifier(""), "_");
}

TEST(CodegenTest, TheHeaderDoesNotFollowTheMigrations) {
  CompiledHistory history = HostileHistory();
  const std::string before = GenerateHeader(history);
  history.migrations.pop_back();
  EXPECT_EQ(GenerateHeader(history), before);
}

}  // namespace
}  // namespace palindrome::codegen
