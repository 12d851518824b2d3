// Any text as a folder of another tool's migrations: files with a line
// `=== path` before each, as the golden files have them.
#include <algorithm>
#include <map>
#include <string>

#include "llvm/ADT/StringRef.h"

#include "compiler/source/source.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/import_properties.h"

namespace palindrome::importer {
namespace {

// Text, as the driver lets through no other.
std::string AsText(std::string text) {
  std::replace(text.begin(), text.end(), '\0', '0');
  if (source::FindNoText(text)) {
    std::replace_if(
        text.begin(), text.end(),
        [](char byte) { return static_cast<unsigned char>(byte) >= 0x80U; },
        'x');
  }
  return text;
}

ForeignFolder FolderOf(llvm::StringRef text) {
  std::map<std::string, std::string> files;
  std::string* file = nullptr;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    llvm::StringRef line = text.take_front(size);
    text = text.drop_front(size);
    llvm::StringRef path = line;
    if (path.consume_front("=== ") && !path.trim("\r\n/").empty()) {
      file = &files[path.trim("\r\n/").str()];
    } else if (file != nullptr) {
      *file += line;
    }
  }
  ForeignFolder folder;
  for (const auto& [path, content] : files) {
    folder.push_back({path, content});
  }
  return folder;
}

}  // namespace
}  // namespace palindrome::importer

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using palindrome::importer::AsText;
  using palindrome::importer::FolderOf;
  palindrome::fuzz::RequireNone(palindrome::testing::FindImportFault(
      FolderOf(AsText(palindrome::fuzz::TextOf(bytes, size)))));
  return 0;
}
