// Parses one translation unit with Clang, and says what is in it.
//
// A pure function of the files on the disk; any number of threads.
#ifndef PALINDROME_COMPILER_TOOLING_UNIT_H_
#define PALINDROME_COMPILER_TOOLING_UNIT_H_

#include <string>
#include <vector>

#include "compiler/facts/compile_command.h"
#include "compiler/facts/unit.h"

namespace palindrome::tooling {

struct ParseOptions {
  // Of Clang's own headers, for it is found from another program's path.
  std::string resource_dir;
  std::vector<std::string> query_functions;
};

// What cannot be parsed is among the unit's errors.
facts::Unit ParseUnit(const facts::CompileCommand& command,
                      const ParseOptions& options);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_UNIT_H_
