#include "files.h"

#include <cstdlib>
#include <iostream>

#include <palindrome/sqlite.h>

namespace palindrome {

namespace {

template <typename T>
const T& At(const History& history, const table::Section& section,
            std::uint32_t index) {
  const char* base = reinterpret_cast<const char*>(history.table);
  return *reinterpret_cast<const T*>(base + section.offset +
                                     std::size_t{index} * section.stride);
}

}  // namespace

File::File()
    : folder_(std::filesystem::temp_directory_path() /
              ("palindrome_benchmark_" + std::to_string(std::rand()))) {
  std::filesystem::create_directories(folder_);
}

File::~File() {
  std::filesystem::remove_all(folder_);
}

sqlite3* File::Open() const {
  sqlite3* connection = nullptr;
  if (sqlite3_open((folder_ / "test.db").c_str(), &connection) != SQLITE_OK) {
    std::cerr << "cannot open a database in " << folder_ << '\n';
    std::exit(1);
  }
  return connection;
}

void File::Remove() const {
  std::filesystem::remove(folder_ / "test.db");
}

void File::CopyFrom(const File& other) const {
  std::filesystem::copy_file(other.folder_ / "test.db", folder_ / "test.db",
                             std::filesystem::copy_options::overwrite_existing);
}

void Execute(sqlite3* connection, const std::string& sql) {
  char* error = nullptr;
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &error) !=
      SQLITE_OK) {
    std::cerr << error << ": " << sql << '\n';
    std::exit(1);
  }
}

void Upgrade(const History& history, sqlite3* connection,
             const std::string& target, const Options& options) {
  sqlite::Database database(connection);
  Migrator migrator(history, database, options);
  if (const auto status = migrator.Upgrade(target); !status.ok()) {
    std::cerr << status.ToString() << '\n';
    std::exit(1);
  }
}

std::vector<std::string> UpgradeStatements(const History& history) {
  const table::Header& header = *history.table;
  std::vector<std::string> result;
  for (std::uint32_t row = 0; row < header.rows.count; ++row) {
    const auto& migration = At<table::Row>(history, header.rows, row);
    const auto& program =
        At<table::Program>(history, header.programs, migration.programs.first);
    for (std::uint32_t i = 0; i < program.up.count; ++i) {
      const auto& statement = At<table::Statement>(history, header.statements,
                                                   program.up.first + i);
      const char* text = &At<char>(history, header.text, statement.sql.offset);
      result.emplace_back(text, statement.sql.size);
    }
  }
  return result;
}

}  // namespace palindrome
