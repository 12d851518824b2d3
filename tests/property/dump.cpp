#include "tests/property/dump.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <sqlite3.h>

#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

using Rows = std::vector<std::vector<std::string>>;

// The meaning of each token of the text: names without quotes and case, and
// the words that say nothing left out.
std::vector<std::string> Tokens(const std::string& text) {
  std::vector<std::string> tokens;
  sql::Token token = sql::NextToken(text, 0);
  while (token.kind != sql::TokenKind::kEnd) {
    if (token.kind == sql::TokenKind::kWord ||
        token.kind == sql::TokenKind::kQuotedName) {
      tokens.push_back(sql::FoldCase(sql::Unquote(token)));
    } else if (token.kind != sql::TokenKind::kComment) {
      tokens.emplace_back(token.spelling);
    }
    token = sql::NextToken(
        text, token.offset + static_cast<std::uint32_t>(token.spelling.size()));
  }
  return tokens;
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

// Without the words that say what holds without them.
std::vector<std::string> Plain(std::vector<std::string> tokens,
                               const std::string& type) {
  std::erase(tokens, "asc");
  if (type == "trigger") {
    // It stands in front of the event.
    const auto before = std::find(tokens.begin(), tokens.end(), "before");
    if (before != tokens.end()) {
      tokens.erase(before);
    }
    const std::vector<std::string> each = {"for", "each", "row"};
    const auto words =
        std::search(tokens.begin(), tokens.end(), each.begin(), each.end());
    if (words != tokens.end()) {
      tokens.erase(words, words + 3);
    }
  }
  return tokens;
}

// Each CHECK's and generated column's expression, by its parentheses and
// without the table's name before its columns.
void AddExpressions(const std::string& table, const std::string& sql,
                    std::vector<std::string>& facts) {
  std::vector<std::string> tokens = Tokens(sql);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i] == table && tokens[i + 1] == ".") {
      const auto at = tokens.begin() + static_cast<std::ptrdiff_t>(i);
      tokens.erase(at, at + 2);
    }
  }
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i + 1] != "(" || (tokens[i] != "check" && tokens[i] != "as")) {
      continue;
    }
    std::string expression;
    int depth = 0;
    for (std::size_t at = i + 1; at < tokens.size(); ++at) {
      depth += tokens[at] == "(" ? 1 : (tokens[at] == ")" ? -1 : 0);
      expression += " " + tokens[at];
      if (depth == 0) {
        break;
      }
    }
    facts.push_back("table " + table + " " + tokens[i] + expression);
  }
}

// How often the text has each of the words that no pragma tells of.
void AddWords(const std::string& table, const std::string& sql,
              std::vector<std::string>& facts) {
  std::vector<std::string> tokens = Tokens(sql);
  // No statement can say the name of a NOT NULL, which SQLite passes over.
  for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
    if (tokens[i] == "constraint" && tokens[i + 2] == "not" &&
        tokens[i + 3] == "null") {
      tokens[i].clear();
    }
  }
  for (const char* word :
       {"autoincrement", "deferrable", "initially", "deferred", "stored",
        "strict", "without", "conflict", "replace", "ignore", "fail",
        "rollback", "constraint"}) {
    facts.push_back(
        "table " + table + " " + word + " " +
        std::to_string(std::count(tokens.begin(), tokens.end(), word)));
  }
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i] == "constraint") {
      facts.push_back("table " + table + " constraint " + tokens[i + 1]);
    }
  }
}

std::string Collation(sqlite3* handle, const std::string& table,
                      const std::string& column) {
  const char* collation = "";
  sqlite3_table_column_metadata(handle, nullptr, table.c_str(), column.c_str(),
                                nullptr, &collation, nullptr, nullptr, nullptr);
  return collation == nullptr ? "" : sql::FoldCase(collation);
}

// Without the direction of a constraint's index: SQLite makes one index for two
// keys over the same columns, in that of the first.
std::string IndexText(sqlite3* handle, const std::string& name,
                      bool is_constraint) {
  std::string text;
  for (const auto& row :
       Query(handle, "SELECT name, desc, coll, key FROM pragma_index_xinfo(" +
                         sql::QuoteString(name) + ")")) {
    if (row[3] == "1") {
      const std::string direction = is_constraint ? "" : row[1];
      text += " (" + sql::FoldCase(Join({row[0], direction, row[2]})) + ")";
    }
  }
  return text;
}

