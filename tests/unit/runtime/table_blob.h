// A compiled history that is put together by hand, byte for byte as the
// compiler lays one out, so that tests can also spoil it. A value; the table
// that it holds is aligned and lives as long as the blob.
#ifndef PALINDROME_TESTS_UNIT_RUNTIME_TABLE_BLOB_H_
#define PALINDROME_TESTS_UNIT_RUNTIME_TABLE_BLOB_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/src/program.h"
#include <palindrome/migration.h>

namespace palindrome::testing {

struct BlobProgram {
  table::Dialect dialect = table::Dialect::kSqlite;
  std::uint32_t minimum_engine = 3035000;
  Program up;
  Program down;
};

struct BlobRow {
  std::string revision;
  std::string title;
  std::vector<std::string> parents;
  std::vector<std::string> depends_on;
  std::vector<std::string> branch_labels;
  std::vector<std::pair<std::string, std::string>> allowed;
  std::vector<BlobProgram> programs;
  table::Proof proof = table::Proof::kSchema;
  table::Loss loss = table::Loss::kLossless;
  std::uint32_t compatibility = 0;
};

struct BlobShortcut {
  table::ShortcutKind kind = table::ShortcutKind::kNewDatabase;
  table::Range rows = {0, 0};
  Program up;
};

class TableBlob {
 public:
  TableBlob(const std::string& name, const std::vector<BlobRow>& rows,
            const std::vector<BlobShortcut>& shortcuts = {});

  std::size_t size() const { return size_; }
  char* bytes() { return reinterpret_cast<char*>(words_.data()); }
  const char* bytes() const {
    return reinterpret_cast<const char*>(words_.data());
  }
  table::Header& header() {
    return *reinterpret_cast<table::Header*>(words_.data());
  }
  History history() const {
    return {reinterpret_cast<const table::Header*>(words_.data())};
  }
  // The `index`th entry of a section, to be changed.
  template <typename Entry>
  Entry& At(const table::Section& section, std::size_t index) {
    return *reinterpret_cast<Entry*>(bytes() + section.offset +
                                     index * section.stride);
  }

 private:
  std::vector<std::uint32_t> words_;
  std::size_t size_ = 0;
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_RUNTIME_TABLE_BLOB_H_
