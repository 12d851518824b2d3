#include "runtime/drivers/sqlite/script_keys.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "runtime/drivers/sqlite/statement.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {
namespace {

constexpr std::string_view kRows = "temp.palindrome_script_row";

struct Key {
  std::string table;
  std::string parent;
  std::vector<std::string> columns;
  std::vector<std::string> parent_columns;
  bool has_parent = false;

  std::string Name() const {
    std::string name = sql::FoldCase(table);
    for (const std::string& column : columns) {
      name += '.' + sql::FoldCase(column);
    }
    return name;
  }
  // "table `t` whose `a`, `b`", for a message.
  std::string Label() const {
    std::string label;
    for (const std::string& column : columns) {
      label += (label.empty() ? "`" : ", `") + column + '`';
    }
    return "table `" + table + "` whose " + label + " has no parent in `" +
           parent + '`';
  }
};

Result<std::vector<Key>> ReadKeys(sqlite3* connection) {
  // Without names in the parent its primary key is meant.
  auto statement = Statement::Prepare(
      connection,
      R"(SELECT t.name, k.id, k."table", k."from", )"
      R"(coalesce(k."to", (SELECT p.name FROM pragma_table_info(k."table", )"
      "'main') AS p WHERE p.pk = k.seq + 1)), (SELECT count(*) FROM "
      "main.sqlite_master AS m WHERE m.type = 'table' AND lower(m.name) = "
      R"(lower(k."table")) FROM main.sqlite_master AS t, )"
      "pragma_foreign_key_list(t.name, 'main') AS k WHERE t.type = 'table' "
      "ORDER BY t.name, k.id, k.seq");
  if (!statement.ok()) {
    return statement.status();
  }
  std::vector<Key> keys;
  std::string last;
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    if (!*row) {
      return keys;
    }
    const std::string id = statement->Text(1) + ' ' + statement->Text(0);
    if (id != last) {
      keys.push_back({statement->Text(0),
                      statement->Text(2),
                      {},
                      {},
                      statement->Text(5) != "0"});
      last = id;
    }
    keys.back().columns.push_back(statement->Text(3));
    keys.back().parent_columns.push_back(statement->Text(4));
  }
}

// The value without its type, which a rebuild of the table may change.
std::string WithoutType(const std::string& column) {
  const std::string text = "CAST(" + column + " AS TEXT)";
  return "quote(CASE WHEN " + text + " IN (CAST(CAST(" + text +
         " AS NUMERIC) AS TEXT), CAST(CAST(" + text +
         " AS REAL) AS TEXT)) THEN CAST(" + text + " AS NUMERIC) ELSE " + text +
         " END)";
}

// The rows of the key's table that have no parent. `+` takes the affinity of
// the child's column away, as the engine compares keys.
std::string SelectOrphans(const Key& key, bool is_after) {
  std::string values;
  std::string where;
  std::string match;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const std::string child = "c." + sql::QuoteName(key.columns[i]);
    values += (values.empty() ? "" : " || ', ' || ") + WithoutType(child);
    where += (where.empty() ? "" : " AND ") + child + " IS NOT NULL";
    match += (match.empty() ? "p." : " AND p.") +
             sql::QuoteName(key.parent_columns[i]) + " = +" + child;
  }
  std::string text = "INSERT INTO " + std::string(kRows) + " SELECT " +
                     (is_after ? "1, " : "0, ") + Literal(key.Name()) + ", " +
                     values + ", " + Literal(key.Label()) + " FROM main." +
                     sql::QuoteName(key.table) + " AS c WHERE " + where;
  if (key.has_parent) {
    text += " AND NOT EXISTS (SELECT 1 FROM main." +
            sql::QuoteName(key.parent) + " AS p WHERE " + match + ')';
  }
  return text;
}

