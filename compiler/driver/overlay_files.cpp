#include "compiler/driver/overlay_files.h"

#include "llvm/Support/MemoryBuffer.h"

namespace palindrome::driver {
namespace {

// A file system of somebody else, for one that holds counted references.
class BorrowedFiles : public llvm::vfs::FileSystem {
 public:
  explicit BorrowedFiles(llvm::vfs::FileSystem& lender) : lender_(lender) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override {
    return lender_.status(path);
  }
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(
      const llvm::Twine& path) override {
    return lender_.openFileForRead(path);
  }
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine& folder,
                                          std::error_code& error) override {
    return lender_.dir_begin(folder, error);
  }
  llvm::ErrorOr<std::string> getCurrentWorkingDirectory() const override {
    return lender_.getCurrentWorkingDirectory();
  }
  std::error_code setCurrentWorkingDirectory(
      const llvm::Twine& /*path*/) override {
    return std::make_error_code(std::errc::operation_not_permitted);
  }

 private:
  llvm::vfs::FileSystem& lender_;
};

}  // namespace

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> OverlayFiles(
    llvm::vfs::FileSystem& lender,
    const std::vector<const std::map<std::string, std::string>*>& texts) {
  auto files = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::makeIntrusiveRefCnt<BorrowedFiles>(lender));
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  // From here on relative paths mean the same in both.
  files->pushOverlay(memory);
  for (const auto* each : texts) {
    for (const auto& [path, text] : *each) {
      memory->addFile(path, /*ModificationTime=*/0,
                      llvm::MemoryBuffer::getMemBufferCopy(text));
    }
  }
  return files;
}

Environment WithFiles(const Environment& environment,
                      llvm::vfs::FileSystem& files) {
  return {files,
          environment.output,
          environment.out,
          environment.err,
          environment.version,
          environment.build_id,
          environment.now,
          environment.random_id,
          environment.make_engine,
          environment.read_database,
          environment.run_all,
          environment.run_programs,
          environment.edit_file,
          environment.use_database,
          environment.write_script,
          environment.read_units,
          environment.in};
}

}  // namespace palindrome::driver
