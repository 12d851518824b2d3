#include "tests/golden/golden_file.h"

#include <utility>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/StringSaver.h"

#include "tests/golden/cpp_reader.h"
#include "tests/golden/world.h"

namespace palindrome::testing {
namespace {

constexpr llvm::StringLiteral kMarker = "=== ";

std::string PathOf(llvm::StringRef name) {
  return name.contains('/') ? name.str() : "migrations/" + name.str();
}

std::vector<std::string> SplitArguments(llvm::StringRef line) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char*> words;
  llvm::cl::TokenizeGNUCommandLine(line, saver, words);
  return {words.begin(), words.end()};
}

// Generated C++ has tests of its own; here its name is enough.
void DescribeWritten(const std::vector<driver::OutputFile>& written,
                     std::string& text) {
  for (const driver::OutputFile& file : written) {
    const llvm::StringRef path = file.path;
    text += "wrote " + file.path;
    if (path.ends_with(".cpp") || path.ends_with(".h") ||
        file.content.empty()) {
      text += "\n";
      continue;
    }
    text += ":\n";
    llvm::SmallVector<llvm::StringRef> lines;
    llvm::StringRef(file.content).split(lines, '\n');
    if (lines.back().empty()) {
      lines.pop_back();
    }
    for (const llvm::StringRef line : lines) {
      text += (line.empty() ? "" : "    " + line.str()) + "\n";
    }
  }
}

std::string RunCommands(World& world, llvm::StringRef commands) {
  llvm::SmallVector<llvm::StringRef> lines;
  commands.split(lines, '\n', -1, /*KeepEmpty=*/false);
  std::string text;
  for (const llvm::StringRef line : lines) {
    if (lines.size() > 1) {
      text += "$ palindrome " + line.str() + "\n";
    }
    const Outcome outcome = world.Run(SplitArguments(line));
    text += outcome.out + outcome.err;
    DescribeWritten(outcome.written, text);
    for (const std::string& path : outcome.removed) {
      text += "removed " + path + "\n";
    }
    if (!text.empty() && text.back() != '\n') {
      text += '\n';
    }
    text += "exit: " + std::to_string(outcome.status) + "\n";
  }
  return text;
}

}  // namespace

GoldenFile ParseGolden(std::string_view text) {
  GoldenFile golden;
  golden.sections.emplace_back();
  llvm::StringRef rest = text;
  while (!rest.empty()) {
    const std::size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    llvm::StringRef line = rest.take_front(size);
    rest = rest.drop_front(size);
    llvm::StringRef heading = line;
    if (heading.consume_front(kMarker)) {
      golden.sections.push_back({heading.trim().str(), ""});
    } else {
      golden.sections.back().body += line;
    }
  }
  return golden;
}

std::string FormatGolden(const GoldenFile& golden) {
  std::string text;
  for (const Section& section : golden.sections) {
    if (!section.heading.empty()) {
      text += kMarker.str() + section.heading + "\n";
    }
    text += section.body;
  }
  return text;
}

GoldenFile RunGolden(const GoldenFile& golden) {
  GoldenFile result = golden;
  World world;
  world.SetReadUnits(
      [&world](llvm::ArrayRef<facts::CompileCommand> units,
               const facts::ReadOptions&) -> llvm::Expected<facts::UnitsRead> {
        facts::UnitsRead read;
        for (const facts::CompileCommand& unit : units) {
          llvm::StringRef path = unit.file;
          path.consume_front("/project/");
          read.units.emplace_back(
              ReadFewCpp(unit.file, world.files()[path.str()]));
        }
        return read;
      });
  std::string commands;
  for (Section& section : result.sections) {
    llvm::StringRef heading = section.heading;
    if (heading.empty()) {
      continue;
    }
    if (heading == "args") {
      commands = section.body;
    } else if (heading == "expect") {
      section.body = RunCommands(world, commands.empty() ? "check" : commands);
      commands.clear();
    } else if (heading.consume_front("delete ")) {
      world.files().erase(PathOf(heading));
    } else {
      world.files()[PathOf(heading)] = section.body;
    }
  }
  return result;
}

}  // namespace palindrome::testing
