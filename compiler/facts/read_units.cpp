#include "compiler/facts/read_units.h"

#include <map>
#include <utility>

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/xxhash.h"

#include "runtime/src/sha256.h"

namespace palindrome::facts {
namespace {

std::unique_ptr<llvm::MemoryBuffer> ReadBytes(const std::string& path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return buffer ? std::move(*buffer) : nullptr;
}

// The digests of files, each read once.
class Digests {
 public:
  // Empty: it cannot be read.
  const std::string& Of(const std::string& path) {
    const auto [entry, is_new] = digests_.try_emplace(path);
    if (is_new) {
      if (const auto bytes = ReadBytes(path)) {
        entry->second = Sha256Hex(bytes->getBuffer());
      }
    }
    return entry->second;
  }

 private:
  std::map<std::string, std::string> digests_;
};

// Every part with its length before it, so that no two lists are one text.
void AddTo(std::string& key, llvm::StringRef part) {
  key += std::to_string(part.size()) + ":" + part.str();
}

std::string KeyOf(const std::string& maker, const CompileCommand& command,
                  const ReadOptions& options) {
  std::string key;
  AddTo(key, maker);
  AddTo(key, command.file);
  AddTo(key, command.directory);
  AddTo(key, std::to_string(command.arguments.size()));
  for (const std::string& argument : command.arguments) {
    AddTo(key, argument);
  }
  for (const std::string& function : options.query_functions) {
    AddTo(key, function);
  }
  return Sha256Hex(key);
}

// The unit of the file, if all that it is made of is as it was.
std::optional<Unit> FindKept(const std::string& path, Digests& digests) {
  const auto bytes = ReadBytes(path);
  if (!bytes) {
    return std::nullopt;
  }
  std::optional<Unit> unit = ReadAnswer(bytes->getBuffer());
  // A header that was missing may have come.
  if (unit && !unit->errors.empty()) {
    return std::nullopt;
  }
  if (unit) {
    for (const SourceFile& file : unit->files) {
      if (file.digest != digests.Of(file.path)) {
        return std::nullopt;
      }
    }
  }
  return unit;
}

llvm::Error CallProgram(const std::string& program, const Request& request,
                        const std::string& folder) {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, "request-%%%%%%%%.json");
  int descriptor = -1;
  if (const auto error =
          llvm::sys::fs::createUniqueFile(path, descriptor, path)) {
    return llvm::errorCodeToError(error);
  }
  const auto remove =
      llvm::make_scope_exit([&] { llvm::sys::fs::remove(path); });
  {
    llvm::raw_fd_ostream out(descriptor, /*shouldClose=*/true);
    out << WriteRequest(request);
  }
  std::string message;
  const int status = llvm::sys::ExecuteAndWait(
      program, {program, path.str()}, /*Env=*/std::nullopt,
      /*Redirects=*/{}, /*SecondsToWait=*/0, /*MemoryLimit=*/0, &message);
  if (status < 0 && !message.empty()) {
    return llvm::createStringError("`" + program +
                                   "` does not run to its end: " + message);
  }
  return llvm::Error::success();
}

std::string Below(const std::string& folder, const std::string& name) {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

// Makes the folder if it is not there. Empty: files can be made in it.
std::string WhyUnwritable(const std::string& folder) {
  if (const auto error = llvm::sys::fs::create_directories(folder)) {
    return "`" + folder + "` cannot be made: " + error.message();
  }
  llvm::SmallString<256> path;
  int descriptor = -1;
  if (const auto error = llvm::sys::fs::createUniqueFile(
          Below(folder, "probe-%%%%%%%%"), descriptor, path)) {
    return "`" + folder + "` cannot be written: " + error.message();
  }
  llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true) << "";
  llvm::sys::fs::remove(path);
  return "";
}

// A new empty folder of the system.
llvm::Expected<std::string> MakeFolder() {
  llvm::SmallString<256> folder;
  if (const auto error =
          llvm::sys::fs::createUniqueDirectory("palindrome", folder)) {
    return llvm::errorCodeToError(error);
  }
  return folder.str().str();
}

}  // namespace

llvm::Expected<UnitsRead> ReadUnits(const std::string& program,
                                    llvm::ArrayRef<CompileCommand> commands,
                                    const ReadOptions& options) {
  const auto binary = ReadBytes(program);
  if (!binary) {
    return llvm::createStringError(
        "this Palindrome cannot read C++, for there is no `" + program +
        "`; it is built where Clang's development files are (libclang-19-dev "
        "and libclang-cpp19-dev on Debian)");
  }
  const std::string maker =
      std::to_string(llvm::xxh3_64bits(binary->getBuffer()));
  UnitsRead result;
  result.units.resize(commands.size());
  Digests digests;
  std::vector<std::size_t> asked;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    names.push_back(KeyOf(maker, commands[i], options) + ".unit");
    if (!options.cache.empty()) {
      result.units[i] = FindKept(Below(options.cache, names[i]), digests);
    }
    if (!result.units[i]) {
      asked.push_back(i);
    }
  }
  result.parsed = asked.size();
  if (asked.empty()) {
    return result;
  }
  std::string folder = options.cache;
  if (!folder.empty()) {
    result.not_kept = WhyUnwritable(folder);
  }
  const bool is_kept = !folder.empty() && result.not_kept.empty();
  if (!is_kept) {
    auto made = MakeFolder();
    if (!made) {
      return made.takeError();
    }
    folder = *made;
  }
  const auto clean = llvm::make_scope_exit([&] {
    if (!is_kept) {
      llvm::sys::fs::remove_directories(folder);
    }
  });
  Request request;
  request.query_functions = options.query_functions;
  for (const std::size_t i : asked) {
    const std::string path = Below(folder, names[i]);
    // What it said of other bytes is not to be taken for its answer.
    llvm::sys::fs::remove(path);
    request.units.push_back({commands[i], path});
  }
  if (auto error = CallProgram(program, request, folder)) {
    return error;
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (const auto bytes = ReadBytes(request.units[i].output)) {
      result.units[asked[i]] = ReadAnswer(bytes->getBuffer());
    }
  }
  return result;
}

}  // namespace palindrome::facts
