#include "runtime/drivers/sqlite/foreign_keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "runtime/drivers/sqlite/statement.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {
namespace {

using Texts = std::vector<std::string>;

// The rows of `sql` as texts; NULL is empty.
Result<std::vector<Texts>> ReadRows(sqlite3* connection, std::string_view sql) {
  auto statement = Statement::Prepare(connection, sql);
  if (!statement.ok()) {
    return statement.status();
  }
  std::vector<Texts> rows;
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    if (!*row) {
      return rows;
    }
    Texts texts;
    for (int i = 0; i < statement->ColumnCount(); ++i) {
      texts.push_back(statement->Text(i));
    }
    rows.push_back(std::move(texts));
  }
}

// A row of PRAGMA foreign_key_check.
struct Finding {
  std::string table;
  std::string row;  // Its rowid; empty in a table without.
  std::string parent;
  std::string key;  // The number of the foreign key.
};

struct Key {
  std::string parent;
  Texts columns;
  Texts parent_columns;
};

class Finder {
 public:
  explicit Finder(sqlite3* connection) : connection_(connection) {}

  Result<ForeignKeyReport> Find();

 private:
  Status Check(std::string_view argument, std::vector<Finding>* findings);
  Status CheckEachTable(std::vector<Finding>* findings);
  Status ListKeys();
  Result<Key> ReadKey(const std::string& table, const std::string& number);
  Result<Texts> ReadPrimaryKey(const std::string& table);
  Result<std::string> RowidName(const std::string& table);
  Status DescribeByRowid(const Key& key, std::span<const Finding> group);
  Status DescribeByKey(const Key& key, std::span<const Finding> group);
  Status Describe(std::span<const Finding> group);
  void Add(const Finding& finding, const Key& key, std::string values);

  sqlite3* connection_;
  ForeignKeyReport report_;
};

// The values as literals, so that distinct ones never read alike.
std::string ColumnList(const Texts& columns, std::string_view prefix) {
  std::string list;
  for (const std::string& column : columns) {
    list += (list.empty() ? "quote(" : " || ', ' || quote(") +
            std::string(prefix) + sql::QuoteName(column) + ')';
  }
  return list;
}

std::string InBackticks(const Texts& columns) {
  std::string text;
  for (const std::string& column : columns) {
    text += (text.empty() ? "`" : ", `") + column + '`';
  }
  return text;
}

Status Finder::Check(std::string_view argument,
                     std::vector<Finding>* findings) {
  auto rows = ReadRows(connection_,
                       "PRAGMA main.foreign_key_check" + std::string(argument));
  if (!rows.ok()) {
    return rows.status();
  }
  for (Texts& row : *rows) {
    findings->push_back({row[0], row[1], row[2], row[3]});
  }
  return {};
}

// One key that cannot be checked makes SQLite refuse the whole; the others
// are still wanted then.
Status Finder::CheckEachTable(std::vector<Finding>* findings) {
  auto tables = ReadRows(
      connection_,
      "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name");
  if (!tables.ok()) {
    return tables.status();
  }
  for (const Texts& table : *tables) {
    Status status = Check('(' + sql::QuoteName(table[0]) + ')', findings);
    if (status.code() == StatusCode::kFailedStatement) {
      report_.violations.push_back(
          {table[0], "", status.details().engine_message, ""});
    } else if (!status.ok()) {
      return status;
    }
  }
  return {};
}

Result<Texts> Finder::ReadPrimaryKey(const std::string& table) {
  auto rows = ReadRows(connection_, "SELECT name FROM pragma_table_info(" +
                                        sql::QuoteString(table) +
                                        ", 'main') WHERE pk > 0 ORDER BY pk");
  if (!rows.ok()) {
    return rows.status();
  }
  Texts columns;
  for (Texts& row : *rows) {
    columns.push_back(std::move(row[0]));
  }
  return columns;
}

Result<Key> Finder::ReadKey(const std::string& table,
                            const std::string& number) {
  auto rows =
      ReadRows(connection_,
               R"(SELECT "table", "from", "to" FROM pragma_foreign_key_list()" +
                   sql::QuoteString(table) + ", 'main') WHERE id = " + number +
                   " ORDER BY seq");
  if (!rows.ok()) {
    return rows.status();
  }
  Key key;
  for (Texts& row : *rows) {
    key.parent = row[0];
    key.columns.push_back(std::move(row[1]));
    if (!row[2].empty()) {
      key.parent_columns.push_back(std::move(row[2]));
    }
  }
  if (key.parent_columns.empty()) {
    auto primary = ReadPrimaryKey(key.parent);
    if (!primary.ok()) {
      return primary.status();
    }
    key.parent_columns = std::move(primary).value();
  }
  return key;
}

void Finder::Add(const Finding& finding, const Key& key, std::string values) {
  report_.violations.push_back({finding.table, InBackticks(key.columns),
                                std::move(values), finding.parent});
}

