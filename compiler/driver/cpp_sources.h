// The C++ that a command reads: which files, how they are compiled, and what
// Clang finds in them.
//
// One thread; the program that has Clang uses all cores.
#ifndef PALINDROME_COMPILER_DRIVER_CPP_SOURCES_H_
#define PALINDROME_COMPILER_DRIVER_CPP_SOURCES_H_

#include <map>
#include <string>
#include <vector>

#include "compiler/config/settings.h"
#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "compiler/source/source.h"

namespace palindrome::driver {

// --build, --compile-flags and --cache.
void AddCppOptions(Options& options);

// What stands behind `--`, for the compiler, which is taken off the arguments.
std::vector<std::string> TakeCompilerArguments(
    llvm::ArrayRef<std::string>& args);

// How the files are compiled, by the options or the compiler's arguments; each
// source of the compilation database if none is named. A header is compiled as
// the source that is nearest to it. Fails, with the reason.
llvm::Expected<std::vector<facts::CompileCommand>> FindCompileCommands(
    const std::vector<std::string>& named, const Options& options,
    const std::vector<std::string>& compiler_arguments,
    Environment& environment);

// Units of the commands, each parsed once for all that is asked of it. Fails
// where there is no Clang.
llvm::Expected<facts::UnitsRead> ReadUnits(
    llvm::ArrayRef<facts::CompileCommand> commands, const Options& options,
    const config::Settings& settings, Environment& environment);

// The same, each complete.
llvm::Expected<std::vector<facts::Unit>> ReadCpp(
    llvm::ArrayRef<facts::CompileCommand> commands, const Options& options,
    const config::Settings& settings, Environment& environment);

// C++ files as places of diagnostics have them, each read once.
class CppFiles {
 public:
  // `named`: the paths as the user wrote them, which messages show.
  CppFiles(Environment& environment, source::Files& files,
           const std::vector<std::string>& named);

  source::Location Locate(const std::string& path, source::Range range);

 private:
  struct Known {
    const source::File* file = nullptr;
    std::uint32_t dropped = 0;  // Bytes of a mark before the text.
  };
  Known Read(const std::string& path);

  Environment& environment_;
  source::Files& files_;
  std::map<std::string, std::string> named_;  // By absolute path.
  std::map<std::string, Known> known_;
};

std::string AbsolutePath(const std::string& path, Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_CPP_SOURCES_H_
