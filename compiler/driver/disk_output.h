// The real disk as `Output`.
//
// Holds nothing; one thread at a time.
#ifndef PALINDROME_COMPILER_DRIVER_DISK_OUTPUT_H_
#define PALINDROME_COMPILER_DRIVER_DISK_OUTPUT_H_

#include "compiler/driver/environment.h"

namespace palindrome::driver {

class DiskOutput : public Output {
 public:
  // Each file is written out under a temporary name beside it, and when all
  // are, they are renamed.
  llvm::Error Write(llvm::ArrayRef<OutputFile> files) override;
  llvm::Error Create(const OutputFile& file) override;
  llvm::Error Rearrange(llvm::ArrayRef<std::string> replaced,
                        llvm::ArrayRef<OutputFile> files,
                        const OutputFile* rewritten) override;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DISK_OUTPUT_H_
