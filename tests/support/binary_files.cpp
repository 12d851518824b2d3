#include "tests/support/binary_files.h"

#include <cstddef>
#include <cstdint>

namespace palindrome::testing {
namespace {

// Bytes that grow, integers in one byte order.
class Writer {
 public:
  explicit Writer(bool little_endian = true) : little_endian_(little_endian) {}

  Writer& Put(std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t byte = little_endian_ ? i : size - 1 - i;
      constexpr std::size_t kBits = 8;
      bytes_ += static_cast<char>(value >> (byte * kBits) & 0xFF);
    }
    return *this;
  }
  Writer& Half(std::uint64_t value) { return Put(value, 2); }
  Writer& Word(std::uint64_t value) { return Put(value, 4); }
  Writer& Long(std::uint64_t value) { return Put(value, 8); }
  Writer& Bytes(std::string_view text, std::size_t size) {
    bytes_ += text.substr(0, size);
    bytes_.append(size - text.substr(0, size).size(), '\0');
    return *this;
  }
  Writer& Bytes(std::string_view text) { return Bytes(text, text.size()); }
  Writer& Align(std::size_t size) {
    while (bytes_.size() % size != 0) {
      bytes_ += '\0';
    }
    return *this;
  }
  std::size_t size() const { return bytes_.size(); }
  std::string Take() { return std::move(bytes_); }

 private:
  bool little_endian_;
  std::string bytes_;
};

constexpr std::string_view kNames("\0.palindrome\0.shstrtab\0", 23);
constexpr std::uint64_t kNoBits = 0;
constexpr std::uint64_t kProgBits = 1;
constexpr std::uint64_t kStringTable = 3;

struct ElfSection {
  std::uint64_t name = 0;
  std::uint64_t type = kNoBits;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

void PutHeader(Writer& out, const ElfSection& section, std::size_t word) {
  out.Word(section.name).Word(section.type);
  out.Put(0, word).Put(0, word);
  out.Put(section.offset, word).Put(section.size, word);
  out.Word(0).Word(0).Put(4, word).Put(0, word);
}

void PutIdentity(Writer& out, bool is_64, bool little_endian) {
  out.Bytes(
         "\x7f"
         "ELF")
      .Put(is_64 ? 2 : 1, 1)
      .Put(little_endian ? 1 : 2, 1);
  out.Put(1, 1).Bytes("", 9);
}

}  // namespace

std::string MakeElf(std::string_view section, Elf elf) {
  const bool is_64 = elf == Elf::k64Little || elf == Elf::k64Big;
  const bool little_endian = elf == Elf::k32Little || elf == Elf::k64Little;
  const std::size_t word = is_64 ? 8 : 4;
  const std::size_t header_size = is_64 ? 64 : 52;
  const std::uint64_t machine = is_64 ? 62 : 8;  // x86-64 or MIPS.
  const std::size_t names = header_size + section.size();
  const std::size_t table = (names + kNames.size() + 7) / 8 * 8;
  Writer out(little_endian);
  PutIdentity(out, is_64, little_endian);
  out.Half(1).Half(machine).Word(1);
  out.Put(0, word).Put(0, word).Put(table, word);
  out.Word(0).Half(header_size).Half(0).Half(0);
  out.Half(is_64 ? 64 : 40).Half(3).Half(2);
  out.Bytes(section).Bytes(kNames).Align(8);
  PutHeader(out, {}, word);
  PutHeader(out, {1, kProgBits, header_size, section.size()}, word);
  PutHeader(out, {13, kStringTable, names, kNames.size()}, word);
  return out.Take();
}

std::string MakeElfSegment(std::string_view segment) {
  constexpr std::size_t kHeaders = 64 + 56;
  Writer out;
  PutIdentity(out, /*is_64=*/true, /*little_endian=*/true);
  out.Half(2).Half(62).Word(1).Long(0).Long(64).Long(0).Word(0);
  out.Half(64).Half(56).Half(1).Half(0).Half(0).Half(0);
  out.Word(1).Word(4).Long(kHeaders).Long(kHeaders).Long(kHeaders);
  out.Long(segment.size()).Long(segment.size()).Long(8);
  return out.Bytes(segment).Take();
}

std::string MakeMachO(std::string_view section) {
  constexpr std::size_t kCommands = 72 + 80;
  constexpr std::size_t kOffset = 32 + kCommands;
  constexpr std::uint64_t kArm64 = 0x0100000C;
  Writer out;
  out.Word(0xFEEDFACF).Word(kArm64).Word(0).Word(1);
  out.Word(1).Word(kCommands).Word(0).Word(0);
  out.Word(0x19).Word(kCommands).Bytes("", 16).Long(0).Long(section.size());
  out.Long(kOffset).Long(section.size()).Word(7).Word(7).Word(1).Word(0);
  out.Bytes("__palindrome", 16).Bytes("__DATA", 16).Long(0);
  out.Long(section.size()).Word(kOffset).Word(2).Word(0).Word(0);
  out.Word(0).Word(0).Word(0).Word(0);
  return out.Bytes(section).Take();
}

std::string MakeCoff(std::string_view section) {
  constexpr std::size_t kOffset = 20 + 40;
  Writer out;
  out.Half(0x8664).Half(1).Word(0).Word(0).Word(0).Half(0).Half(0);
  out.Bytes(".palindr", 8).Word(0).Word(0).Word(section.size()).Word(kOffset);
  out.Word(0).Word(0).Half(0).Half(0).Word(0x40300040);
  return out.Bytes(section).Take();
}

std::string MakeArchive(const Members& members) {
  const auto padded = [](std::string text, std::size_t size) {
    text.resize(size, ' ');
    return text;
  };
  std::string bytes = "!<arch>\n";
  for (const auto& [name, content] : members) {
    bytes += padded(name + "/", 16) + padded("0", 12) + padded("0", 6) +
             padded("0", 6) + padded("644", 8) +
             padded(std::to_string(content.size()), 10) + "`\n";
    bytes += content;
    bytes += content.size() % 2 == 0 ? "" : "\n";
  }
  return bytes;
}

std::string MakeUniversal(const std::vector<std::string>& parts) {
  constexpr std::size_t kHeader = 8;
  constexpr std::size_t kEntry = 20;
  constexpr std::size_t kAlignment = 16;
  Writer out(/*little_endian=*/false);
  out.Word(0xCAFEBABE).Word(parts.size());
  std::size_t offset = kHeader + kEntry * parts.size();
  std::uint64_t subtype = 0;
  for (const std::string& part : parts) {
    offset = (offset + kAlignment - 1) / kAlignment * kAlignment;
    out.Word(0x0100000C).Word(subtype++).Word(offset).Word(part.size()).Word(4);
    offset += part.size();
  }
  for (const std::string& part : parts) {
    out.Align(kAlignment).Bytes(part);
  }
  return out.Take();
}

}  // namespace palindrome::testing
