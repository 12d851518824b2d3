// Engine errors as diagnostics.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/apply.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kEngineSays, kEngineError, "SQLite refuses this: {0}",
                std::string);
PALINDROME_TEXT(kEngineSyntax, kSyntaxError, "{0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kEngineNoTable, kUnknownObject,
                "there is no table or view `{0}` here{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kEngineNoColumn, kUnknownObject,
                "there is no column `{0}` here{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kDoubleQuoted, kDoubleQuotedLiteral,
                "there is no column `{0}` here, and in double quotes most "
                "builds of SQLite take it for a string; write {1} if it is "
                "one{2}",
                std::string, std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoFunction, kApplicationFunction,
                "function `{0}` is not SQLite's own; a migration must not "
                "depend on application code: compute the value in SQL, or "
                "declare a stand-in in palindrome.toml{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoCollation, kApplicationFunction,
                "collation `{0}` is not SQLite's own; a migration must not "
                "depend on application code: use BINARY, NOCASE or RTRIM, or "
                "declare a stand-in in palindrome.toml{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kDenied, kForbiddenStatement,
                "{0}; a migration stays inside its schema", std::string);

// All column names of the tables, and the names of tables and views.
std::vector<std::string> Candidates(const Catalog& catalog, bool columns) {
  std::vector<std::string> names;
  for (const ObjectPtr& object : catalog.Objects()) {
    const auto* table = std::get_if<ast::Table>(&object->definition);
    if (!columns && (table != nullptr || object->kind() == ObjectKind::kView)) {
      names.push_back(object->name());
    } else if (columns && table != nullptr) {
      for (std::string& name : ColumnNamesOf(*table)) {
        names.push_back(std::move(name));
      }
    }
  }
  return names;
}

// Not the name itself, which is another table's then.
diagnostics::Meant Suggest(const std::string& name,
                           std::vector<std::string> candidates) {
  std::erase_if(candidates, [&](const std::string& candidate) {
    return sql::EqualsIgnoringCase(candidate, name);
  });
  return diagnostics::MeantName(name, candidates);
}

// `t.a` is about `a`.
std::string LastPart(const std::string& name) {
  return name.substr(name.rfind('.') + 1);
}

// A function or collation of the engine's own. The application may have one of
// that name, so the choice is a person's, and one that begins otherwise is no
// slip.
diagnostics::Meant MeantCall(const EngineError& error) {
  auto meant = diagnostics::MeantWord(error.name, error.known);
  if (meant.name.empty() ||
      sql::FoldCase(error.name).front() != sql::FoldCase(meant.name).front()) {
    return {};
  }
  meant.is_plain = false;
  return meant;
}

// What the error is about, where only the message says it.
std::string NameIn(const EngineError& error) {
  if (!error.name.empty()) {
    return error.name;
  }
  for (const std::string_view before :
       {"wrong number of arguments to function ", "ambiguous column name: ",
        "misuse of aggregate: ", "misuse of window function "}) {
    if (error.message.starts_with(before)) {
      const std::string name = error.message.substr(before.size());
      return name.substr(0, name.find('('));
    }
  }
  return "";
}

// The word that ends before `at`, or nothing.
source::Range WordBefore(std::string_view text, std::uint32_t at) {
  const auto is_letter = [&](std::uint32_t i) {
    const char letter = text[i];
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  };
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n')) {
    --at;
  }
  std::uint32_t begin = at;
  while (begin > 0 && is_letter(begin - 1)) {
    --begin;
  }
  return {begin, at};
}

// The keyword that the word, which is none, was meant to be. A name may be
// spelt so, and the choice is a person's.
diagnostics::Meant MeantClause(std::string_view word) {
  static const std::vector<std::string> kWords = {
      "SELECT", "FROM",    "WHERE", "GROUP",    "ORDER",   "HAVING",
      "LIMIT",  "JOIN",    "INNER", "USING",    "VALUES",  "UNION",
      "AND",    "BETWEEN", "LIKE",  "EXISTS",   "NULL",    "DISTINCT",
      "CASE",   "THEN",    "ELSE",  "CONFLICT", "NOTHING", "RETURNING"};
  if (word.empty() || sql::IsKeyword(word)) {
    return {};
  }
  diagnostics::Meant meant =
      diagnostics::MeantWord({word.data(), word.size()}, kWords);
  if (meant.name.empty() ||
      sql::FoldCase(word).front() != sql::FoldCase(meant.name).front()) {
    return {};
  }
  meant.is_plain = false;
  return meant;
}

// SQLite stops behind a word that it took for a name, or at it.
diagnostics::Diagnostic DescribeSyntax(const EngineError& error,
                                       source::Location location) {
  if (location.file == nullptr || !error.message.starts_with("near ")) {
    return diagnostics::Make(kEngineSyntax, location, error.message, {});
  }
  const std::string_view text = location.file->text();
  diagnostics::Meant meant = MeantClause(text.substr(
      location.range.begin, location.range.end - location.range.begin));
  if (meant.name.empty()) {
    const source::Range before = WordBefore(text, location.range.begin);
    meant = MeantClause(text.substr(before.begin, before.end - before.begin));
    location.range = meant.name.empty() ? location.range : before;
  }
  return diagnostics::Make(kEngineSyntax, location, error.message, meant);
}

bool IsInDoubleQuotes(source::Location location, const std::string& name) {
  if (location.file == nullptr) {
    return false;
  }
  const sql::Token token =
      sql::NextToken(location.file->text(), location.range.begin);
  return token.kind == sql::TokenKind::kQuotedName &&
         token.spelling == location.file->text(location.range) &&
         token.spelling.front() == '"' && sql::Unquote(token) == name;
}

