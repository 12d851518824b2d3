#include "runtime/drivers/sqlite/work_meter.h"

#include <charconv>
#include <cstddef>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/statement.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome::sqlite {
namespace {

constexpr int kInstructions = 10000;

// The table behind the first FROM that is in no parentheses; empty if that is
// not how the statement is built.
std::string SourceOf(std::string_view sql) {
  const std::vector<sql::Token> tokens = sql::Tokenize(sql);
  int depth = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (sql::IsPunctuation(tokens[i], "(")) {
      ++depth;
    } else if (sql::IsPunctuation(tokens[i], ")")) {
      --depth;
    } else if (depth == 0 && sql::IsWord(tokens[i], "FROM")) {
      return sql::IsPunctuation(tokens[i + 1], "(")
                 ? ""
                 : sql::Unquote(tokens[i + 1]);
    }
  }
  return "";
}

}  // namespace

std::uint64_t CountSource(sqlite3* connection, std::string_view sql) {
  const std::string table = SourceOf(sql);
  if (table.empty()) {
    return 0;
  }
  auto statement = Statement::Prepare(
      connection, "SELECT max(rowid) FROM main." + sql::QuoteName(table));
  if (!statement.ok()) {
    return 0;
  }
  const auto row = statement->Step();
  std::uint64_t count = 0;
  if (row.ok() && *row) {
    const std::string text = statement->Text(0);
    std::from_chars(text.data(), text.data() + text.size(), count);
  }
  return count;
}

WorkMeter::WorkMeter(sqlite3* connection, WorkWatcher* watcher,
                     std::uint64_t total)
    : connection_(connection), watcher_(watcher), total_(total) {
  if (watcher_ == nullptr) {
    return;
  }
  if (total_ != 0) {
    sqlite3_set_last_insert_rowid(connection_, 0);
  }
  sqlite3_progress_handler(connection_, kInstructions, &WorkMeter::Tell, this);
}

WorkMeter::~WorkMeter() {
  if (watcher_ != nullptr) {
    sqlite3_progress_handler(connection_, 0, nullptr, nullptr);
  }
}

int WorkMeter::Tell(void* meter) {
  auto& self = *static_cast<WorkMeter*>(meter);
  self.instructions_ += kInstructions;
  // Rows are copied in the order of their numbers, which the copy has too or
  // begins at 1.
  const sqlite3_int64 last = sqlite3_last_insert_rowid(self.connection_);
  const bool counts =
      last > 0 && static_cast<std::uint64_t>(last) <= self.total_;
  return self.watcher_->OnWork(
             counts ? static_cast<std::uint64_t>(last) : self.instructions_,
             counts ? self.total_ : 0)
             ? 1
             : 0;
}

}  // namespace palindrome::sqlite
