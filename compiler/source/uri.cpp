#include "compiler/source/uri.h"

#include "llvm/ADT/StringExtras.h"

namespace palindrome::source {

std::string EncodePath(std::string_view path) {
  std::string encoded;
  for (const char byte : path) {
    if (llvm::isAlnum(byte) || llvm::StringRef("/-._~").contains(byte)) {
      encoded += byte;
    } else {
      const auto value = static_cast<unsigned char>(byte);
      encoded += '%';
      encoded += llvm::hexdigit(value >> 4U);
      encoded += llvm::hexdigit(value & 0xFU);
    }
  }
  return encoded;
}

}  // namespace palindrome::source
