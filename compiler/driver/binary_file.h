// A file that is no text: a program, or a database.
//
// The buffer owns the bytes.
#ifndef PALINDROME_COMPILER_DRIVER_BINARY_FILE_H_
#define PALINDROME_COMPILER_DRIVER_BINARY_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/inspect/histories.h"

namespace palindrome::driver {

// Fails, naming the file, if it cannot be read or is no regular file.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> ReadBinary(
    llvm::vfs::FileSystem& file_system, const std::string& path);

// The histories in a program, at least one; they own what they hold. Fails,
// naming the file, with what one line of text can say.
llvm::Expected<std::vector<inspect::History>> ReadProgram(
    llvm::vfs::FileSystem& file_system, const std::string& path);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_BINARY_FILE_H_
