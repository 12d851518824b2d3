#include "runtime/src/history_table.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace palindrome {
namespace {

// What kVersion is to a reader of the other byte order.
constexpr std::uint32_t kSwappedVersion = table::kVersion << 24U;

Status Malformed(const std::string& what) {
  return {StatusCode::kMalformedHistory,
          "the compiled history is malformed: " + what};
}

// What a section of rows of type T must keep to.
template <typename T>
bool IsSound(const table::Section& section, std::size_t size) {
  const std::uint64_t end =
      std::uint64_t{section.offset} +
      std::uint64_t{section.count} * std::uint64_t{section.stride};
  return section.stride >= sizeof(T) && end <= size;
}

}  // namespace

Result<HistoryTable> HistoryTable::Open(std::span<const std::byte> bytes) {
  table::Header header = {};
  constexpr std::size_t kPrefix = sizeof(header.magic) + sizeof(header.version);
  if (bytes.size() < kPrefix ||
      std::memcmp(bytes.data(), table::kMagic, sizeof(table::kMagic)) != 0) {
    return Malformed("it does not begin as one");
  }
  std::memcpy(&header, bytes.data(), std::min(bytes.size(), sizeof(header)));
  if (header.version == kSwappedVersion) {
    return Status(StatusCode::kUnsupportedHistory,
                  "the compiled history is for another byte order");
  }
  if (header.version != table::kVersion) {
    return Status(
        StatusCode::kUnsupportedHistory,
        "the compiled history has version " + std::to_string(header.version) +
            "; this runtime reads version " + std::to_string(table::kVersion));
  }
  if (bytes.size() < sizeof(header) || header.length < sizeof(header) ||
      header.length > bytes.size()) {
    return Malformed("its length is wrong");
  }
  if (header.flags != 0) {
    return Status(StatusCode::kUnsupportedHistory,
                  "the compiled history has flags that this runtime does not "
                  "know");
  }
  const std::size_t size = header.length;
  if (!IsSound<table::Row>(header.rows, size) ||
      !IsSound<table::Text>(header.links, size) ||
      !IsSound<table::Allowed>(header.allowed, size) ||
      !IsSound<table::Program>(header.programs, size) ||
      !IsSound<table::Statement>(header.statements, size) ||
      !IsSound<table::Shortcut>(header.shortcuts, size) ||
      !IsSound<char>(header.text, size) || header.text.stride != 1) {
    return Malformed("a section lies outside of it");
  }
  return HistoryTable(bytes.first(size), header);
}

Result<HistoryTable> HistoryTable::Open(const History& history) {
  if (history.table == nullptr) {
    return Malformed("there is none");
  }
  return Open(std::span(reinterpret_cast<const std::byte*>(history.table),
                        history.table->length));
}

bool HistoryTable::Holds(const table::Section& section,
                         table::Range range) const {
  return std::uint64_t{range.first} + range.count <= section.count;
}

bool HistoryTable::Holds(table::Text text) const {
  return Holds(header_.text, {text.offset, text.size});
}

std::string_view HistoryTable::Text(table::Text text) const {
  if (!Holds(text)) {
    return {};
  }
  return {reinterpret_cast<const char*>(bytes_.data()) + header_.text.offset +
              text.offset,
          text.size};
}

table::Row HistoryTable::Row(std::uint32_t index) const {
  return Read<table::Row>(header_.rows, index);
}

std::vector<std::string_view> HistoryTable::Links(table::Range range) const {
  std::vector<std::string_view> links;
  if (Holds(header_.links, range)) {
    for (std::uint32_t i = 0; i < range.count; ++i) {
      links.push_back(Text(Read<table::Text>(header_.links, range.first + i)));
    }
  }
  return links;
}

std::vector<table::Allowed> HistoryTable::Allowed(table::Range range) const {
  std::vector<table::Allowed> allowed;
  if (Holds(header_.allowed, range)) {
    for (std::uint32_t i = 0; i < range.count; ++i) {
      allowed.push_back(Read<table::Allowed>(header_.allowed, range.first + i));
    }
  }
  return allowed;
}

std::optional<table::Program> HistoryTable::FindProgram(
    const table::Row& row, table::Dialect dialect) const {
  if (!Holds(header_.programs, row.programs)) {
    return std::nullopt;
  }
  for (std::uint32_t i = 0; i < row.programs.count; ++i) {
    const auto program =
        Read<table::Program>(header_.programs, row.programs.first + i);
    if (program.dialect == dialect) {
      return program;
    }
  }
  return std::nullopt;
}

Program HistoryTable::Statements(table::Range range) const {
  Program program;
  if (!Holds(header_.statements, range)) {
    return program;
  }
  program.statements.reserve(range.count);
  for (std::uint32_t i = 0; i < range.count; ++i) {
    const auto statement =
        Read<table::Statement>(header_.statements, range.first + i);
    program.statements.push_back(
        {statement.flags, std::string(Text(statement.sql)), statement.line});
  }
  return program;
}

std::vector<table::Shortcut> HistoryTable::Shortcuts() const {
  std::vector<table::Shortcut> shortcuts;
  shortcuts.reserve(header_.shortcuts.count);
  for (std::uint32_t i = 0; i < header_.shortcuts.count; ++i) {
    shortcuts.push_back(Read<table::Shortcut>(header_.shortcuts, i));
  }
  return shortcuts;
}

bool HistoryTable::IsLinear() const {
  const auto needs = [this](table::Range range, std::string_view revision) {
    for (std::uint32_t i = 0; Holds(header_.links, range) && i < range.count;
         ++i) {
      if (Text(Read<table::Text>(header_.links, range.first + i)) == revision) {
        return true;
      }
    }
    return false;
  };
  std::string_view previous = Text(Row(0).revision);
  for (std::uint32_t i = 1; i < size(); ++i) {
    const table::Row row = Row(i);
    if (!needs(row.parents, previous) && !needs(row.depends_on, previous)) {
      return false;
    }
    previous = Text(row.revision);
  }
  return true;
}

}  // namespace palindrome
