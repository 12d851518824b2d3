#include <string>
#include <utility>

#include "compiler/parse/definition.h"
#include "compiler/parse/foreign.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

bool ParseElements(Cursor& cursor, ast::Table& table) {
  bool only_constraints = false;
  bool after_comma = true;
  while (true) {
    if (RejectIndexInTable(cursor)) {
      return false;
    }
    // Between constraints SQLite asks for no comma.
    if (AcceptNameAlone(cursor)) {
      only_constraints = true;
    } else if (IsTableConstraint(cursor)) {
      auto constraint = ParseTableConstraint(cursor);
      if (!constraint.has_value()) {
        return false;
      }
      table.constraints.push_back(std::move(*constraint));
      only_constraints = true;
    } else if (only_constraints) {
      cursor.ReportExpected(after_comma ? "a table constraint" : "`,` or `)`");
      return false;
    } else {
      auto column = ParseColumn(cursor, table.constraints);
      if (!column.has_value()) {
        return false;
      }
      table.columns.push_back(std::move(*column));
    }
    after_comma = cursor.AcceptSymbol(",");
    if (after_comma || (only_constraints && IsTableConstraint(cursor))) {
      continue;
    }
    if (!cursor.AcceptSymbol(")")) {
      cursor.ReportExpected("`,` or `)`");
      return false;
    }
    return true;
  }
}

bool ParseOptions(Cursor& cursor, ast::Table& table) {
  if (RejectForeignOptions(cursor)) {
    return false;
  }
  // SQLite takes a comma before the first one too. What is no option at all is
  // left to the caller's "expected `;`".
  if (!cursor.IsName(cursor.IsSymbol(",") ? 1 : 0)) {
    return true;
  }
  cursor.AcceptSymbol(",");
  do {
    const auto option = cursor.ExpectOneOf({"STRICT", "WITHOUT"});
    if (!option.has_value()) {
      return false;
    }
    if (*option == 0) {
      table.strict = true;
    } else if (cursor.ExpectWord("ROWID")) {
      table.without_rowid = true;
    } else {
      return false;
    }
  } while (cursor.AcceptSymbol(","));
  return true;
}

}  // namespace

Node ParseCreateTable(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  ast::CreateTable node;
  auto name = ExpectCreated(cursor, "a table name", node.table.temporary,
                            node.if_not_exists);
  if (!name.has_value()) {
    return std::nullopt;
  }
  node.table.name = std::move(*name);
  if (cursor.IsWord("AS")) {
    ast::Opaque opaque;
    opaque.verb = "CREATE TABLE AS";
    opaque.verb_range = cursor.context().RangeOf(begin, begin + 2);
    cursor.Advance();
    if (!cursor.SkipRest("a SELECT")) {
      return std::nullopt;
    }
    return opaque;
  }
  if (!cursor.AcceptSymbol("(")) {
    cursor.ReportExpected("`(`");
    return std::nullopt;
  }
  if (!ParseElements(cursor, node.table) || !ParseOptions(cursor, node.table)) {
    return std::nullopt;
  }
  return node;
}

}  // namespace palindrome::parse
