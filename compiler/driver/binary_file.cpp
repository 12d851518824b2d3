#include "compiler/driver/binary_file.h"

#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

llvm::Error Failed(const std::string& path, const std::string& what) {
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(),
      "`" + Printable(path) + "` " + Printable(what));
}

}  // namespace

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> ReadBinary(
    llvm::vfs::FileSystem& file_system, const std::string& path) {
  const auto status = file_system.status(path);
  if (!status) {
    return Failed(path, "cannot be read: " + status.getError().message());
  }
  if (!status->isRegularFile()) {
    return Failed(path, "is no regular file");
  }
  auto buffer = file_system.getBufferForFile(path, /*FileSize=*/-1,
                                             /*RequiresNullTerminator=*/false);
  if (!buffer) {
    return Failed(path, "cannot be read: " + buffer.getError().message());
  }
  return std::move(*buffer);
}

llvm::Expected<std::vector<inspect::History>> ReadProgram(
    llvm::vfs::FileSystem& file_system, const std::string& path) {
  auto buffer = ReadBinary(file_system, path);
  if (!buffer) {
    return buffer.takeError();
  }
  auto histories = inspect::ReadHistories((*buffer)->getMemBufferRef());
  if (!histories) {
    return Failed(path,
                  "cannot be read: " + llvm::toString(histories.takeError()));
  }
  if (histories->empty()) {
    return Failed(path,
                  "has no compiled history; a program that is linked with one "
                  "has it in its section `.palindrome`");
  }
  return histories;
}

}  // namespace palindrome::driver
