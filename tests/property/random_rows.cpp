#include "tests/property/random_rows.h"

#include <map>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

using rehearse::sqlite::Connection;

// By folded column: an expression for a value that the parent has.
std::map<std::string, std::string> ParentValues(const std::string& table,
                                                std::size_t row,
                                                Connection& connection) {
  std::map<std::string, std::string> values;
  for (const auto& key :
       Query(connection.handle(),
             "SELECT \"table\", \"from\", coalesce(\"to\", (SELECT name FROM "
             "pragma_table_info(k.\"table\") WHERE pk = k.seq + 1)) FROM "
             "pragma_foreign_key_list(" +
                 sql::QuoteString(table) + ") AS k")) {
    const std::string from = " FROM " + sql::QuoteName(key[0]);
    values[sql::FoldCase(key[1])] = "(SELECT " + sql::QuoteName(key[2]) + from +
                                    " LIMIT 1 OFFSET " + std::to_string(row) +
                                    " % max(1, (SELECT count(*)" + from + ")))";
  }
  return values;
}

std::string ValueFor(const std::vector<std::string>& column, Random& random) {
  const bool is_number =
      sql::FoldCase(column[1]).find("int") != std::string::npos;
  if (is_number && (column[2] != "0" || random.Percent(50))) {
    return random.Percent(column[2] != "0" ? 20 : 10)
               ? "NULL"
               : std::to_string(random.Below(random.Percent(50) ? 5 : 5000));
  }
  return AnyValue(random);
}

void InsertRow(const std::string& table,
               const std::vector<std::vector<std::string>>& columns,
               const std::map<std::string, std::string>& parents,
               Random& random, Connection& connection) {
  std::string names;
  std::string values;
  for (const auto& column : columns) {
    if (random.Percent(8)) {
      continue;
    }
    const auto parent = parents.find(sql::FoldCase(column[0]));
    const bool of_parent = parent != parents.end() && random.Percent(85);
    names += (names.empty() ? "" : ", ") + sql::QuoteName(column[0]);
    values += (values.empty() ? "" : ", ") +
              (of_parent ? parent->second : ValueFor(column, random));
  }
  connection.RunTrusted("INSERT OR ABORT INTO main." + sql::QuoteName(table) +
                        (names.empty()
                             ? " DEFAULT VALUES"
                             : " (" + names + ") VALUES (" + values + ")"));
}

std::vector<std::vector<std::string>> ColumnsOf(const std::string& table,
                                                Connection& connection) {
  return Query(connection.handle(),
               "SELECT name, type, pk FROM pragma_table_xinfo(" +
                   sql::QuoteString(table) + ") WHERE hidden = 0");
}

}  // namespace

std::string AnyValue(Random& random) {
  return random.Of({"NULL",
                    "NULL",
                    "NULL",
                    "0",
                    "1",
                    "-1",
                    "7",
                    "42",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "9007199254740993",
                    "1.5",
                    "-0.5",
                    "2.0",
                    "1e300",
                    "1e15",
                    "0.1",
                    "''",
                    "'x'",
                    "'X'",
                    "'x '",
                    "'abc'",
                    "'a'",
                    "'12'",
                    "' 12'",
                    "'12abc'",
                    "'1e3'",
                    "'0x10'",
                    "'007'",
                    "'1.50'",
                    "'-0'",
                    "'9223372036854775808'",
                    "'9007199254740993'",
                    "'größe'",
                    "'it''s \"q\" `b`'",
                    "'never'",
                    "'none'",
                    "'null'",
                    "'2024-02-30'",
                    "'line\nbreak'",
                    "x''",
                    "x'00ff'",
                    "x'31'",
                    "'a much longer text than the other ones are'"});
}

void InsertRandomRow(const std::string& table, Random& random,
                     Connection& connection) {
  const Connection::WithoutTriggers quiet(connection);
  InsertRow(table, ColumnsOf(table, connection),
            ParentValues(table, random.Below(16), connection), random,
            connection);
}

void InsertRandomRows(std::size_t count, Random& random,
                      Connection& connection) {
  const Connection::WithoutTriggers quiet(connection);
  for (const auto& table :
       Query(connection.handle(),
             "SELECT name FROM main.sqlite_master WHERE type = 'table' AND "
             "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE "
             "'palindrome\\_%' ESCAPE '\\' ORDER BY rowid")) {
    const auto columns = ColumnsOf(table[0], connection);
    for (std::size_t i = 0; i < count; ++i) {
      InsertRow(table[0], columns,
                ParentValues(table[0], random.Below(16), connection), random,
                connection);
    }
  }
}

}  // namespace palindrome::property
