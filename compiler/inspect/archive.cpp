#include "compiler/inspect/archive.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace palindrome::inspect {
namespace {

using llvm::StringRef;

llvm::Error Failed(const char* what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

// Name, date, owner, group, mode, size and the end of the line.
constexpr std::size_t kHeaderSize = 60;
constexpr std::size_t kNameSize = 16;
constexpr std::size_t kSizeOffset = 48;
constexpr std::size_t kSizeDigits = 10;
constexpr std::size_t kMagicSize = 8;

bool ReadNumber(StringRef text, std::uint64_t& number) {
  return !text.rtrim(' ').getAsInteger(10, number);
}

// The long name at the offset, which ends in `/` and a line feed, or in a NUL.
std::string LongName(StringRef names, std::uint64_t offset) {
  const StringRef rest = names.drop_front(
      static_cast<std::size_t>(std::min<std::uint64_t>(offset, names.size())));
  StringRef name = rest.take_until(
      [](char character) { return character == '\n' || character == '\0'; });
  name.consume_back("/");
  return name.str();
}

}  // namespace

llvm::Expected<std::vector<Member>> ReadArchive(StringRef archive) {
  std::vector<Member> members;
  StringRef long_names;
  StringRef rest = archive.drop_front(kMagicSize);
  // The last member may be padded or not.
  while (!rest.empty() && rest != "\n") {
    std::uint64_t size = 0;
    std::uint64_t number = 0;
    if (rest.size() < kHeaderSize || rest[kHeaderSize - 2] != '`' ||
        rest[kHeaderSize - 1] != '\n' ||
        !ReadNumber(rest.substr(kSizeOffset, kSizeDigits), size) ||
        size > rest.size() - kHeaderSize) {
      return Failed("it is a broken archive: a member does not lie within it");
    }
    StringRef name = rest.take_front(kNameSize).rtrim(' ');
    StringRef bytes = rest.substr(kHeaderSize, size);
    rest = rest.drop_front(kHeaderSize + size);
    if (size % 2 == 1 && !rest.empty()) {
      rest = rest.drop_front();
    }
    if (name == "//") {
      long_names = bytes;
    } else if (name.consume_front("#1/")) {
      if (!ReadNumber(name, number) || number > bytes.size()) {
        return Failed("it is a broken archive: a name does not lie within it");
      }
      const StringRef own = bytes.take_front(number).rtrim('\0');
      if (!own.starts_with("__.SYMDEF")) {
        members.push_back({own.str(), bytes.drop_front(number)});
      }
    } else if (name.starts_with("/")) {
      // `/` and `/SYM64/` are symbol tables.
      if (ReadNumber(name.drop_front(), number)) {
        members.push_back({LongName(long_names, number), bytes});
      }
    } else if (!name.starts_with("__.SYMDEF")) {
      name.consume_back("/");
      members.push_back({name.str(), bytes});
    }
  }
  return members;
}

}  // namespace palindrome::inspect
