// Texts in memory over the files of somebody else.
//
// Borrows the file system and what the environment refers to; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_OVERLAY_FILES_H_
#define PALINDROME_COMPILER_DRIVER_OVERLAY_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"

namespace palindrome::driver {

// The files of `lender` with the texts, which are by path, in place of them.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> OverlayFiles(
    llvm::vfs::FileSystem& lender,
    const std::vector<const std::map<std::string, std::string>*>& texts);

// The environment with other files.
Environment WithFiles(const Environment& environment,
                      llvm::vfs::FileSystem& files);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_OVERLAY_FILES_H_
