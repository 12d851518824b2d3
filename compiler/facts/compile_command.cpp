#include "compiler/facts/compile_command.h"

#include <optional>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

namespace palindrome::facts {
namespace {

std::string Absolute(llvm::StringRef path, llvm::StringRef folder) {
  llvm::SmallString<256> absolute(path);
  llvm::sys::fs::make_absolute(folder, absolute);
  llvm::sys::path::remove_dots(absolute, /*remove_dot_dot=*/true);
  return absolute.str().str();
}

std::vector<std::string> Split(llvm::StringRef command) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<const char*, 32> words;
  if (llvm::Triple(llvm::sys::getProcessTriple()).isOSWindows()) {
    llvm::cl::TokenizeWindowsCommandLine(command, saver, words);
  } else {
    llvm::cl::TokenizeGNUCommandLine(command, saver, words);
  }
  return {words.begin(), words.end()};
}

std::optional<CompileCommand> ReadCommand(const llvm::json::Value& value,
                                          llvm::StringRef folder) {
  const llvm::json::Object* object = value.getAsObject();
  if (object == nullptr) {
    return std::nullopt;
  }
  const auto directory = object->getString("directory");
  const auto file = object->getString("file");
  if (!directory || !file) {
    return std::nullopt;
  }
  CompileCommand command;
  command.directory = Absolute(*directory, folder);
  command.file = Absolute(*file, command.directory);
  if (const llvm::json::Array* arguments = object->getArray("arguments")) {
    for (const llvm::json::Value& argument : *arguments) {
      const auto text = argument.getAsString();
      if (!text) {
        return std::nullopt;
      }
      command.arguments.push_back(text->str());
    }
  } else if (const auto line = object->getString("command")) {
    command.arguments = Split(*line);
  }
  if (command.arguments.empty()) {
    return std::nullopt;
  }
  return command;
}

}  // namespace

llvm::Expected<std::vector<CompileCommand>> ReadCompileCommands(
    llvm::StringRef text, llvm::StringRef folder) {
  auto value = llvm::json::parse(text);
  if (!value) {
    return value.takeError();
  }
  const llvm::json::Array* entries = value->getAsArray();
  if (entries == nullptr) {
    return llvm::createStringError("it is no list of compile commands");
  }
  std::vector<CompileCommand> commands;
  for (const llvm::json::Value& entry : *entries) {
    auto command = ReadCommand(entry, folder);
    if (!command) {
      return llvm::createStringError(
          "entry %zu is no compile command; it has a `directory`, a `file`, "
          "and `arguments` or a `command`",
          commands.size() + 1);
    }
    commands.push_back(std::move(*command));
  }
  return commands;
}

}  // namespace palindrome::facts
