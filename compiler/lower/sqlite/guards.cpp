#include "compiler/lower/sqlite/guards.h"

#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;

// "3 rows", from the SQL of a count.
std::string Rows(const std::string& count) {
  return count + " || CASE " + count + " WHEN 1 THEN ' row' ELSE ' rows' END";
}

// A row with the message, if `from` (its rest from FROM on) has any row.
std::string IfAny(const std::string& message, const std::string& from) {
  return "SELECT " + message + " FROM (SELECT count(*) AS n " + from +
         ") WHERE n > 0";
}

std::string FromTable(std::string_view table) {
  return "FROM " + QuoteName(table);
}

}  // namespace

std::string GuardNotNull(std::string_view table, std::string_view column) {
  return IfAny(
      QuoteString("column " + InBackticks(table, column) + " holds NULL in ") +
          " || " + Rows("n"),
      FromTable(table) + " WHERE " + QuoteName(column) + " IS NULL");
}

std::string GuardNoRows(std::string_view table, std::string_view column,
                        std::string_view where) {
  const std::string message =
      QuoteString("column " + InBackticks(table, column) +
                  " is NOT NULL without a default, and `" + std::string(table) +
                  "` holds ") +
      " || " + Rows("n");
  return where.empty()
             ? IfAny(message, FromTable(table))
             : IfAny(message + " || ' for which no value is archived'",
                     FromTable(table) + " WHERE " + std::string(where));
}

std::string GuardConversion(std::string_view table, std::string_view column,
                            std::string_view type, std::string_view lossy) {
  // The message is read by people: a megabyte of text is cut short.
  const std::string example = "substr(quote(" + QuoteName(column) + "), 1, 60)";
  return "SELECT " +
         QuoteString("column " + InBackticks(table, column) + " holds ") +
         " || " + example + " || " +
         QuoteString(", which the conversion to `" + std::string(type) +
                     "` would change") +
         " " + FromTable(table) + " WHERE " + std::string(lossy) + " LIMIT 1";
}

std::string GuardUnique(std::string_view table,
                        const ast::Constraint& constraint) {
  std::string names;
  std::string group;
  std::string present;
  for (const ast::KeyPart& part : constraint.columns) {
    const std::string column = QuoteName(part.column.text);
    names += (names.empty() ? "`" : ", `") + part.column.text + "`";
    group += (group.empty() ? "" : ", ") + column;
    if (!part.collation.empty()) {
      group += " COLLATE " + QuoteName(part.collation.text);
    }
    present += (present.empty() ? "" : " AND ") + column + " IS NOT NULL";
  }
  return IfAny(
      QuoteString("column" +
                  std::string(constraint.columns.size() == 1 ? " " : "s ") +
                  names + " of table `" + std::string(table) +
                  "` would not be unique: ") +
          " || n || CASE n WHEN 1 THEN ' value occurs' "
          "ELSE ' values occur' END || ' more than once'",
      "FROM (SELECT 1 " + FromTable(table) + " WHERE " + present +
          " GROUP BY " + group + " HAVING count(*) > 1)");
}

std::string GuardCheck(std::string_view table,
                       const ast::Constraint& constraint) {
  const std::string name = constraint.name.empty()
                               ? "(" + ast::Print(constraint.check) + ")"
                               : "`" + constraint.name.text + "`";
  return IfAny(
      Rows("n") + " || CASE n WHEN 1 THEN ' violates ' ELSE ' violate ' END" +
          " || " +
          QuoteString("check " + name + " of table `" + std::string(table) +
                      "`"),
      FromTable(table) + " WHERE NOT (" + ast::Print(constraint.check) + ")");
}

std::string GuardSameCount(std::string_view table, std::string_view copy) {
  return "SELECT " +
         QuoteString("the copy of table `" + std::string(table) + "` has ") +
         " || " + Rows("copied") +
         " || ' instead of ' || n FROM (SELECT "
         "(SELECT count(*) " +
         FromTable(table) + ") AS n, (SELECT count(*) " + FromTable(copy) +
         ") AS copied) WHERE n <> copied";
}

}  // namespace palindrome::lower::sqlite