void AddTable(sqlite3* handle, const std::string& name, const std::string& sql,
              DumpOptions options, std::vector<std::string>& facts) {
  const std::string table = sql::FoldCase(name);
  const std::string quoted = sql::QuoteString(name);
  for (const auto& row :
       Query(handle,
             "SELECT cid, name, type, \"notnull\", dflt_value, pk, hidden FROM "
             "pragma_table_xinfo(" +
                 quoted + ")")) {
    facts.push_back("table " + table + " column " +
                    (options.spelling ? row[1] : sql::FoldCase(row[1])) +
                    (options.order ? " at " + row[0] : "") + ": " +
                    Join(Tokens(row[2])) + ", not null " + row[3] +
                    ", default " + Join(Tokens(row[4])) + ", key " + row[5] +
                    ", hidden " + row[6] + ", collate " +
                    Collation(handle, name, row[1]));
  }
  for (const auto& row : Query(handle,
                               "SELECT name, \"unique\", origin, partial FROM "
                               "pragma_index_list(" +
                                   quoted + ")")) {
    facts.push_back("table " + table + " index " +
                    (row[2] == "c" ? sql::FoldCase(row[0]) : row[2]) +
                    " unique " + row[1] + " partial " + row[3] +
                    IndexText(handle, row[0], row[2] != "c"));
  }
  std::map<std::string, std::string> keys;
  for (const auto& row :
       Query(handle,
             "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete, "
             "\"match\" FROM pragma_foreign_key_list(" +
                 quoted + ") ORDER BY id, seq")) {
    keys[row[0]] += " " + sql::FoldCase(Join({row.begin() + 1, row.end()}));
  }
  for (const auto& [id, key] : keys) {
    facts.push_back("table " + table + " refers" + key);
  }
  AddExpressions(table, sql, facts);
  AddWords(table, sql, facts);
}

TableDump ReadTable(sqlite3* handle, const std::string& name) {
  TableDump table;
  table.name = name;
  std::vector<std::pair<std::string, std::string>> key;
  // An index holds the key: it is no other name of the row's number.
  const bool is_indexed =
      Query(handle, "SELECT count(*) FROM pragma_index_list(" +
                        sql::QuoteString(name) + ") WHERE origin = 'pk'")
          .front()
          .front() != "0";
  bool is_alias = false;
  for (const auto& row :
       Query(handle, "SELECT name, pk, hidden, type FROM pragma_table_xinfo(" +
                         sql::QuoteString(name) + ") ORDER BY lower(name)")) {
    if (row[2] != "0") {
      continue;
    }
    table.columns.push_back(row[0]);
    table.types.push_back(sql::FoldCase(row[3]));
    if (row[1] != "0") {
      key.emplace_back(row[1], row[0]);
      is_alias = !is_indexed && sql::EqualsIgnoringCase(row[3], "integer");
    }
  }
  std::sort(key.begin(), key.end());
  for (const auto& part : key) {
    table.key.push_back(part.second);
  }
  const std::string from = " FROM main." + sql::QuoteName(name) + " AS x";
  std::string values;
  for (const std::string& column : table.columns) {
    values += (values.empty() ? "" : ", ") +
              ("quote(x." + sql::QuoteName(column)) + ")";
  }
  // Nobody promises the order in which an archive is filled.
  const bool is_archive = name.starts_with("palindrome_archive_");
  if ((table.key.size() != 1 || !is_alias) && !is_archive) {
    std::string error;
    Rows rows = Query(handle,
                      "SELECT quote(x._rowid_)" +
                          (values.empty() ? "" : ", " + values) + from,
                      &error);
    if (error.empty()) {
      table.has_hidden = true;
      table.rows = std::move(rows);
    }
  }
  if (!table.has_hidden) {
    table.rows = Query(handle, "SELECT " + values + from);
  }
  std::sort(table.rows.begin(), table.rows.end());
  return table;
}

std::string Line(const std::vector<std::string>& row) {
  std::string text;
  for (const std::string& value : row) {
    constexpr std::size_t kLongest = 60;
    text += (text.empty() ? "" : " | ") + value.substr(0, kLongest);
  }
  return text + "\n";
}

