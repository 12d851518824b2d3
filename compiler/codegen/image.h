// The table of a history in memory, as a program that is linked with it has
// it; for commands that run a history without building a program.
//
// Owns its bytes and is constant; any thread may read it.
#ifndef PALINDROME_COMPILER_CODEGEN_IMAGE_H_
#define PALINDROME_COMPILER_CODEGEN_IMAGE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "llvm/Support/Error.h"

#include "compiler/codegen/codegen.h"
#include "palindrome/migration.h"

namespace palindrome::codegen {

class TableImage {
 public:
  // Fails if the table would not fit its 32-bit offsets.
  static llvm::Expected<TableImage> Make(const CompiledHistory& history);

  // Lives as long as the image.
  History history() const {
    return {reinterpret_cast<const table::Header*>(words_.data())};
  }

 private:
  explicit TableImage(std::vector<std::uint32_t> words)
      : words_(std::move(words)) {}

  std::vector<std::uint32_t> words_;  // Aligned as the table has to be.
};

}  // namespace palindrome::codegen

#endif  // PALINDROME_COMPILER_CODEGEN_IMAGE_H_
