// A compiled history with everything that the Migrator looks at, laid out as
// the compiler does. A value; the table is aligned and lives as long as the
// blob, and tests may spoil it.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_HISTORY_BLOB_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_HISTORY_BLOB_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/src/program.h"
#include <palindrome/migration.h>

namespace palindrome::testing {

// Texts of a row, and one program.
struct HistoryRow {
  std::string revision;
  std::string title;
  std::string checksum;
  std::string chain;
  std::string digest_before;
  std::string digest_after;
  std::vector<std::string> parents;
  std::vector<std::string> depends_on;
  std::vector<std::pair<std::string, std::string>> allowed;
  table::Dialect dialect = table::Dialect::kSqlite;
  std::uint32_t minimum_engine = 0;
  Program up;
  Program down;
  table::Proof proof = table::Proof::kData;
  table::Loss loss = table::Loss::kLossless;
  std::uint32_t compatibility = 0;
};

struct HistoryShortcut {
  table::ShortcutKind kind = table::ShortcutKind::kNewDatabase;
  table::Range rows = {0, 0};
  Program up;
};

class HistoryBlob {
 public:
  HistoryBlob(const std::string& name, const std::vector<HistoryRow>& rows,
              const std::vector<HistoryShortcut>& shortcuts = {});

  History history() const {
    return {reinterpret_cast<const table::Header*>(words_.data())};
  }
  table::Header& header() {
    return *reinterpret_cast<table::Header*>(words_.data());
  }
  table::Row& row(std::size_t index) {
    return reinterpret_cast<table::Row*>(
        reinterpret_cast<char*>(words_.data()) + header().rows.offset)[index];
  }

 private:
  std::vector<std::uint32_t> words_;
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_HISTORY_BLOB_H_
