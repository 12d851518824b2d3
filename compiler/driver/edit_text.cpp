#include "compiler/driver/edit_text.h"

#include <algorithm>

#include "llvm/Support/MemoryBuffer.h"

namespace palindrome::driver {

llvm::Expected<std::string> EditFile(llvm::vfs::FileSystem& file_system,
                                     const source::File& file,
                                     std::vector<TextEdit> edits) {
  const auto buffer = file_system.getBufferForFile(
      file.name(), /*FileSize=*/-1, /*RequiresNullTerminator=*/false,
      /*IsVolatile=*/true);
  if (!buffer) {
    return llvm::createStringError("`%s` cannot be read: %s",
                                   file.name().c_str(),
                                   buffer.getError().message().c_str());
  }
  std::string bytes = (*buffer)->getBuffer().str();
  const std::string text(file.text());
  if (!llvm::StringRef(bytes).ends_with(text)) {
    return llvm::createStringError("`%s` has changed meanwhile; try again",
                                   file.name().c_str());
  }
  const std::size_t mark = bytes.size() - text.size();
  // From the end, so that the ranges before stay right.
  std::sort(edits.begin(), edits.end(),
            [](const TextEdit& one, const TextEdit& other) {
              return one.range.begin > other.range.begin;
            });
  for (const TextEdit& edit : edits) {
    bytes.replace(mark + edit.range.begin, edit.range.end - edit.range.begin,
                  edit.text);
  }
  return bytes;
}

}  // namespace palindrome::driver
