#include "compiler/driver/build_id.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

namespace palindrome::driver {

std::string BuildId(const std::string& version, const char* name) {
  // Its address tells some systems which file the program is.
  const std::string path =
      llvm::sys::fs::getMainExecutable(name, reinterpret_cast<void*>(&BuildId));
  const auto program =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                  /*RequiresNullTerminator=*/false);
  if (!program) {
    return "";
  }
  const auto digest =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef((*program)->getBuffer()));
  return version + " " + llvm::utohexstr(digest.high64) + " " +
         llvm::utohexstr(digest.low64);
}

}  // namespace palindrome::driver
