#include <algorithm>

#include "compiler/format/format.h"
#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"
#include "compiler/parse/parse.h"

namespace palindrome::lsp {
namespace {

// The end of the last whole line that both begin with.
std::size_t CommonBegin(std::string_view left, std::string_view right) {
  const std::size_t most = std::min(left.size(), right.size());
  std::size_t lines = 0;
  for (std::size_t at = 0; at < most && left[at] == right[at]; ++at) {
    lines = left[at] == '\n' ? at + 1 : lines;
  }
  return lines;
}

// The bytes of the whole lines that both end with.
std::size_t CommonEnd(std::string_view left, std::string_view right) {
  const std::size_t most = std::min(left.size(), right.size());
  std::size_t lines = 0;
  for (std::size_t count = 0; count < most; ++count) {
    const char byte = left[left.size() - 1 - count];
    if (byte != right[right.size() - 1 - count]) {
      break;
    }
    lines = byte == '\n' ? count : lines;
  }
  return lines;
}

}  // namespace

llvm::json::Value Formatting(const Document& document) {
  const source::File file(document.path, document.text);
  diagnostics::Emitter ignored;
  const auto text = format::Format(parse::ParseMigration(file, ignored));
  if (!text) {
    return nullptr;
  }
  if (*text == file.text()) {
    return llvm::json::Array();
  }
  const std::size_t begin = CommonBegin(file.text(), *text);
  const std::size_t end = CommonEnd(file.text().substr(begin),
                                    std::string_view(*text).substr(begin));
  const source::Range range{
      static_cast<std::uint32_t>(begin),
      static_cast<std::uint32_t>(file.text().size() - end)};
  return llvm::json::Array{llvm::json::Object{
      {"range", JsonRange(file, range)},
      {"newText", text->substr(begin, text->size() - end - begin)}}};
}

}  // namespace palindrome::lsp
