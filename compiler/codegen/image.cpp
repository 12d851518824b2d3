#include "compiler/codegen/image.h"

#include <cstring>
#include <type_traits>

#include "compiler/codegen/table.h"

namespace palindrome::codegen {
namespace {

// Lays sections out one behind the other, each at its alignment.
class Layout {
 public:
  explicit Layout(const Table& table) : table_(table) {}
  std::vector<std::uint32_t> Write();

 private:
  // Rows hold 32-bit fields alone.
  static constexpr std::size_t kAlignment = alignof(std::uint32_t);

  void Append(const void* bytes, std::size_t size) {
    const auto* begin = static_cast<const char*>(bytes);
    bytes_.insert(bytes_.end(), begin, begin + size);
  }
  template <typename Row>
  table::Section Append(const std::vector<Row>& rows) {
    static_assert(std::is_trivially_copyable_v<Row> &&
                  alignof(Row) == kAlignment);
    const table::Section section = Here(rows.size(), sizeof(Row));
    Append(rows.data(), rows.size() * sizeof(Row));
    return section;
  }
  table::Section Here(std::uint64_t count, std::size_t stride) const {
    return {static_cast<std::uint32_t>(bytes_.size()),
            static_cast<std::uint32_t>(count),
            static_cast<std::uint32_t>(stride)};
  }

  const Table& table_;
  std::vector<char> bytes_;
};

std::vector<std::uint32_t> Layout::Write() {
  table::Header header = {};
  std::memcpy(header.magic, table::kMagic, sizeof(header.magic));
  header.version = table::kVersion;
  header.name = table_.name;
  bytes_.resize(sizeof(header));
  header.rows = Append(table_.rows);
  header.links = Append(table_.links);
  header.allowed = Append(table_.allowed);
  header.programs = Append(table_.programs);
  header.statements = Append(table_.statements);
  header.shortcuts = Append(table_.shortcuts);
  header.text = Here(table_.text_size, sizeof(char));
  for (const Table::Piece& piece : table_.pieces) {
    Append(piece.text.data(), piece.text.size());
  }
  bytes_.resize((bytes_.size() + kAlignment) / kAlignment * kAlignment);
  header.length = static_cast<std::uint32_t>(bytes_.size());
  std::memcpy(bytes_.data(), &header, sizeof(header));
  std::vector<std::uint32_t> words(bytes_.size() / sizeof(std::uint32_t));
  std::memcpy(words.data(), bytes_.data(), bytes_.size());
  return words;
}

}  // namespace

llvm::Expected<TableImage> TableImage::Make(const CompiledHistory& history) {
  llvm::Expected<Table> table = MakeTable(history);
  if (!table) {
    return table.takeError();
  }
  return TableImage(Layout(*table).Write());
}

}  // namespace palindrome::codegen
