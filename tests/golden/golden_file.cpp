#include "tests/golden/golden_file.h"

#include <algorithm>
#include <utility>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/StringSaver.h"

#include "tests/golden/cpp_reader.h"
#include "tests/support/files.h"

namespace palindrome::testing {
namespace {

constexpr llvm::StringLiteral kMarker = "=== ";

std::string PathOf(llvm::StringRef name) {
  return name.contains('/') ? name.str() : "migrations/" + name.str();
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

// The commands of a section `args`; those of none are a `check`.
std::vector<std::string> CommandsOf(llvm::StringRef body) {
  llvm::SmallVector<llvm::StringRef> lines;
  body.split(lines, '\n', -1, /*KeepEmpty=*/false);
  if (lines.empty()) {
    return {"check"};
  }
  return {lines.begin(), lines.end()};
}

// Lets the section count; true if what has come so far meets it.
bool Meet(const Section& section, FileMap& files,
          std::vector<std::string>& commands) {
  llvm::StringRef heading = section.heading;
  if (heading == "expect") {
    return true;
  }
  if (heading == "args") {
    commands = CommandsOf(section.body);
  } else if (heading.consume_front("delete ")) {
    files.erase(PathOf(heading));
  } else if (!heading.empty()) {
    files[PathOf(heading)] = section.body;
  }
  return false;
}

std::string RunCommands(World& world,
                        const std::vector<std::string>& commands) {
  std::string text;
  for (const std::string& line : commands) {
    if (commands.size() > 1) {
      text += "$ palindrome " + line + "\n";
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

std::vector<std::string> GoldenNames() {
  const std::filesystem::path root = GoldenPath("");
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".golden") {
      names.push_back(
          std::filesystem::relative(entry.path(), root).generic_string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::filesystem::path GoldenPath(const std::string& name) {
  return std::filesystem::path(PALINDROME_GOLDEN_DIRECTORY) / name;
}

std::string ReadGolden(const std::string& name) {
  return ReadFile(GoldenPath(name));
}

std::vector<std::string> SplitArguments(llvm::StringRef line) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char*> words;
  llvm::cl::TokenizeGNUCommandLine(line, saver, words);
  return {words.begin(), words.end()};
}

std::vector<Stage> StagesOf(const GoldenFile& golden) {
  std::vector<Stage> stages;
  FileMap files;
  std::vector<std::string> commands = CommandsOf("");
  for (const Section& section : golden.sections) {
    if (Meet(section, files, commands)) {
      stages.push_back(
          {files, std::exchange(commands, CommandsOf("")), section.body});
    }
  }
  return stages;
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
  std::vector<std::string> commands = CommandsOf("");
  for (Section& section : result.sections) {
    if (Meet(section, world.files(), commands)) {
      section.body =
          RunCommands(world, std::exchange(commands, CommandsOf("")));
    }
  }
  return result;
}

}  // namespace palindrome::testing