// A string, or the name of a column that is not there: a person knows.
diagnostics::Diagnostic DoubleQuoted(source::Location location,
                                     const std::string& name,
                                     diagnostics::Meant meant) {
  const std::string text = sql::QuoteString(name);
  meant.is_plain = false;
  return diagnostics::Make(kDoubleQuoted, location, name, "`" + text + "`",
                           std::move(meant))
      .Mended(diagnostics::Replace(diagnostics::By::kPerson, location, text));
}

}  // namespace

std::optional<diagnostics::Diagnostic> FindDoubleQuoted(
    const std::string& name, const std::vector<std::string>& columns,
    const Application& application) {
  const std::vector<ast::Token>& tokens = application.statement.tokens.tokens;
  const auto is = [&tokens](std::size_t index, std::string_view spelling) {
    return index < tokens.size() &&
           sql::EqualsIgnoringCase(tokens[index].spelling, spelling);
  };
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const ast::Token& token = tokens[i];
    if (token.spelling.front() != '"' ||
        !sql::EqualsIgnoringCase(ast::Meaning(token), name)) {
      continue;
    }
    const bool is_name = is(i - 1, ".") || is(i + 1, ".") || is(i + 1, "(");
    const bool is_assigned =
        (is(i - 1, "set") || is(i - 1, ",")) && is(i + 1, "=");
    if (!is_name && !is_assigned) {
      return DoubleQuoted(application.At(token.range), name,
                          Suggest(name, columns));
    }
  }
  return std::nullopt;
}

void RefuseFor(const EngineError& error, source::Location location,
               std::optional<std::uint32_t> origin, Application& application) {
  // The list of an INSERT holds no strings.
  const bool may_be_string =
      error.error_class == EngineError::Class::kUnknownColumn &&
      error.message.find("has no column named") == std::string::npos;
  auto literal =
      may_be_string
          ? FindDoubleQuoted(error.name, Candidates(application.before, true),
                             application)
          : std::nullopt;
  application.Refuse(literal ? std::move(*literal)
                             : DescribeEngineError(
                                   error, PlaceOf(error, location, application),
                                   application.before, origin));
}

source::Location PlaceOf(const EngineError& error, source::Location otherwise,
                         const Application& application) {
  const source::Range whole = application.statement.range;
  const std::string name = NameIn(error);
  if (name.empty() || whole.begin == whole.end) {
    return otherwise;
  }
  const bool is_part = otherwise.range.begin != whole.begin;
  const std::string column = LastPart(name);
  const std::string qualifier =
      column.size() < name.size()
          ? name.substr(0, name.size() - column.size() - 1)
          : "";
  const std::vector<ast::Token>& tokens = application.statement.tokens.tokens;
  const auto is = [&](std::size_t index, std::string_view text) {
    return index < tokens.size() &&
           sql::EqualsIgnoringCase(ast::Meaning(tokens[index]), text);
  };
  const auto is_table = [&](std::size_t index) {
    return is(index - 1, "into") || is(index - 1, "update") ||
           is(index - 1, "from") || is(index - 1, "join") || is(index + 1, ".");
  };
  const bool of_column =
      error.error_class == EngineError::Class::kUnknownColumn;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const source::Range range = tokens[i].range;
    const bool is_qualified =
        qualifier.empty() || (is(i - 1, ".") && i > 1 && is(i - 2, qualifier));
    if (is(i, column) && is_qualified &&
        tokens[i].kind != sql::TokenKind::kString && whole.contains(range) &&
        range.begin != range.end &&
        (!is_part || range.begin >= otherwise.range.end) &&
        !(of_column && is_table(i))) {
      return application.At(range);
    }
  }
  return otherwise;
}

diagnostics::Diagnostic DescribeEngineError(
    const EngineError& error, source::Location location, const Catalog& catalog,
    std::optional<std::uint32_t> origin) {
  if (origin && error.offset && location.file != nullptr) {
    const sql::Token token =
        sql::NextToken(location.file->text(), *origin + *error.offset);
    location.range = {token.offset, token.offset + static_cast<std::uint32_t>(
                                                       token.spelling.size())};
  }
  using Class = EngineError::Class;
  switch (error.error_class) {
    case Class::kOther:
      return diagnostics::Make(kEngineSays, location, error.message);
    case Class::kSyntax:
      return DescribeSyntax(error, location);
    case Class::kUnknownTable: {
      const std::string name = LastPart(error.name);
      return diagnostics::Make(kEngineNoTable, location, name,
                               Suggest(name, Candidates(catalog, false)));
    }
    case Class::kUnknownColumn: {
      // Of whatever table: the engine does not say which.
      auto meant = Suggest(LastPart(error.name), Candidates(catalog, true));
      meant.is_plain = false;
      if (origin && error.offset && IsInDoubleQuotes(location, error.name)) {
        return DoubleQuoted(location, error.name, meant);
      }
      return diagnostics::Make(kEngineNoColumn, location, error.name, meant);
    }
    case Class::kUnknownFunction:
      return diagnostics::Make(kNoFunction, location, error.name,
                               MeantCall(error));
    case Class::kUnknownCollation:
      return diagnostics::Make(kNoCollation, location, error.name,
                               MeantCall(error));
    case Class::kForbidden:
      return diagnostics::Make(kDenied, location, error.message);
  }
  return diagnostics::Make(kEngineSays, location, error.message);
}

}  // namespace palindrome::catalog
