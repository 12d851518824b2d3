// How a C++ source is compiled.
//
// A value; reading is a pure function, any thread.
#ifndef PALINDROME_COMPILER_FACTS_COMPILE_COMMAND_H_
#define PALINDROME_COMPILER_FACTS_COMPILE_COMMAND_H_

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace palindrome::facts {

struct CompileCommand {
  std::string file;       // Absolute.
  std::string directory;  // Where the compiler is called.
  // The compiler's name first; the source's among them.
  std::vector<std::string> arguments;

  bool operator==(const CompileCommand&) const = default;
};

// Of a `compile_commands.json`, as Clang's documentation of the JSON
// compilation database has it. `folder`: what its relative directories are
// relative to. Commands for one file more than once stay so.
llvm::Expected<std::vector<CompileCommand>> ReadCompileCommands(
    llvm::StringRef text, llvm::StringRef folder);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_COMPILE_COMMAND_H_
