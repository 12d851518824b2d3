#include "tests/unit/migrator/test_database.h"

#include <random>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/sql_lexer.h"

namespace palindrome::testing {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::random_device random;
  path_ = std::filesystem::temp_directory_path() /
          ("palindrome_test_" + std::to_string(random()) + "_" +
           std::to_string(random()));
  std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TestDatabase::Close::operator()(sqlite3* connection) const {
  EXPECT_EQ(sqlite3_close(connection), SQLITE_OK)
      << "a statement was left open";
}

TestDatabase::TestDatabase(const std::string& path) {
  sqlite3* connection = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  connection_.reset(connection);
}

void TestDatabase::Execute(const std::string& sql) const {
  EXPECT_EQ(sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr),
            SQLITE_OK)
      << sqlite3_errmsg(handle()) << "\n"
      << sql;
}

std::string TestDatabase::Query(const std::string& sql) const {
  std::string text;
  const auto append = [](void* context, int count, char** values,
                         char** /*names*/) {
    auto& out = *static_cast<std::string*>(context);
    for (int i = 0; i < count; ++i) {
      out += i == 0 ? "" : "|";
      out += values[i] == nullptr ? "NULL" : values[i];
    }
    out += '\n';
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(handle(), sql.c_str(), append, &text, nullptr),
            SQLITE_OK)
      << sqlite3_errmsg(handle()) << "\n"
      << sql;
  return text;
}

std::string TestDatabase::DumpTables(const std::string& condition) const {
  std::string dump =
      Query("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE " +
            condition + " ORDER BY type, name");
  for (const std::string& table :
       Lines(Query("SELECT name FROM sqlite_master WHERE type = 'table' AND " +
                   condition + " ORDER BY name"))) {
    std::string columns;
    for (const std::string& column :
         Lines(Query("SELECT name FROM pragma_table_info(" +
                     sql::QuoteString(table) + ") ORDER BY name"))) {
      columns += (columns.empty() ? "quote(" : ", quote(") +
                 sql::QuoteName(column) + ")";
    }
    dump += table + ":\n" +
            Query("SELECT " + columns + " FROM " + sql::QuoteName(table) +
                  " ORDER BY " + columns);
  }
  return dump;
}

std::string TestDatabase::Dump() const {
  return DumpTables("true");
}

std::string TestDatabase::DumpUserObjects() const {
  return DumpTables(
      "name NOT LIKE 'palindrome!_%' ESCAPE '!' AND "
      "name NOT LIKE 'sqlite!_%' ESCAPE '!'");
}

}  // namespace palindrome::testing
