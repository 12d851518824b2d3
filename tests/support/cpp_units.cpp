#include "tests/support/cpp_units.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

namespace palindrome::testing {
namespace {

namespace fs = std::filesystem;

constexpr llvm::StringLiteral kProject("/project");

void Replace(std::string& text, const std::string& from,
             const std::string& to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

llvm::Expected<facts::UnitsRead> ReadUnitsInMemory(
    const std::map<std::string, std::string>& files,
    llvm::ArrayRef<facts::CompileCommand> commands) {
  llvm::SmallString<128> made;
  if (const auto error =
          llvm::sys::fs::createUniqueDirectory("palindrome-cpp", made)) {
    return llvm::errorCodeToError(error);
  }
  const std::string folder = made.str().str();
  const auto remove = llvm::make_scope_exit([&] { fs::remove_all(folder); });
  for (const auto& [name, text] : files) {
    const fs::path path = fs::path(folder) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::vector<facts::CompileCommand> moved = commands.vec();
  for (facts::CompileCommand& command : moved) {
    Replace(command.file, kProject.str(), folder);
    Replace(command.directory, kProject.str(), folder);
    for (std::string& argument : command.arguments) {
      Replace(argument, kProject.str(), folder);
    }
    command.arguments.insert(command.arguments.begin() + 1,
                             std::string("-I") + PALINDROME_TEST_INCLUDE);
  }
  auto read = facts::ReadUnits(PALINDROME_TEST_CLANG, moved, {});
  if (read) {
    for (auto& unit : read->units) {
      for (std::size_t i = 0; unit && i < unit->files.size(); ++i) {
        Replace(unit->files[i].path, folder, kProject.str());
      }
    }
  }
  return read;
}

std::vector<facts::Unit> ReadHeaders(
    const std::map<std::string, std::string>& files,
    const std::vector<std::string>& names) {
  std::vector<facts::CompileCommand> commands;
  for (const std::string& name : names) {
    const std::string path = kProject.str() + "/" + name;
    commands.push_back(
        {path, kProject.str(), {"clang++", "-std=c++20", "-x", "c++", path}});
  }
  auto read = ReadUnitsInMemory(files, commands);
  std::vector<facts::Unit> units;
  if (!read) {
    ADD_FAILURE() << llvm::toString(read.takeError());
    return units;
  }
  for (auto& unit : read->units) {
    EXPECT_TRUE(unit.has_value());
    units.push_back(unit ? std::move(*unit) : facts::Unit());
  }
  return units;
}

}  // namespace palindrome::testing