Status Finder::ListKeys() {
  const auto rows = ReadRows(
      connection_,
      R"(SELECT t.name, k.id, k."from" FROM main.sqlite_master AS t, )"
      "pragma_foreign_key_list(t.name, 'main') AS k WHERE t.type = 'table' "
      "ORDER BY t.name, k.id, k.seq");
  if (!rows.ok()) {
    return rows.status();
  }
  for (auto first = rows->begin(); first != rows->end();) {
    Texts columns;
    auto row = first;
    for (; row != rows->end() && (*row)[0] == (*first)[0] &&
           (*row)[1] == (*first)[1];
         ++row) {
      columns.push_back((*row)[2]);
    }
    report_.keys.push_back({(*first)[0], InBackticks(columns)});
    first = row;
  }
  return {};
}

Result<std::string> Finder::RowidName(const std::string& table) {
  auto rows =
      ReadRows(connection_, "SELECT lower(name) FROM pragma_table_xinfo(" +
                                sql::QuoteString(table) + ", 'main')");
  if (!rows.ok()) {
    return rows.status();
  }
  constexpr std::array<std::string_view, 3> kNames = {"rowid", "_rowid_",
                                                      "oid"};
  for (const std::string_view name : kNames) {
    if (std::none_of(rows->begin(), rows->end(),
                     [&](const Texts& row) { return row[0] == name; })) {
      return std::string(name);
    }
  }
  return std::string(kNames[0]);
}

Status Finder::DescribeByRowid(const Key& key, std::span<const Finding> group) {
  const auto rowid = RowidName(group.front().table);
  if (!rowid.ok()) {
    return rowid.status();
  }
  auto statement = Statement::Prepare(
      connection_, "SELECT " + ColumnList(key.columns, "") + " FROM main." +
                       sql::QuoteName(group.front().table) + " WHERE " +
                       *rowid + " = CAST(?1 AS INTEGER)");
  if (!statement.ok()) {
    return statement.status();
  }
  for (const Finding& finding : group) {
    if (Status status = statement->BindText(1, finding.row); !status.ok()) {
      return status;
    }
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    Add(finding, key, *row ? statement->Text(0) : "");
    statement->Reset();
  }
  return {};
}

// Tables without rowid: the rows themselves cannot be named, so the keys
// without a parent are looked for. SQLite's count is what counts; where a
// comparison by hand sees it otherwise the values stay away.
Status Finder::DescribeByKey(const Key& key, std::span<const Finding> group) {
  std::string where;
  std::string match;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const std::string child = "c." + sql::QuoteName(key.columns[i]);
    where += (where.empty() ? "" : " AND ") + child + " IS NOT NULL";
    if (i < key.parent_columns.size()) {
      match += (match.empty() ? "p." : " AND p.") +
               sql::QuoteName(key.parent_columns[i]) + " = " + child;
    }
  }
  const auto parents =
      ReadRows(connection_,
               "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND "
               "lower(name) = lower(" +
                   sql::QuoteString(key.parent) + ')');
  if (!parents.ok()) {
    return parents.status();
  }
  if (!parents->empty() && !match.empty()) {
    where += " AND NOT EXISTS (SELECT 1 FROM main." +
             sql::QuoteName(key.parent) + " AS p WHERE " + match + ')';
  }
  const auto rows = ReadRows(
      connection_, "SELECT " + ColumnList(key.columns, "c.") + " FROM main." +
                       sql::QuoteName(group.front().table) + " AS c WHERE " +
                       where);
  if (!rows.ok()) {
    return rows.status();
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    Add(group[i], key, rows->size() == group.size() ? (*rows)[i][0] : "");
  }
  return {};
}

Status Finder::Describe(std::span<const Finding> group) {
  const auto key = ReadKey(group.front().table, group.front().key);
  if (!key.ok()) {
    return key.status();
  }
  return group.front().row.empty() ? DescribeByKey(*key, group)
                                   : DescribeByRowid(*key, group);
}

Result<ForeignKeyReport> Finder::Find() {
  if (Status status = ListKeys(); !status.ok()) {
    return status;
  }
  std::vector<Finding> findings;
  Status status = Check("", &findings);
  if (status.code() == StatusCode::kFailedStatement) {
    findings.clear();
    status = CheckEachTable(&findings);
  }
  if (!status.ok()) {
    return status;
  }
  const auto less = [](const Finding& left, const Finding& right) {
    return std::tie(left.table, left.key) < std::tie(right.table, right.key);
  };
  std::stable_sort(findings.begin(), findings.end(), less);
  for (auto first = findings.begin(); first != findings.end();) {
    const auto last = std::upper_bound(first, findings.end(), *first, less);
    if (Status described = Describe({first, last}); !described.ok()) {
      return described;
    }
    first = last;
  }
  return std::move(report_);
}

}  // namespace

Result<ForeignKeyReport> CheckForeignKeys(sqlite3* connection) {
  return Finder(connection).Find();
}

}  // namespace palindrome::sqlite
