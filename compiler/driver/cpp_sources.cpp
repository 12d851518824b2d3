#include "compiler/driver/cpp_sources.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/binary_file.h"
#include "compiler/driver/path.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

using facts::CompileCommand;

llvm::Error Failed(const std::string& why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), why);
}

bool IsSource(llvm::StringRef path) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(path))
      .Cases(".cpp", ".cc", ".cxx", ".c++", ".C", true)
      .Cases(".cppm", ".ixx", ".mm", true)
      .Default(false);
}

bool IsC(llvm::StringRef path) {
  return llvm::sys::path::extension(path) == ".c";
}

std::string Directory(Environment& environment) {
  const auto directory = environment.file_system.getCurrentWorkingDirectory();
  return directory ? *directory : ".";
}

// Behind the other arguments: the file, as C++ whatever it is called, but for
// what is plainly C.
void AddFile(const std::string& file, CompileCommand& command) {
  if (IsC(file)) {
    command.arguments.insert(command.arguments.end(), {"-x", "c"});
  } else if (!IsSource(file)) {
    command.arguments.insert(command.arguments.end(), {"-x", "c++"});
  }
  command.arguments.push_back(file);
}

// How far it is from one file to the other, up and down through folders.
std::size_t Distance(llvm::StringRef from, llvm::StringRef to) {
  const std::size_t most = std::min(from.size(), to.size());
  std::size_t shared = 0;
  for (std::size_t i = 0; i < most && from[i] == to[i]; ++i) {
    shared = from[i] == '/' ? i + 1 : shared;
  }
  return from.drop_front(shared).count('/') + to.drop_front(shared).count('/');
}

// The source's command for another file.
CompileCommand Borrow(const CompileCommand& from, const std::string& file) {
  CompileCommand command{file, from.directory, {}};
  for (const std::string& argument : from.arguments) {
    llvm::SmallString<256> path(argument);
    llvm::sys::fs::make_absolute(from.directory, path);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    if (path != from.file && argument != "-c" && argument != "--") {
      command.arguments.push_back(argument);
    }
  }
  AddFile(file, command);
  return command;
}

llvm::Expected<std::vector<CompileCommand>> ReadDatabase(
    const std::string& folder, Environment& environment) {
  const std::string path = JoinPath(folder, "compile_commands.json");
  auto buffer = ReadBinary(environment.file_system, path);
  if (!buffer) {
    return Failed(llvm::toString(buffer.takeError()) +
                  "; CMake writes it with -D CMAKE_EXPORT_COMPILE_COMMANDS=ON, "
                  "by Ninja and Makefiles");
  }
  auto commands = facts::ReadCompileCommands((*buffer)->getBuffer(),
                                             AbsolutePath(folder, environment));
  if (!commands) {
    return Failed("`" + Printable(path) +
                  "` cannot be read: " + llvm::toString(commands.takeError()));
  }
  return commands;
}

// Its own command, or that of the nearest source.
llvm::Expected<CompileCommand> CommandOf(
    const std::string& file, const std::vector<CompileCommand>& commands) {
  const CompileCommand* nearest = nullptr;
  for (const CompileCommand& command : commands) {
    if (command.file == file) {
      return command;
    }
    if (IsSource(command.file) &&
        (nearest == nullptr ||
         Distance(command.file, file) < Distance(nearest->file, file))) {
      nearest = &command;
    }
  }
  if (nearest == nullptr) {
    return Failed(
        "no source of C++ is in the compilation database, whose command "
        "would say how `" +
        Printable(file) + "` is compiled");
  }
  return Borrow(*nearest, file);
}

// One argument a line.
llvm::Expected<std::vector<std::string>> ReadFlags(const std::string& path,
                                                   Environment& environment) {
  auto buffer = ReadBinary(environment.file_system, path);
  if (!buffer) {
    return buffer.takeError();
  }
  std::vector<std::string> flags;
  llvm::SmallVector<llvm::StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef line : lines) {
    flags.push_back(line.rtrim('\r').str());
  }
  return flags;
}

}  // namespace

std::string AbsolutePath(const std::string& path, Environment& environment) {
  llvm::SmallString<256> absolute(path);
  llvm::sys::fs::make_absolute(Directory(environment), absolute);
  llvm::sys::path::remove_dots(absolute, /*remove_dot_dot=*/true);
  return absolute.str().str();
}

void AddCppOptions(Options& options) {
  options.AddValue("build,p", "DIR",
                   "the build directory, whose compile_commands.json says how "
                   "C++ is compiled");
  options.AddValue("compile-flags", "FILE",
                   "instead of it, a file of the compiler's arguments, one a "
                   "line; they may also follow `--`");
  options.AddValue("c-flags", "FILE",
                   "the same for sources of C, which --compile-flags is for "
                   "otherwise");
  options.AddValue("cache", "DIR",
                   "where to keep what was found for the next run, if not in "
                   "the build directory");
}

