// compiler/docs/commands.md: its commands say what it shows, and it tells of
// every command and option.
#include <ctime>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/StringSaver.h"

#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

std::string Document() {
  std::ifstream stream(PALINDROME_TEST_ROOT "/compiler/docs/commands.md");
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::string> SplitArguments(llvm::StringRef line) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char*> words;
  llvm::cl::TokenizeGNUCommandLine(line, saver, words);
  return {words.begin(), words.end()};
}

// Runs the commands of a block, and gives it as it should be.
std::string RunBlock(testing::World& world, llvm::StringRef block) {
  std::string text;
  llvm::SmallVector<llvm::StringRef> lines;
  block.split(lines, '\n');
  for (llvm::StringRef line : lines) {
    if (!line.consume_front("$ palindrome ")) {
      continue;
    }
    const testing::Outcome outcome = world.Run(SplitArguments(line));
    text += "$ palindrome " + line.str() + "\n" + outcome.out + outcome.err;
    if (outcome.status != kSuccess) {
      text += "exit status " + std::to_string(outcome.status) + "\n";
    }
  }
  return text;
}

constexpr std::time_t kTwoDaysLater = 1736951422 + 2 * 24 * 60 * 60;

TEST(CommandsDocTest, CommandsSayWhatItShows) {
  testing::World world;
  world.SetEditor([](std::string&) {});
  const std::string text = Document();
  llvm::StringRef rest = text;
  std::size_t blocks = 0;
  while (true) {
    rest = rest.split("\n```").second;
    if (rest.empty()) {
      break;
    }
    const auto [info, after] = rest.split('\n');
    const llvm::StringRef block = after.take_front(after.find("```\n"));
    rest = after.drop_front(block.size() + 3);
    const auto [language, name] = info.split(' ');
    if (language == "sql") {
      // What is made after the last of them is later.
      world.SetTime(kTwoDaysLater);
      world.files()["migrations/" + name.str()] = block.str();
    } else {
      ASSERT_EQ(language, "console") << "no test knows it";
      EXPECT_EQ(RunBlock(world, block), block.str());
    }
    ++blocks;
  }
  EXPECT_GE(blocks, 8U);
}

// What stands under the heading, up to the next one.
std::string Section(llvm::StringRef text, const std::string& heading) {
  const std::size_t begin = text.find("\n## " + heading + "\n");
  return begin == llvm::StringRef::npos
             ? ""
             : text.slice(begin, text.find("\n## ", begin + 1)).str();
}

TEST(CommandsDocTest, TellsOfEveryCommandAndOption) {
  const std::string text = Document();
  const std::string shared = Section(text, "Options that several have");
  ASSERT_NE(shared, "");
  const std::regex option("\n +(?:-[a-z] \\[ )?--([a-z-]+)");
  testing::World world;
  for (const char* command : {
#define PALINDROME_COMMAND(Function, Name, Summary) Name,
#include "compiler/driver/commands.def"
       }) {
    const std::string section = Section(text, "`" + std::string(command) + "`");
    EXPECT_NE(section, "") << "no section on `" << command << "`";
    const std::string help = world.Run({command, "--help"}).out;
    for (std::sregex_iterator match(help.begin(), help.end(), option), end;
         match != end; ++match) {
      const std::string name = "`--" + (*match)[1].str();
      EXPECT_TRUE(section.find(name) != std::string::npos ||
                  shared.find(name) != std::string::npos)
          << "`" << command << "` has an option " << name;
    }
  }
}

}  // namespace
}  // namespace palindrome::driver
