#include "tests/unit/compiler/inspect/inspect_test_support.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "runtime/src/chain.h"

namespace palindrome::testing {

std::vector<HistoryRow> Chained(std::vector<HistoryRow> rows) {
  std::map<std::string, std::string> chains;
  for (HistoryRow& row : rows) {
    if (row.checksum.empty()) {
      row.checksum = "t1:" + row.revision;
    }
    std::vector<std::string> needed;
    for (const auto* links : {&row.parents, &row.depends_on}) {
      for (const std::string& link : *links) {
        needed.push_back(chains[link]);
      }
    }
    row.chain = ChainDigest(row.revision, row.checksum, std::move(needed));
    chains[row.revision] = row.chain;
  }
  return rows;
}

std::vector<HistoryRow> TwoRows() {
  HistoryRow first;
  first.revision = "a1";
  first.title = "create users";
  first.minimum_engine = 3035000;
  first.up.statements = {{0, "CREATE TABLE users (id INTEGER)", 7}};
  first.down.statements = {{0, "DROP TABLE users", 0}};
  first.loss = table::Loss::kOnDowngrade;
  HistoryRow second;
  second.revision = "b2";
  second.title = "require names";
  second.parents = {"a1"};
  second.allowed = {{"drop-column-unarchived", "a cache"}};
  second.minimum_engine = 3035000;
  second.up.statements = {
      {table::kCopiesRows | table::kCheckForeignKeys,
       "INSERT INTO _palindrome_new_users SELECT id\n  FROM users", 9},
      {table::kLegacyAlterTable,
       "ALTER TABLE _palindrome_new_users RENAME TO \"users\"", 9}};
  second.proof = table::Proof::kSchema;
  second.loss = table::Loss::kSigned;
  return Chained({first, second});
}

std::string BytesOf(HistoryBlob& blob) {
  return {reinterpret_cast<const char*>(blob.history().table),
          blob.header().length};
}

std::string TableOf(const std::string& name,
                    const std::vector<HistoryRow>& rows) {
  HistoryBlob blob(name, rows);
  return BytesOf(blob);
}

// Where the integers lie is read from the table itself, before it is spoilt.
std::string SwappedBytes(const std::string& table) {
  table::Header header = {};
  std::memcpy(&header, table.data(), sizeof(header));
  std::string bytes = table;
  const auto swap = [&bytes](std::size_t begin, std::size_t end) {
    for (; begin < end; begin += sizeof(std::uint32_t)) {
      std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                   bytes.begin() + static_cast<std::ptrdiff_t>(
                                       begin + sizeof(std::uint32_t)));
    }
  };
  swap(sizeof(header.magic), sizeof(header));
  for (const table::Section& section :
       {header.rows, header.links, header.allowed, header.programs,
        header.statements, header.shortcuts}) {
    swap(section.offset, section.offset + section.count * section.stride);
  }
  return bytes;
}

std::vector<inspect::History> Read(const std::string& file) {
  auto histories =
      inspect::ReadHistories(llvm::MemoryBufferRef(file, "program"));
  if (!histories) {
    ADD_FAILURE() << llvm::toString(histories.takeError());
    return {};
  }
  return std::move(*histories);
}

std::string ErrorOf(const std::string& file) {
  auto histories =
      inspect::ReadHistories(llvm::MemoryBufferRef(file, "program"));
  return histories ? "" : llvm::toString(histories.takeError());
}

}  // namespace palindrome::testing