// Those of tables that are not this history's: their keys are not known, and
// their rows stay where they are.
Status AddOthers(sqlite3* connection, bool is_after, SqlScript* script) {
  auto statement = Statement::Prepare(
      connection,
      "SELECT lower(name) FROM main.sqlite_master WHERE type = 'table' "
      "ORDER BY name");
  if (!statement.ok()) {
    return statement.status();
  }
  std::string known;
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    if (!*row) {
      break;
    }
    known += (known.empty() ? "" : ", ") + Literal(statement->Text(0));
  }
  return script->Add(
      "INSERT INTO " + std::string(kRows) + " SELECT " +
      (is_after ? "1" : "0") +
      R"(, 'key ' || v.fkid || ' of ' || v."table", coalesce(v.rowid, ''), )"
      R"('table `' || v."table" || '` that has no parent in `' || v.parent )"
      "|| '`' FROM main.sqlite_master AS t, "
      "pragma_foreign_key_check(t.name, 'main') AS v WHERE t.type = 'table' "
      "AND lower(t.name) NOT IN (" +
      known + ")");
}

// A key that the engine cannot check is none to compare.
bool CanCheck(sqlite3* connection, const Key& key) {
  auto statement =
      Statement::Prepare(connection, "PRAGMA main.foreign_key_check(" +
                                         sql::QuoteName(key.table) + ')');
  if (!statement.ok()) {
    return false;
  }
  while (true) {
    const auto row = statement->Step();
    if (!row.ok() || !*row) {
      return row.ok();
    }
  }
}

Result<std::vector<Key>> ReadCheckedKeys(sqlite3* connection) {
  auto keys = ReadKeys(connection);
  if (keys.ok()) {
    std::erase_if(*keys, [connection](const Key& key) {
      return !CanCheck(connection, key);
    });
  }
  return keys;
}

// Gives the names of the keys.
Result<std::set<std::string>> Collect(sqlite3* connection, bool is_after,
                                      SqlScript* script) {
  const auto keys = ReadCheckedKeys(connection);
  if (!keys.ok()) {
    return keys.status();
  }
  std::set<std::string> names;
  for (const Key& key : *keys) {
    names.insert(key.Name());
    if (Status status = script->Add(SelectOrphans(key, is_after));
        !status.ok()) {
      return status;
    }
  }
  if (Status status = AddOthers(connection, is_after, script); !status.ok()) {
    return status;
  }
  return names;
}

}  // namespace

Result<std::set<std::string>> CollectOrphans(sqlite3* connection,
                                             SqlScript* script) {
  if (Status status = script->Add("DELETE FROM " + std::string(kRows));
      !status.ok()) {
    return status;
  }
  return Collect(connection, /*is_after=*/false, script);
}

Status CheckOrphans(sqlite3* connection, std::string_view revision,
                    const std::set<std::string>& before, SqlScript* script) {
  const auto after = Collect(connection, /*is_after=*/true, script);
  if (!after.ok()) {
    return after.status();
  }
  // What only moved with a renamed column or table is not new: of a key that
  // is gone and one that was not there before, the values alone count.
  std::vector<std::string> changed;
  std::set_symmetric_difference(before.begin(), before.end(), after->begin(),
                                after->end(), std::back_inserter(changed));
  const std::string rows(kRows);
  if (!changed.empty()) {
    std::string names;
    for (const std::string& name : changed) {
      names += (names.empty() ? "" : ", ") + Literal(name);
    }
    if (Status status = script->Add(
            "UPDATE " + rows + " SET name = '' WHERE name IN (" + names + ')');
        !status.ok()) {
      return status;
    }
  }
  return script->Check(
      Literal("revision " + std::string(revision) +
              ": the migration leaves a row of ") +
      " || label || ': ' || substr(value, 1, 60) || '; migrate or delete such "
      "rows first' FROM (SELECT max(label) AS label, value, sum(is_after) AS "
      "n, count(*) AS total FROM " +
      rows + " GROUP BY name, value) WHERE n > total - n");
}

}  // namespace palindrome::sqlite
