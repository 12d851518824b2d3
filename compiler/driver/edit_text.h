// Edits of a migration's text that leave every other byte as it is.
//
// Pure but for reading the file; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_EDIT_TEXT_H_
#define PALINDROME_COMPILER_DRIVER_EDIT_TEXT_H_

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/source/source.h"

namespace palindrome::driver {

struct TextEdit {
  source::Range range;  // Of the file's text; no two overlap.
  std::string text;     // What stands there instead.
};

// The bytes of the file as it lies on the disk, a byte-order mark included,
// with the edits made. Fails if it has changed since it was read.
llvm::Expected<std::string> EditFile(llvm::vfs::FileSystem& file_system,
                                     const source::File& file,
                                     std::vector<TextEdit> edits);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_EDIT_TEXT_H_