std::vector<std::string> TakeCompilerArguments(
    llvm::ArrayRef<std::string>& args) {
  const auto* mark = std::find(args.begin(), args.end(), "--");
  if (mark == args.end()) {
    return {};
  }
  std::vector<std::string> taken(mark + 1, args.end());
  args = args.take_front(static_cast<std::size_t>(mark - args.begin()));
  return taken;
}

llvm::Expected<std::vector<CompileCommand>> FindCompileCommands(
    const std::vector<std::string>& named, const Options& options,
    const std::vector<std::string>& compiler_arguments,
    Environment& environment) {
  std::vector<std::string> files;
  for (const std::string& file : named) {
    if (!environment.file_system.exists(file)) {
      return Failed("there is no file `" + Printable(file) + "`");
    }
    files.push_back(AbsolutePath(file, environment));
  }
  std::vector<std::string> flags = compiler_arguments;
  if (options.Has("compile-flags")) {
    auto more = ReadFlags(options.Get("compile-flags"), environment);
    if (!more) {
      return more.takeError();
    }
    flags.insert(flags.begin(), more->begin(), more->end());
  }
  std::vector<std::string> c_flags = flags;
  if (options.Has("c-flags")) {
    auto more = ReadFlags(options.Get("c-flags"), environment);
    if (!more) {
      return more.takeError();
    }
    c_flags = std::move(*more);
  }
  std::vector<CompileCommand> result;
  if (!flags.empty()) {
    for (const std::string& file : files) {
      const auto& own = IsC(file) ? c_flags : flags;
      CompileCommand command{file, Directory(environment), {"clang++"}};
      command.arguments.insert(command.arguments.end(), own.begin(), own.end());
      AddFile(file, command);
      result.push_back(std::move(command));
    }
    return result;
  }
  if (!options.Has("build")) {
    return Failed(
        "say how the C++ is compiled: by a build directory with -p, or by the "
        "compiler's arguments after `--`");
  }
  auto commands = ReadDatabase(options.Get("build"), environment);
  if (!commands) {
    return commands.takeError();
  }
  if (files.empty()) {
    return commands;
  }
  for (const std::string& file : files) {
    auto command = CommandOf(file, *commands);
    if (!command) {
      return command.takeError();
    }
    result.push_back(std::move(*command));
  }
  return result;
}

llvm::Expected<facts::UnitsRead> ReadUnits(
    llvm::ArrayRef<CompileCommand> commands, const Options& options,
    const config::Settings& settings, Environment& environment) {
  facts::ReadOptions read;
  read.query_functions = settings.query_functions;
  read.cache = options.Get("cache");
  if (read.cache.empty() && options.Has("build")) {
    read.cache = JoinPath(options.Get("build"), "palindrome_units");
  }
  auto units = environment.read_units(commands, read);
  if (units && !units->not_kept.empty()) {
    environment.err << "palindrome: note: what Clang finds is not kept for the "
                       "next run: "
                    << Printable(units->not_kept) << '\n';
  }
  return units;
}

llvm::Expected<std::vector<facts::Unit>> ReadCpp(
    llvm::ArrayRef<CompileCommand> commands, const Options& options,
    const config::Settings& settings, Environment& environment) {
  auto found = ReadUnits(commands, options, settings, environment);
  if (!found) {
    return found.takeError();
  }
  std::vector<facts::Unit> units;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (!found->units[i]) {
      return Failed("Clang does not get through `" +
                    Printable(commands[i].file) + "`");
    }
    units.push_back(std::move(*found->units[i]));
  }
  return units;
}

CppFiles::CppFiles(Environment& environment, source::Files& files,
                   const std::vector<std::string>& named)
    : environment_(environment), files_(files) {
  for (const std::string& name : named) {
    named_.emplace(AbsolutePath(name, environment), name);
  }
}

CppFiles::Known CppFiles::Read(const std::string& path) {
  const std::string absolute = AbsolutePath(path, environment_);
  const auto name = named_.find(absolute);
  const std::string& shown = name == named_.end() ? path : name->second;
  const auto buffer = environment_.file_system.getBufferForFile(absolute);
  if (!buffer) {
    return {files_.Add(shown, ""), 0};
  }
  llvm::StringRef bytes = (*buffer)->getBuffer();
  const bool has_mark = bytes.consume_front("\xEF\xBB\xBF");
  std::string text = bytes.str();
  // A comment in another encoding hinders no compiler.
  while (const auto bad = source::FindNoText(text)) {
    text[*bad] = '?';
  }
  return {files_.Add(shown, std::move(text)), has_mark ? 3U : 0U};
}

source::Location CppFiles::Locate(const std::string& path,
                                  source::Range range) {
  const auto [entry, is_new] = known_.try_emplace(path);
  if (is_new) {
    entry->second = Read(path);
  }
  const Known& known = entry->second;
  const auto size = static_cast<std::uint32_t>(known.file->text().size());
  const auto shift = [&](std::uint32_t offset) {
    return std::min(offset - std::min(offset, known.dropped), size);
  };
  return {known.file, {shift(range.begin), shift(range.end)}};
}

}  // namespace palindrome::driver
