#include "compiler/rehearse/sqlite/contents.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::FoldCase;
using palindrome::sql::QuoteName;

std::string SelectRows(const ast::Table& table) {
  std::vector<std::string> names;
  for (const ast::Column& column : table.columns) {
    if (!column.generated) {
      names.push_back(FoldCase(column.name.text));
    }
  }
  std::sort(names.begin(), names.end());
  std::string row;
  for (const std::string& name : names) {
    row +=
        (row.empty() ? "quote(" : " || ', ' || quote(") + QuoteName(name) + ")";
  }
  return "SELECT " + row + " FROM " + QuoteName(table.name.text);
}

}  // namespace

std::vector<TableRows> ReadContents(const catalog::Slice& slice,
                                    Connection& connection) {
  std::vector<TableRows> contents;
  for (const catalog::ObjectPtr& object : slice) {
    const auto* table = std::get_if<ast::Table>(&object->definition);
    if (table == nullptr) {
      continue;
    }
    TableRows& rows = contents.emplace_back();
    rows.table = table->name.text;
    const auto error = connection.RunTrusted(SelectRows(*table),
                                             [&rows](std::string_view row) {
                                               rows.rows.emplace_back(row);
                                               return true;
                                             });
    rows.readable = !error;
    std::sort(rows.rows.begin(), rows.rows.end());
  }
  return contents;
}

}  // namespace palindrome::rehearse::sqlite
