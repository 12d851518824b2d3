#include "compiler/rehearse/sqlite/whole.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "compiler/rehearse/sqlite/literal.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;

using Error = std::optional<catalog::EngineError>;

// Statements of rows are no longer than this by more than one row.
constexpr std::size_t kLongest = 1 << 16;

class Reader {
 public:
  Reader(Connection& connection, Whole& whole)
      : connection_(connection), whole_(whole) {}

  Error Read();

 private:
  Error List(const std::string& sql, std::vector<std::string>& values) {
    return connection_.RunTrusted(sql, [&values](std::string_view value) {
      values.emplace_back(value);
      return true;
    });
  }
  Error ReadObjects(std::vector<std::pair<std::string, std::string>>& objects);
  Error ReadRows(const std::string& table);
  Error NumberOf(const std::string& table,
                 const std::vector<std::string>& columns, std::string& number);
  Error ReadSequences();

  Connection& connection_;
  Whole& whole_;
};

// What follows tells what a row of the schema cannot be copied for.
constexpr char kObstacles[] =
    "SELECT 'the virtual table `' || name || '`' FROM pragma_table_list "
    "WHERE schema = 'main' AND type = 'virtual' UNION ALL "
    "SELECT 'the statistics of ANALYZE' FROM main.sqlite_master "
    "WHERE name LIKE 'sqlite!_stat%' ESCAPE '!' UNION ALL "
    "SELECT 'the temporary ' || type || ' `' || name || '`' "
    "FROM temp.sqlite_master LIMIT 1";

constexpr char kOfObjects[] =
    " FROM main.sqlite_master WHERE sql IS NOT NULL "
    "AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite!_%' ESCAPE '!') "
    "ORDER BY rowid";

// The engine makes its table of counters with the first table that counts, and
// keeps it: this puts it where a table that is gone has left it.
constexpr char kMakeCounters[] =
    "CREATE TABLE main.palindrome_counter "
    "(id INTEGER PRIMARY KEY AUTOINCREMENT)";
constexpr char kDropCounter[] = "DROP TABLE main.palindrome_counter";

// Pairs of a table's name, or nothing, and the CREATE statement.
Error Reader::ReadObjects(
    std::vector<std::pair<std::string, std::string>>& objects) {
  std::vector<std::string> tables;
  std::vector<std::string> statements;
  Error error = List(
      std::string("SELECT iif(type = 'table', name, '')") + kOfObjects, tables);
  if (!error) {
    error = List(std::string("SELECT sql") + kOfObjects, statements);
  }
  for (std::size_t i = 0; !error && i < tables.size(); ++i) {
    objects.emplace_back(tables[i], statements[i]);
  }
  return error;
}

// The name of the row number, if the table has one that is no column.
Error Reader::NumberOf(const std::string& table,
                       const std::vector<std::string>& columns,
                       std::string& number) {
  const std::string name = QuoteString(table);
  std::vector<std::string> has;
  Error error = List(
      "SELECT wr OR ((SELECT count(*) FROM pragma_table_xinfo(" + name +
          ") WHERE pk) = 1 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(" +
          name +
          ") WHERE origin = 'pk')) FROM pragma_table_list WHERE schema = "
          "'main' AND name = " +
          name,
      has);
  if (error || has != std::vector<std::string>{"0"}) {
    return error;
  }
  constexpr std::array<const char*, 3> kNames = {"rowid", "_rowid_", "oid"};
  const auto* free = std::find_if(kNames.begin(), kNames.end(), [&](auto each) {
    return std::none_of(
        columns.begin(), columns.end(),
        [&](const auto& column) { return EqualsIgnoringCase(column, each); });
  });
  number = free == kNames.end() ? "" : *free;
  return error;
}

Error Reader::ReadRows(const std::string& table) {
  const std::string from_columns =
      "SELECT name FROM pragma_table_xinfo(" + QuoteString(table) + ")";
  std::vector<std::string> all;
  std::vector<std::string> columns;
  std::string number;
  Error error = List(from_columns, all);
  if (!error) {
    error = List(from_columns + " WHERE hidden = 0", columns);
  }
  if (!error) {
    error = NumberOf(table, all, number);
  }
  if (error) {
    return error;
  }
  std::string names = number;
  std::string values = number;
  for (const std::string& column : columns) {
    const std::string name = QuoteName(column);
    names += (names.empty() ? "" : ", ") + name;
    values += (values.empty() ? "" : " || ', ' || ") + LiteralOf(name);
  }
  const std::string into =
      "INSERT INTO main." + QuoteName(table) + " (" + names + ") VALUES ";
  std::string statement;
  const auto finish = [&] {
    if (!statement.empty()) {
      whole_.statements.push_back(std::exchange(statement, {}));
    }
  };
  error = connection_.RunTrusted(
      "SELECT '(' || " + values + " || ')' FROM main." + QuoteName(table) +
          (number.empty() ? "" : " ORDER BY " + number),
      [&](std::string_view row) {
        statement += statement.empty() ? into : ", ";
        statement += row;
        if (statement.size() > kLongest) {
          finish();
        }
        return true;
      });
  finish();
  return error;
}

Error Reader::ReadSequences() {
  std::vector<std::string> exists;
  Error error =
      List("SELECT 1 FROM main.sqlite_master WHERE name = 'sqlite_sequence'",
           exists);
  if (error || exists.empty()) {
    return error;
  }
  // Rows have left numbers there already.
  return connection_.RunTrusted(
      "SELECT 'DELETE FROM main.sqlite_sequence WHERE name = ' || quote(name), "
      "1 AS part, name AS owner FROM main.sqlite_sequence UNION ALL "
      "SELECT 'INSERT INTO main.sqlite_sequence (name, seq) VALUES (' || "
      "quote(name) || ', ' || quote(seq) || ')', 2, name "
      "FROM main.sqlite_sequence ORDER BY owner, part",
      [this](std::string_view statement) {
        whole_.statements.emplace_back(statement);
        return true;
      });
}

Error Reader::Read() {
  std::vector<std::string> obstacles;
  std::vector<std::pair<std::string, std::string>> objects;
  Error error = List(kObstacles, obstacles);
  if (!obstacles.empty()) {
    whole_.obstacle = obstacles.front();
    return error;
  }
  if (!error) {
    error = ReadObjects(objects);
  }
  for (auto& [table, statement] : objects) {
    if (error) {
      return error;
    }
    if (table == "sqlite_sequence") {
      whole_.statements.insert(whole_.statements.end(),
                               {kMakeCounters, kDropCounter});
      continue;
    }
    whole_.statements.push_back(std::move(statement));
    if (!table.empty()) {
      error = ReadRows(table);
    }
  }
  return error ? error : ReadSequences();
}

}  // namespace

Error ReadWhole(Connection& connection, Whole& whole) {
  return Reader(connection, whole).Read();
}

}  // namespace palindrome::rehearse::sqlite
