// Documents with commands say what the commands show, and commands.md tells of
// every command and option. With PALINDROME_UPDATE_DOCS=1 in the environment
// what they show is written instead.
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "tests/golden/golden_file.h"
#include "tests/golden/world.h"
#include "tests/support/files.h"

namespace palindrome::driver {
namespace {

std::string PathOf(const std::string& name) {
  return PALINDROME_TEST_ROOT "/compiler/docs/" + name;
}

std::string Document(const std::string& name) {
  return testing::ReadFile(PathOf(name));
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
    const testing::Outcome outcome = world.Run(testing::SplitArguments(line));
    text += "$ palindrome " + line.str() + "\n" + outcome.out + outcome.err;
    if (outcome.status != kSuccess) {
      text += "exit status " + std::to_string(outcome.status) + "\n";
    }
  }
  return text;
}

constexpr std::time_t kTwoDaysLater = 1736951422 + 2 * 24 * 60 * 60;

// Runs the commands of a document; the document as it should be.
std::string RunDocument(const std::string& name, std::size_t& blocks) {
  testing::World world;
  world.SetEditor([](std::string&) {});
  const std::string text = Document(name);
  std::string result;
  llvm::StringRef rest = text;
  while (true) {
    const std::size_t fence = rest.find("\n```");
    if (fence == llvm::StringRef::npos) {
      return result + rest.str();
    }
    const std::size_t begin = rest.find('\n', fence + 1) + 1;
    const auto [language, file] = rest.slice(fence + 4, begin - 1).split(' ');
    const llvm::StringRef block =
        rest.drop_front(begin).take_front(rest.find("```\n", begin) - begin);
    result += rest.take_front(begin);
    if (language == "sql") {
      // What is made after the last of them is later.
      world.SetTime(kTwoDaysLater);
      world.files()["migrations/" + file.str()] = block.str();
      result += block;
    } else {
      EXPECT_EQ(language, "console") << "no test knows it";
      result += RunBlock(world, block);
    }
    rest = rest.drop_front(begin + block.size() + 3);
    result += "```";
    ++blocks;
  }
}

class DocumentTest : public ::testing::TestWithParam<const char*> {};

TEST_P(DocumentTest, CommandsSayWhatItShows) {
  std::size_t blocks = 0;
  const std::string text = RunDocument(GetParam(), blocks);
  EXPECT_GE(blocks, 4U);
  const char* update = std::getenv("PALINDROME_UPDATE_DOCS");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(PathOf(GetParam())) << text;
    return;
  }
  EXPECT_EQ(text, Document(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Documents, DocumentTest,
                         ::testing::Values("commands.md", "diagnostics.md"));

// What stands under the heading, up to the next one.
std::string Section(llvm::StringRef text, const std::string& heading) {
  const std::size_t begin = text.find("\n## " + heading + "\n");
  return begin == llvm::StringRef::npos
             ? ""
             : text.slice(begin, text.find("\n## ", begin + 1)).str();
}

TEST(CommandsDocTest, TellsOfEveryCommandAndOption) {
  const std::string text = Document("commands.md");
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
