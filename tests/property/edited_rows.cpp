// Rows that are written between the upgrade and the downgrade: what nobody
// touched comes back as it was, and what somebody wrote stays.

#include <algorithm>
#include <utility>

#include "tests/property/random_rows.h"
#include "tests/property/rows_replay.h"

namespace palindrome::property {

namespace {

using Tables = std::map<std::string, TableDump>;
using Values = std::map<std::string, std::string>;  // By folded column.
using KeyedRows = std::map<std::string, Values>;

bool IsHiddenKey(const TableDump& left, const TableDump& right) {
  return left.has_hidden && right.has_hidden &&
         (left.key.empty() || left.key != right.key);
}

// The rows by what tells them apart in both readings of the table. False:
// nothing does.
bool ByKey(const TableDump& table, const TableDump& other, KeyedRows& rows) {
  const bool by_hidden = IsHiddenKey(table, other);
  if (!by_hidden && (table.key.empty() || table.key != other.key)) {
    return false;
  }
  for (const auto& row : table.rows) {
    Values values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      values[sql::FoldCase(table.columns[i])] =
          row[i + (table.has_hidden ? 1 : 0)];
    }
    std::string key = by_hidden ? row[0] : "";
    for (std::size_t i = 0; !by_hidden && i < table.key.size(); ++i) {
      key += values[sql::FoldCase(table.key[i])] + "|";
    }
    if (!rows.emplace(key, std::move(values)).second) {
      return false;  // NULL in a key.
    }
  }
  return true;
}

// Whose values are compared: they have the same type before and after.
std::set<std::string> SameColumns(const TableDump& left,
                                  const TableDump& right) {
  std::set<std::string> same;
  for (std::size_t i = 0; i < left.columns.size(); ++i) {
    for (std::size_t j = 0; j < right.columns.size(); ++j) {
      if (sql::EqualsIgnoringCase(left.columns[i], right.columns[j]) &&
          left.types[i] == right.types[j]) {
        same.insert(sql::FoldCase(left.columns[i]));
      }
    }
  }
  return same;
}

// `a = 1 AND …`, for one row of the table.
std::string WhereIs(const TableDump& table,
                    const std::vector<std::string>& row) {
  if (table.has_hidden) {
    return " WHERE _rowid_ = " + row[0];
  }
  std::string where;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    where += (where.empty() ? " WHERE " : " AND ") +
             sql::QuoteName(table.columns[i]) + " IS " + row[i];
  }
  return where;
}

const Values* Find(const KeyedRows& rows, const std::string& key) {
  const auto found = rows.find(key);
  return found == rows.end() ? nullptr : &found->second;
}

std::string Text(const Values* values) {
  std::string text;
  if (values == nullptr) {
    return " not there";
  }
  for (const auto& [column, value] : *values) {
    text += " " + column + "=" + value.substr(0, 40);
  }
  return text;
}

// A row before, after the upgrade, after the edits and after the downgrade;
// null where it is not there.
struct Lives {
  const Values* before;
  const Values* up;
  const Values* edited;
  const Values* down;
};

// What of the upgrade makes exceptions.
struct Exceptions {
  // A row that it deleted may be another one than the one of its key that it
  // inserted then.
  bool deletes = false;
  bool updates = false;        // A row may have got its key by it.
  std::set<std::string> keys;  // Of archives; who changes them hides the row.
};

bool IsRight(const Lives& row, const std::set<std::string>& same,
             const Exceptions& exceptions, bool is_edited) {
  const auto& [before, up, edited, down] = row;
  const bool is_back = before != nullptr && down != nullptr && *before == *down;
  if (up == nullptr && edited == nullptr) {
    // What the upgrade took away; its key may have been given away.
    return is_edited || is_back;
  }
  if (up != nullptr && edited == nullptr) {
    return down == nullptr || (exceptions.deletes && is_back);
  }
  if (up != nullptr && *up == *edited) {
    return before == nullptr ? down == nullptr || is_edited : is_back;
  }
  std::set<std::string> changed;
  for (const auto& [column, value] : *edited) {
    if (up == nullptr || up->at(column) != value) {
      changed.insert(column);
    }
  }
  const auto is_changed = [&](const std::string& column) {
    return changed.contains(column);
  };
  if (std::any_of(exceptions.keys.begin(), exceptions.keys.end(), is_changed)) {
    return true;
  }
  if (down == nullptr) {
    // Only what goes with the upgrade was written.
    return before == nullptr && up != nullptr &&
           (exceptions.updates ||
            std::none_of(same.begin(), same.end(), is_changed));
  }
  return std::all_of(same.begin(), same.end(), [&](const auto& column) {
    const std::string& now = down->at(column);
    if (is_changed(column)) {
      return now == edited->at(column);
    }
    // A row of the upgrade itself may be as it was before its last statement.
    return (before == nullptr && exceptions.updates) ||
           (before != nullptr && now == before->at(column)) ||
           ((before == nullptr || exceptions.deletes) && now == up->at(column));
  });
}

