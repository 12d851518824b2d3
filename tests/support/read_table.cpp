#include "tests/support/read_table.h"

#include <algorithm>
#include <string_view>

namespace palindrome::testing {

std::size_t ReadAll(const HistoryTable& table) {
  std::size_t sum = 0;
  const auto read = [&sum](std::string_view text) {
    for (const char byte : text) {
      sum += 1U + static_cast<unsigned char>(byte);
    }
  };
  read(table.name());
  // A damaged count may be of rows that are not there.
  const std::uint32_t rows = std::min<std::uint32_t>(table.size(), 10);
  for (std::uint32_t index = 0; index < rows; ++index) {
    const table::Row row = table.Row(index);
    for (const table::Text text :
         {row.revision, row.title, row.documentation, row.file_name,
          row.created, row.checksum, row.chain, row.digest_before,
          row.digest_after, row.squashes_from, row.squashes_to,
          row.approved_by}) {
      read(table.Text(text));
    }
    for (const table::Range range :
         {row.parents, row.depends_on, row.branch_labels}) {
      for (const std::string_view link : table.Links(range)) {
        read(link);
      }
    }
    for (const table::Allowed& allowed : table.Allowed(row.allowed)) {
      read(table.Text(allowed.rule));
      read(table.Text(allowed.reason));
    }
    for (const auto dialect :
         {table::Dialect::kSqlite, table::Dialect::kPostgresql}) {
      const auto program = table.FindProgram(row, dialect);
      if (program) {
        read(table.Text(program->up_digest));
        read(EncodeProgram(table.Statements(program->up)));
        read(EncodeProgram(table.Statements(program->down)));
      }
    }
  }
  return sum;
}

}  // namespace palindrome::testing
