// Reads the compiled table of a history (palindrome/migration.h). Every access
// checks its bounds, so that a table out of a foreign file can be read too;
// Validate says whether it is well-formed altogether. Borrows the bytes, which
// outlive it, are constant, so that any thread may read, and need not be
// aligned.
#ifndef PALINDROME_RUNTIME_SRC_HISTORY_TABLE_H_
#define PALINDROME_RUNTIME_SRC_HISTORY_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/src/program.h"
#include <palindrome/migration.h>
#include <palindrome/status.h>

namespace palindrome {

class HistoryTable {
 public:
  // Checks the header and the sections' bounds, not the rows.
  // kMalformedHistory, or kUnsupportedHistory for another version or a flag
  // that is not known.
  static Result<HistoryTable> Open(std::span<const std::byte> bytes);
  // As the program holds it: the header's length is taken at its word.
  static Result<HistoryTable> Open(const History& history);

  // Checks every row and all that they refer to: bounds, known values, unique
  // revisions, parents before children, no entry shared by two ranges. The
  // same codes as Open.
  Status Validate() const;

  std::string_view name() const { return Text(header_.name); }
  std::uint32_t size() const { return header_.rows.count; }

  // Empty or zero where the index or range is out of bounds.
  std::string_view Text(table::Text text) const;
  table::Row Row(std::uint32_t index) const;
  std::vector<std::string_view> Links(table::Range range) const;
  std::vector<table::Allowed> Allowed(table::Range range) const;
  std::optional<table::Program> FindProgram(const table::Row& row,
                                            table::Dialect dialect) const;
  Program Statements(table::Range range) const;
  std::vector<table::Shortcut> Shortcuts() const;

  // True if every row after the first needs the one before it, so that the
  // last is the only head. Costs a comparison a row and allocates nothing.
  bool IsLinear() const;

 private:
  HistoryTable(std::span<const std::byte> bytes, const table::Header& header)
      : bytes_(bytes), header_(header) {}

  template <typename T>
  T Read(const table::Section& section, std::uint64_t index) const;
  bool Holds(const table::Section& section, table::Range range) const;
  bool Holds(table::Text text) const;

  Status ValidateTotals() const;
  Status ValidateRow(const table::Row& row) const;
  Status ValidatePrograms(const table::Row& row) const;
  Status ValidateStatements(table::Range range) const;
  bool HoldsTexts(const table::Row& row) const;
  bool HoldsRanges(const table::Row& row) const;
  Status ValidateShortcuts() const;
  Status ValidateOrder() const;

  std::span<const std::byte> bytes_;
  table::Header header_;
};

template <typename T>
T HistoryTable::Read(const table::Section& section, std::uint64_t index) const {
  static_assert(std::is_trivially_copyable_v<T>);
  T value = {};
  if (index < section.count) {
    std::memcpy(&value, bytes_.data() + section.offset + index * section.stride,
                sizeof(T));
  }
  return value;
}

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_HISTORY_TABLE_H_
