#include "compiler/rehearse/sqlite/foreign_keys.h"

#include <algorithm>
#include <iterator>

#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;
using Error = std::optional<catalog::EngineError>;

// The fields of a row that the query joined with this.
constexpr char kSeparator = '\x1f';

std::vector<std::string> Split(std::string_view row) {
  std::vector<std::string> fields(1);
  for (const char c : row) {
    if (c == kSeparator) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

// The values of the key columns of a violation, as SQL literals; nothing for a
// table WITHOUT ROWID, whose rows have no number.
std::string KeyValues(const std::string& table, const std::string& rowid,
                      const std::string& key, Connection& connection) {
  if (rowid == "NULL") {
    return {};
  }
  std::string columns;
  connection.RunTrusted("SELECT \"from\" FROM pragma_foreign_key_list(" +
                            QuoteString(table) + ") WHERE id = " + key +
                            " ORDER BY seq",
                        [&columns](std::string_view column) {
                          columns += (columns.empty() ? "" : " || ', ' || ");
                          columns += "quote(" + QuoteName(column) + ")";
                          return true;
                        });
  std::string values;
  connection.RunTrusted("SELECT " + columns + " FROM " + QuoteName(table) +
                            " WHERE rowid = " + rowid,
                        [&values](std::string_view row) {
                          values = row;
                          return false;
                        });
  return values;
}

}  // namespace

std::vector<std::string> ForeignKeyCheck::Violations(Error& error) {
  std::vector<std::vector<std::string>> rows;
  error = connection_.RunTrusted(
      "SELECT \"table\" || char(31) || quote(rowid) || char(31) || parent || "
      "char(31) || fkid FROM pragma_foreign_key_check",
      [&rows](std::string_view row) {
        rows.push_back(Split(row));
        return true;
      });
  std::vector<std::string> violations;
  for (const std::vector<std::string>& row : rows) {
    const std::string values =
        KeyValues(row[0], row[1], row[3], connection_);
    violations.push_back("a row of table `" + row[0] + "` refers to `" +
                         row[2] + "`, which has no such row" +
                         (values.empty() ? "" : ": (" + values + ")"));
  }
  std::sort(violations.begin(), violations.end());
  return violations;
}

ForeignKeyCheck::ForeignKeyCheck(Connection& connection)
    : connection_(connection) {
  Error error;
  before_ = Violations(error);
  broken_before_ = error.has_value();
}

Error ForeignKeyCheck::NewViolation() {
  Error error;
  const std::vector<std::string> after = Violations(error);
  if (error) {
    return broken_before_ ? std::nullopt : error;
  }
  std::vector<std::string> added;
  std::set_difference(after.begin(), after.end(), before_.begin(),
                      before_.end(), std::back_inserter(added));
  if (added.empty()) {
    return std::nullopt;
  }
  return catalog::EngineError{catalog::EngineError::Class::kOther,
                              added.front(), "", {}};
}

}  // namespace palindrome::rehearse::sqlite
