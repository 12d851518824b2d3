#include "compiler/source/source.h"

#include <algorithm>
#include <utility>

#include "llvm/ADT/Twine.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace palindrome::source {

namespace {

constexpr std::uint64_t kMaximumSize = 64U << 20U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

llvm::Error Failure(const llvm::Twine& message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

// The offset of the first byte that is not part of valid UTF-8.
std::size_t FindInvalidUtf8(std::string_view text) {
  const auto* begin = reinterpret_cast<const llvm::UTF8*>(text.data());
  const llvm::UTF8* place = begin;
  llvm::isLegalUTF8String(&place, begin + text.size());
  return static_cast<std::size_t>(place - begin);
}

}  // namespace

std::optional<std::uint32_t> FindNoText(std::string_view text) {
  const std::size_t place = std::min(FindInvalidUtf8(text), text.find('\0'));
  return place < text.size() ? std::optional(static_cast<std::uint32_t>(place))
                             : std::nullopt;
}

bool IsPlainName(std::string_view name) {
  return !FindNoText(name) &&
         std::none_of(name.begin(), name.end(), [](char character) {
           const auto byte = static_cast<unsigned char>(character);
           return byte < 0x20U || byte == 0x7FU;
         });
}

File::File(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  for (std::size_t at = text_.find('\n'); at != std::string::npos;
       at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::string_view File::base_name() const {
  const std::string_view name = name_;
  const std::size_t slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

std::string_view File::text(Range range) const {
  const std::string_view all = text_;
  const std::size_t begin = std::min<std::size_t>(range.begin, all.size());
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, all.size());
  return all.substr(begin, end - begin);
}

LineColumn File::Resolve(std::uint32_t offset) const {
  const std::size_t end = std::min<std::size_t>(offset, text_.size());
  const auto next =
      std::upper_bound(line_starts_.begin(), line_starts_.end(), end);
  const std::uint32_t start = *(next - 1);
  LineColumn result;
  result.line = static_cast<std::uint32_t>(next - line_starts_.begin());
  for (std::size_t at = start; at < end; ++at) {
    // Every byte counts but those that continue a code point.
    if ((static_cast<unsigned char>(text_[at]) & 0xC0U) != 0x80U) {
      ++result.column;
    }
  }
  return result;
}

std::string_view File::Line(std::uint32_t line) const {
  if (line == 0 || line > line_starts_.size()) {
    return {};
  }
  const std::size_t begin = line_starts_[line - 1];
  const std::size_t end =
      line < line_starts_.size() ? line_starts_[line] - 1 : text_.size();
  std::string_view result = std::string_view(text_).substr(begin, end - begin);
  if (!result.empty() && result.back() == '\r') {
    result.remove_suffix(1);
  }
  return result;
}

llvm::Expected<const File*> Files::Read(llvm::vfs::FileSystem& file_system,
                                        const std::string& path) {
  const auto status = file_system.status(path);
  if (!status) {
    return Failure(path + ": cannot be read: " + status.getError().message());
  }
  if (!status->isRegularFile()) {
    return Failure(path + ": is not a file");
  }
  if (status->getSize() > kMaximumSize) {
    return Failure(path + ": is larger than 64 MiB");
  }
  const auto buffer = file_system.getBufferForFile(path);
  if (!buffer) {
    return Failure(path + ": cannot be read: " + buffer.getError().message());
  }
  std::string text = (*buffer)->getBuffer().str();
  if (text.size() > kMaximumSize) {
    return Failure(path + ": is larger than 64 MiB");
  }
  if (text.starts_with(kByteOrderMark)) {
    text.erase(0, kByteOrderMark.size());
  }
  return Add(path, std::move(text));
}

const File* Files::Add(std::string name, std::string text) {
  files_.push_back(std::make_unique<File>(std::move(name), std::move(text)));
  return files_.back().get();
}

}  // namespace palindrome::source
