// What a database holds, read by nothing of the compiler's own: its schema from
// SQLite's pragmas and texts, and its rows.
//
// Values; pure functions of the connection.
#ifndef PALINDROME_TESTS_PROPERTY_DUMP_H_
#define PALINDROME_TESTS_PROPERTY_DUMP_H_

#include <map>
#include <set>
#include <string>
#include <vector>

struct sqlite3;

namespace palindrome::property {

struct TableDump {
  std::string name;
  std::vector<std::string> columns;  // Without generated ones.
  std::vector<std::string> types;    // Of each of them.
  // Of the primary key, in the order of its parts; empty if there is none.
  std::vector<std::string> key;
  // As SQL literals, sorted. In front is the hidden number, if there is one.
  bool has_hidden = false;
  std::vector<std::vector<std::string>> rows;
};

struct Dump {
  // A line for each fact, sorted.
  std::vector<std::string> schema;
  // By folded name. Virtual tables and the engine's own are left out.
  std::map<std::string, TableDump> tables;
};

struct DumpOptions {
  bool order = true;     // Of columns.
  bool spelling = true;  // Of the names of columns.
};
Dump DumpOf(sqlite3* handle, DumpOptions options);
// The rows alone.
std::map<std::string, TableDump> RowsOf(sqlite3* handle);

// The lines that one of them lacks, marked `-` and `+`; empty: the same.
std::string SchemaDifferences(const Dump& before, const Dump& after);
// The same of the rows of the tables that `before` has, with columns of the
// same names in any order; the folded names of those that differ in `tables`.
std::string RowDifferences(const std::map<std::string, TableDump>& before,
                           const std::map<std::string, TableDump>& after,
                           std::set<std::string>& tables);

// Drops the hidden numbers.
void ForgetHidden(TableDump& table);

// Rows of the table as INSERT statements, with the hidden numbers.
std::vector<std::string> InsertsOf(const TableDump& table);

// What sets the AUTOINCREMENT counters as they are.
std::vector<std::string> Sequences(sqlite3* handle);

// The first column of the rows; what failed, in `error`.
std::vector<std::vector<std::string>> Query(sqlite3* handle,
                                            const std::string& sql,
                                            std::string* error = nullptr);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_DUMP_H_
