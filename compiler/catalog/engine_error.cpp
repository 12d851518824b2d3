// Engine errors as diagnostics.

#include <vector>

#include "compiler/catalog/apply.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kEngineSays, kEngineError, "SQLite refuses this: {0}",
                std::string);
PALINDROME_TEXT(kEngineSyntax, kSyntaxError, "{0}", std::string);
PALINDROME_TEXT(kEngineNoTable, kUnknownObject,
                "there is no table or view `{0}` here{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kEngineNoColumn, kUnknownObject,
                "there is no column `{0}` here{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kEngineNoString, kUnknownObject,
                "there is no column `{0}` here; strings stand in single quotes",
                std::string);
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

}  // namespace

diagnostics::Diagnostic DescribeEngineError(
    const EngineError& error, source::Location location, const Catalog& catalog,
    std::optional<std::uint32_t> origin) {
  if (origin && error.offset && location.file != nullptr) {
    const auto begin = *origin + *error.offset;
    const auto length =
        sql::NextToken(location.file->text(), begin).spelling.size();
    location.range = {begin, begin + static_cast<std::uint32_t>(length)};
  }
  using Class = EngineError::Class;
  switch (error.error_class) {
    case Class::kOther:
      return diagnostics::Make(kEngineSays, location, error.message);
    case Class::kSyntax:
      return diagnostics::Make(kEngineSyntax, location, error.message);
    case Class::kUnknownTable: {
      const std::string name = LastPart(error.name);
      return diagnostics::Make(kEngineNoTable, location, name,
                               Suggest(name, Candidates(catalog, false)));
    }
    case Class::kUnknownColumn: {
      const auto meant =
          Suggest(LastPart(error.name), Candidates(catalog, true));
      if (meant.name.empty() && IsInDoubleQuotes(location, error.name)) {
        return diagnostics::Make(kEngineNoString, location, error.name)
            .Mended(diagnostics::Replace(diagnostics::By::kTool, location,
                                         sql::QuoteString(error.name)));
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
