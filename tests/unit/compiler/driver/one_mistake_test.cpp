// One mistake gives one error: each token of the example's migrations is left
// out, written twice or misspelt, one at a time.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/ADT/StringRef.h"

#include "compiler/driver/environment.h"
#include "runtime/src/sql_lexer.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::FileMap;
using testing::World;

// The example's history; not its lock file, under which each would be an edit.
FileMap Migrations() {
  FileMap files;
  for (const auto& entry : std::filesystem::directory_iterator(
           PALINDROME_TEST_ROOT "/migrations")) {
    if (entry.path().extension() == ".sql") {
      std::ifstream stream(entry.path(), std::ios::binary);
      std::ostringstream text;
      text << stream.rdbuf();
      files["migrations/" + entry.path().filename().string()] = text.str();
    }
  }
  return files;
}

std::vector<sql::Token> TokensOf(std::string_view text) {
  std::vector<sql::Token> tokens;
  std::uint32_t at = 0;
  while (true) {
    const sql::Token token = sql::NextToken(text, at);
    if (token.kind == sql::TokenKind::kEnd) {
      return tokens;
    }
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind != sql::TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
}

enum class Mistake { kLeftOut, kTwice, kMisspelt };

constexpr const char* kMistakes[] = {"left out", "twice", "misspelt"};

// Two letters change places.
std::string Misspell(std::string_view spelling) {
  std::string wrong(spelling);
  for (std::size_t i = 1; i + 1 < wrong.size(); ++i) {
    if (wrong[i] != wrong[i + 1] && wrong[i] != '\'' && wrong[i + 1] != '\'') {
      std::swap(wrong[i], wrong[i + 1]);
      break;
    }
  }
  return wrong;
}

std::string Make(const std::string& text, const sql::Token& token,
                 Mistake mistake) {
  std::string instead(token.spelling);
  switch (mistake) {
    case Mistake::kLeftOut:
      instead = " ";
      break;
    case Mistake::kTwice:
      instead += " " + instead;
      break;
    case Mistake::kMisspelt:
      instead = Misspell(instead);
      break;
  }
  return std::string(text).replace(token.offset, token.spelling.size(),
                                   instead);
}

std::size_t ErrorsIn(const std::string& report) {
  std::size_t errors = 0;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(report).split(lines, '\n');
  for (const llvm::StringRef line : lines) {
    errors += line.contains(": error: ") ? 1 : 0;
  }
  return errors;
}

class OneMistakeTest : public ::testing::TestWithParam<int> {};

constexpr int kParts = 4;

TEST_P(OneMistakeTest, GivesOneError) {
  World world;
  world.files() = Migrations();
  ASSERT_EQ(world.Run({"check", "--cache", "kept"}).status, kSuccess);
  const FileMap kKept = world.files();
  std::size_t mistakes = 0;
  std::size_t found = 0;
  int number = 0;
  for (const auto& [path, text] : Migrations()) {
    for (const sql::Token& token : TokensOf(text)) {
      for (const Mistake mistake :
           {Mistake::kLeftOut, Mistake::kTwice, Mistake::kMisspelt}) {
        const std::string wrong = Make(text, token, mistake);
        if (wrong == text || number++ % kParts != GetParam()) {
          continue;
        }
        world.files() = kKept;
        world.files()[path] = wrong;
        const std::string report = world.Run({"check", "--cache", "kept"}).err;
        const std::size_t errors = ErrorsIn(report);
        ++mistakes;
        found += errors > 0 ? 1 : 0;
        EXPECT_LE(errors, 1U)
            << path << ": `" << token.spelling << "` at " << token.offset
            << " is " << kMistakes[static_cast<int>(mistake)] << "\n"
            << report;
      }
    }
  }
  // The rest is valid, such as an index of another name.
  EXPECT_GE(mistakes, 300U);
  EXPECT_GE(found * 100, mistakes * 80);
}

INSTANTIATE_TEST_SUITE_P(Parts, OneMistakeTest, ::testing::Range(0, kParts));

}  // namespace
}  // namespace palindrome::driver
