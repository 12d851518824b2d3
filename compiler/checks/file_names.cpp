#include "compiler/checks/file_names.h"

#include "llvm/ADT/StringExtras.h"

namespace palindrome::checks {

llvm::StringRef TimeOf(llvm::StringRef file_name) {
  constexpr std::size_t kTimeLength = 15;
  return SlugOf(file_name).empty() ? "" : file_name.take_front(kTimeLength);
}

llvm::StringRef SlugOf(llvm::StringRef file_name) {
  constexpr std::size_t kTimeLength = 16;  // 20250115_143022_
  const llvm::StringRef time = file_name.take_front(kTimeLength);
  const llvm::StringRef slug = file_name.drop_front(time.size());
  const bool is_called_so =
      time.size() == kTimeLength && time.back() == '_' &&
      time.find_first_not_of("0123456789_") == llvm::StringRef::npos &&
      !slug.empty() && llvm::isAlpha(slug.front());
  return is_called_so ? slug : "";
}

}  // namespace palindrome::checks