template <typename T, typename Print>
std::string Differences(const std::vector<T>& before,
                        const std::vector<T>& after, Print print) {
  std::vector<T> gone;
  std::vector<T> more;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(more));
  std::string text;
  for (const T& each : gone) {
    text += "- " + print(each);
  }
  for (const T& each : more) {
    text += "+ " + print(each);
  }
  return text;
}

}  // namespace

Rows Query(sqlite3* handle, const std::string& sql, std::string* error) {
  Rows rows;
  sqlite3_stmt* prepared = nullptr;
  int code = sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(
      prepared, &sqlite3_finalize);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(prepared);
    if (code != SQLITE_ROW) {
      break;
    }
    std::vector<std::string>& row = rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
      const auto* bytes = sqlite3_column_text(prepared, i);
      row.emplace_back(bytes == nullptr ? ""
                                        : reinterpret_cast<const char*>(bytes));
    }
  }
  if (error != nullptr && code != SQLITE_DONE) {
    *error = sqlite3_errmsg(handle);
  }
  return rows;
}

Dump DumpOf(sqlite3* handle, DumpOptions options) {
  Dump dump;
  for (const auto& row :
       Query(handle,
             "SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE "
             "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")) {
    if (row[0] == "table") {
      AddTable(handle, row[1], row[3], options, dump.schema);
    } else {
      dump.schema.push_back(row[0] + " " + sql::FoldCase(row[1]) + " on " +
                            sql::FoldCase(row[2]) + ": " +
                            Join(Plain(Tokens(row[3]), row[0])));
    }
  }
  std::sort(dump.schema.begin(), dump.schema.end());
  dump.tables = RowsOf(handle);
  return dump;
}

std::map<std::string, TableDump> RowsOf(sqlite3* handle) {
  std::map<std::string, TableDump> tables;
  for (const auto& row :
       Query(handle,
             "SELECT name FROM main.sqlite_master WHERE type = 'table' AND "
             "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")) {
    tables.emplace(sql::FoldCase(row[0]), ReadTable(handle, row[0]));
  }
  return tables;
}

std::string SchemaDifferences(const Dump& before, const Dump& after) {
  return Differences(before.schema, after.schema,
                     [](const std::string& line) { return line + "\n"; });
}

std::string RowDifferences(const std::map<std::string, TableDump>& before,
                           const std::map<std::string, TableDump>& after,
                           std::set<std::string>& tables) {
  std::string text;
  for (const auto& [name, table] : before) {
    const auto found = after.find(name);
    const std::string different =
        found == after.end()
            ? "is not there\n"
            : Differences(table.rows, found->second.rows, Line);
    if (!different.empty()) {
      tables.insert(name);
      text += "table `" + table.name + "` (" + Join(table.columns) + "):\n" +
              different;
    }
  }
  return text;
}

void ForgetHidden(TableDump& table) {
  if (!table.has_hidden) {
    return;
  }
  table.has_hidden = false;
  for (auto& row : table.rows) {
    row.erase(row.begin());
  }
  std::sort(table.rows.begin(), table.rows.end());
}

std::vector<std::string> InsertsOf(const TableDump& table) {
  std::string names = table.has_hidden ? "_rowid_" : "";
  for (const std::string& column : table.columns) {
    names += (names.empty() ? "" : ", ") + sql::QuoteName(column);
  }
  std::vector<std::string> inserts;
  for (const auto& row : table.rows) {
    std::string values;
    for (const std::string& value : row) {
      values += (values.empty() ? "" : ", ") + value;
    }
    inserts.push_back("INSERT OR ABORT INTO " + sql::QuoteName(table.name) +
                      " (" + names + ") VALUES (" + values + ")");
  }
  return inserts;
}

std::vector<std::string> Sequences(sqlite3* handle) {
  std::vector<std::string> inserts = {"DELETE FROM sqlite_sequence"};
  for (const auto& row :
       Query(handle, "SELECT quote(name), quote(seq) FROM sqlite_sequence")) {
    inserts.push_back("INSERT INTO sqlite_sequence (name, seq) VALUES (" +
                      row[0] + ", " + row[1] + ")");
  }
  return inserts;
}

}  // namespace palindrome::property
