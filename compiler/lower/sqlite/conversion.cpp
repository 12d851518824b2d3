#include "compiler/lower/sqlite/conversion.h"

#include <optional>

#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;
using palindrome::sql::QuoteName;

// What CAST takes for the affinity; nothing where values are kept as they are.
std::optional<std::string> CastType(Affinity affinity, std::string_view type) {
  switch (affinity) {
    case Affinity::kInteger:
      return "INTEGER";
    case Affinity::kText:
      return "TEXT";
    case Affinity::kReal:
      return "REAL";
    case Affinity::kBlob:
      return std::nullopt;
    case Affinity::kNumeric:
      break;
  }
  const std::string folded = FoldCase(type);
  for (const char* part : {"num", "dec", "bool"}) {
    if (folded.find(part) != std::string::npos) {
      return "NUMERIC";
    }
  }
  // DATE and its like have NUMERIC affinity, but hold text on purpose.
  return std::nullopt;
}

// COLLATE BINARY, since a column's own NOCASE or RTRIM would take '1E5 ' for
// what it was.
std::string LossyCast(const std::string& old, const std::string& cast) {
  const std::string back = "CASE typeof(" + old + ") WHEN 'text' THEN CAST(" +
                           cast + " AS TEXT) WHEN 'integer' THEN CAST(" + cast +
                           " AS INTEGER) WHEN 'real' THEN CAST(" + cast +
                           " AS REAL) ELSE CAST(" + cast + " AS BLOB) END";
  return old + " IS NOT NULL AND NOT (typeof(" + cast + ") = typeof(" + old +
         ") AND " + cast + " IS " + old + " COLLATE BINARY) AND (" + back +
         " IS NOT " + old + " COLLATE BINARY OR (typeof(" + old +
         ") IN ('integer', 'real') AND typeof(" + cast +
         ") IN ('integer', 'real') AND " + cast + " <> " + old + "))";
}

// Text that looks like a number becomes one in a column of NUMERIC affinity.
std::string LossyAffinity(const std::string& old) {
  const std::string number = "CAST(" + old + " AS NUMERIC)";
  return "typeof(" + old + ") = 'text' AND " + number + " = " + old +
         " AND CAST(" + number + " AS TEXT) IS NOT " + old + " COLLATE BINARY";
}

Conversion Plain(const ast::Column& column, const std::string& new_type,
                 bool strict) {
  const std::string old = QuoteName(column.name.text);
  const Affinity affinity = AffinityOf(new_type, strict);
  if (affinity == AffinityOf(column.type, strict) ||
      affinity == Affinity::kBlob) {
    return {old, {}};
  }
  const std::optional<std::string> type = CastType(affinity, new_type);
  if (!type) {
    return {old, LossyAffinity(old)};
  }
  const std::string cast = "CAST(" + old + " AS " + *type + ")";
  // Whether bytes are meant as a text is for the author to say.
  return {cast,
          "typeof(" + old + ") = 'blob' OR (" + LossyCast(old, cast) + ')'};
}

// The type of CAST(column AS type), if the expression is that and no more.
std::optional<std::string> CastOfColumn(const ast::Expression& expression,
                                        const ast::Column& column) {
  const std::vector<ast::Token>& tokens = expression.tokens;
  const auto is = [&tokens](std::size_t index, std::string_view word) {
    return EqualsIgnoringCase(tokens[index].spelling, word);
  };
  if (tokens.size() < 6 || !is(0, "cast") || !is(1, "(") || !is(3, "as") ||
      !is(tokens.size() - 1, ")")) {
    return std::nullopt;
  }
  const palindrome::sql::Token name{tokens[2].kind, 0, tokens[2].spelling};
  if (!EqualsIgnoringCase(palindrome::sql::Unquote(name), column.name.text)) {
    return std::nullopt;
  }
  std::string type;
  int depth = 0;
  for (std::size_t i = 4; i + 1 < tokens.size(); ++i) {
    depth += is(i, "(") ? 1 : 0;
    depth -= is(i, ")") ? 1 : 0;
    if (depth < 0) {
      return std::nullopt;
    }
    type += tokens[i].spelling + " ";
  }
  return type;
}

}  // namespace

Conversion ConversionOf(const ast::AlterColumnType& statement,
                        const ast::Table& before) {
  const ast::Column& column = *FindColumn(before, statement.column.text);
  const ast::Expression& expression = statement.using_expression;
  if (expression.empty()) {
    return Plain(column, statement.type, before.strict);
  }
  const std::string old = QuoteName(column.name.text);
  Conversion conversion{ast::Print(expression), {}};
  const std::optional<std::string> type = CastOfColumn(expression, column);
  // A cast to another type than the column's says that more is meant by it.
  if (type && AffinityOf(*type, /*strict=*/false) ==
                  AffinityOf(statement.type, before.strict)) {
    conversion.lossy = LossyCast(old, conversion.value);
  }
  return conversion;
}

}  // namespace palindrome::lower::sqlite
