// Reads C++ of files in memory with the palindrome-clang of this build.
//
// It writes them to a folder of its own for as long as it reads.
#ifndef PALINDROME_TESTS_SUPPORT_CPP_UNITS_H_
#define PALINDROME_TESTS_SUPPORT_CPP_UNITS_H_

#include <map>
#include <string>
#include <vector>

#include "compiler/facts/read_units.h"

namespace palindrome::testing {

// The files are those of /project, where the commands find them and the answers
// have them. Headers of the runtime are found.
llvm::Expected<facts::UnitsRead> ReadUnitsInMemory(
    const std::map<std::string, std::string>& files,
    llvm::ArrayRef<facts::CompileCommand> commands);

// The units of the sources named, each read as a header.
std::vector<facts::Unit> ReadHeaders(
    const std::map<std::string, std::string>& files,
    const std::vector<std::string>& names);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_CPP_UNITS_H_
