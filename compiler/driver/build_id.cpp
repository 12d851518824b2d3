#include "compiler/driver/build_id.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

namespace palindrome::driver {

namespace {

std::string OwnPath(const char* name) {
  // Its address tells some systems which file the program is.
  return llvm::sys::fs::getMainExecutable(name,
                                          reinterpret_cast<void*>(&OwnPath));
}

}  // namespace

std::string BuildId(const std::string& version, const char* name) {
  const std::string path = OwnPath(name);
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

std::string Beside(const char* name, const std::string& other) {
  const std::string own = OwnPath(name);
  llvm::SmallString<256> path(llvm::sys::path::parent_path(own));
  llvm::sys::path::append(path, other + llvm::sys::path::extension(own));
  return path.str().str();
}

}  // namespace palindrome::driver
