#include "compiler/inspect/byte_order.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "llvm/ADT/bit.h"

#include "palindrome/migration.h"

namespace palindrome::inspect {
namespace {

using Word = std::uint32_t;

// `size` bytes from `offset` on, which lie within `bytes`.
void SwapWords(std::string& bytes, std::size_t offset, std::size_t size) {
  for (std::size_t at = offset; at < offset + size; at += sizeof(Word)) {
    Word word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    word = llvm::byteswap(word);
    std::memcpy(bytes.data() + at, &word, sizeof(word));
  }
}

// Every integer of the rows, which have no other fields.
template <typename Row>
void SwapRows(std::string& bytes, const table::Section& section) {
  static_assert(sizeof(Row) % sizeof(Word) == 0);
  const std::uint64_t end = std::uint64_t{section.offset} +
                            std::uint64_t{section.count} * section.stride;
  if (section.stride < sizeof(Row) || end > bytes.size()) {
    return;  // The reader refuses it.
  }
  for (std::uint64_t i = 0; i < section.count; ++i) {
    SwapWords(bytes, section.offset + i * section.stride, sizeof(Row));
  }
}

}  // namespace

std::string SwapTable(std::string_view bytes) {
  table::Header header = {};
  if (bytes.size() < sizeof(header)) {
    return std::string(bytes);
  }
  constexpr std::size_t kFirstInteger = offsetof(table::Header, version);
  std::string start(bytes.substr(0, sizeof(header)));
  SwapWords(start, kFirstInteger, sizeof(header) - kFirstInteger);
  std::memcpy(&header, start.data(), sizeof(header));
  if (header.version != table::kVersion) {
    return start;  // The reader refuses it.
  }
  std::string table(
      bytes.substr(0, std::max<std::size_t>(header.length, sizeof(header))));
  table.replace(0, start.size(), start);
  SwapRows<table::Row>(table, header.rows);
  SwapRows<table::Text>(table, header.links);
  SwapRows<table::Allowed>(table, header.allowed);
  SwapRows<table::Program>(table, header.programs);
  SwapRows<table::Statement>(table, header.statements);
  SwapRows<table::Shortcut>(table, header.shortcuts);
  return table;
}

}  // namespace palindrome::inspect