Exceptions ExceptionsOf(const catalog::Simulation& upgrade) {
  Exceptions exceptions;
  for (const catalog::Step& step : upgrade.steps) {
    exceptions.deletes = exceptions.deletes || !step.access.deletes.empty();
    exceptions.updates = exceptions.updates || !step.access.updates.empty();
    if (step.archive) {
      for (const auto& key :
           std::get<ast::Archive>(step.archive->definition).key) {
        exceptions.keys.insert(sql::FoldCase(key.name));
      }
    }
  }
  return exceptions;
}

}  // namespace

std::string RowsReplay::EditSome(Live& copy, const Tables& before,
                                 Tables& now) {
  std::string edits;
  std::vector<const TableDump*> tables;
  for (const auto& [name, table] : now) {
    if (before.contains(name) && !name.starts_with("palindrome_")) {
      tables.push_back(&table);
    }
  }
  for (int i = 0; i < 4 && !tables.empty(); ++i) {
    const TableDump& table = *random_.Of(tables);
    if (table.rows.empty() || random_.Percent(30)) {
      InsertRandomRow(table.name, random_, copy.connection());
      edits += "-- a row into " + table.name + "\n";
      continue;
    }
    const auto& row = random_.Of(table.rows);
    const std::string name = sql::QuoteName(table.name);
    const std::string edit =
        random_.Percent(30) || table.columns.empty()
            ? "DELETE FROM " + name + WhereIs(table, row)
            : "UPDATE OR ABORT " + name + " SET " +
                  sql::QuoteName(random_.Of(table.columns)) + " = " +
                  AnyValue(random_) + WhereIs(table, row);
    copy.InsertAll({edit});
    edits += edit + ";\n";
  }
  now = RowsOf(copy.handle());
  return edits;
}

void RowsReplay::Edit(std::size_t number, const Trip& trip) {
  Live copy;
  copy.CopyFrom(live_);
  const Tables after = RowsOf(copy.handle());
  Tables edited = after;
  const std::string edits = EditSome(copy, trip.before.tables, edited);
  if (edits.empty()) {
    return;
  }
  if (!copy.Run(*compiled_.analysis(number)->task->down).empty()) {
    ++counts_.edits_refused;
    return;
  }
  ++counts_.edited;
  CompareEdited(number, trip.before.tables, after, edited,
                RowsOf(copy.handle()), edits);
}

void RowsReplay::CompareEdited(std::size_t number, const Tables& before,
                               const Tables& after, const Tables& edited,
                               const Tables& restored,
                               const std::string& edits) {
  const Exceptions rules = ExceptionsOf(compiled_.analysis(number)->upgrade);
  for (const auto& [name, then] : before) {
    const auto in_after = after.find(name);
    const auto in_restored = restored.find(name);
    if (in_after == after.end() || in_restored == restored.end() ||
        compiled_.Announces(number, name)) {
      continue;
    }
    KeyedRows was;
    KeyedRows up;
    KeyedRows up_edited;
    KeyedRows down;
    if (!ByKey(then, in_after->second, was) ||
        !ByKey(in_after->second, then, up) ||
        !ByKey(edited.at(name), then, up_edited) ||
        !ByKey(in_restored->second, in_after->second, down)) {
      continue;
    }
    const bool is_edited = up != up_edited;
    const auto same = SameColumns(then, in_after->second);
    if (std::any_of(then.key.begin(), then.key.end(), [&](const auto& key) {
          return !same.contains(sql::FoldCase(key));
        })) {
      continue;
    }
    std::set<std::string> keys;
    for (const KeyedRows* rows : {&was, &up_edited, &down}) {
      for (const auto& [key, values] : *rows) {
        keys.insert(key);
      }
    }
    for (const std::string& key : keys) {
      const Values* b = Find(was, key);
      const Values* a = Find(up, key);
      const Values* e = Find(up_edited, key);
      const Values* d = Find(down, key);
      const bool right = IsRight({b, a, e, d}, same, rules, is_edited);
      if (!right) {
        Fail("a row of `" + name + "`, " + key + ", was" + Text(b) +
             ",\nafter the upgrade" + Text(a) + ",\nthen" + Text(e) +
             ",\nand after the downgrade" + Text(d) + "\n" + edits +
             compiled_.Messages(number));
        return;
      }
    }
  }
}

}  // namespace palindrome::property
