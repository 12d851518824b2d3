// Why the engine refuses a statement, and what that says of the program.
#include <algorithm>
#include <utility>

#include "compiler/diagnostics/emitter.h"
#include "compiler/queries/checker.h"
#include "compiler/queries/words.h"

namespace palindrome::queries {

using catalog::EngineError;
using diagnostics::Kind;
using sql::FoldCase;
using sql::Token;
using Class = EngineError::Class;

std::set<std::string> Checker::Mentioned(const Refused& refused) {
  std::set<std::string> names;
  for (const Token& token : refused.tokens) {
    if (IsName(token)) {
      names.insert(FoldCase(sql::Unquote(token)));
    }
  }
  return names;
}

// The name that the engine does not know, where it stands.
std::optional<Token> Checker::FindName(const Refused& refused) const {
  const EngineError& error = refused.error;
  const std::vector<Token>& tokens = refused.tokens;
  const auto dot = error.name.rfind('.');
  const std::string last =
      dot == std::string::npos ? error.name : error.name.substr(dot + 1);
  std::optional<Token> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool has_name =
        IsName(tokens[i]) &&
        sql::EqualsIgnoringCase(sql::Unquote(tokens[i]), last);
    if (!has_name || (error.offset && tokens[i].offset < *error.offset)) {
      continue;
    }
    if (!found) {
      found = tokens[i];
    }
    // `t.x` is not the `x` that stands elsewhere, nor a table an alias.
    const std::string before = i == 0 ? "" : Word(tokens, i - 1);
    const bool fits = error.error_class == Class::kUnknownTable
                          ? before == "from" || before == "join" ||
                                before == "into" || before == "update" ||
                                before == "table" || before == "," ||
                                before == "."
                          : (dot == std::string::npos) == (before != ".");
    if (fits) {
      return tokens[i];
    }
  }
  return found;
}

// An unknown table that is called with arguments: a function of an extension.
bool Checker::IsCalled(const Refused& refused) const {
  for (std::size_t i = 1; i + 1 < refused.tokens.size(); ++i) {
    const std::string before = Word(refused.tokens, i - 1);
    if (IsName(refused.tokens[i]) && Word(refused.tokens, i + 1) == "(" &&
        (before == "from" || before == "join" || before == ",") &&
        sql::EqualsIgnoringCase(sql::Unquote(refused.tokens[i]),
                                refused.error.name)) {
      return true;
    }
  }
  return false;
}

// Why the refusal says nothing of the schema; empty: it does.
std::string Checker::WhyUnknown(const Refused& refused) {
  const EngineError& error = refused.error;
  const std::string verb = Word(refused.tokens, 0);
  const std::string name = FoldCase(error.name);
  if (error.error_class == Class::kUnknownFunction) {
    return "it calls the application's function `" + error.name + "`";
  }
  if (error.error_class == Class::kUnknownCollation) {
    return "it uses the application's collation `" + error.name + "`";
  }
  if (error.message.starts_with("no such module: ")) {
    return error.message;
  }
  if (IsSchemaChange(verb) && error.error_class != Class::kSyntax) {
    return "it changes the schema by itself, and " + error.message;
  }
  const std::set<std::string> mentioned = Mentioned(refused);
  for (const auto& [object, why] : missing_) {
    if (mentioned.contains(object)) {
      return "it uses `" + object + "`, which cannot be made here: " + why;
    }
  }
  if (error.error_class == Class::kUnknownTable) {
    const auto dot = name.find('.');
    if (dot != std::string::npos && name.substr(0, dot) != "temp") {
      return "it uses the attached database `" + name.substr(0, dot) + "`";
    }
    if (name.starts_with("sqlite_") || name.starts_with("palindrome_") ||
        name == "dbstat") {
      return "it uses `" + error.name + "`, which is no table of the schema";
    }
    if (IsCalled(refused)) {
      return "it calls the application's table function `" + error.name + "`";
    }
  }
  if (error.message.starts_with("unknown database ")) {
    return "it uses an attached database: " + error.message;
  }
  const auto last = name.rfind('.');
  const std::string column =
      last == std::string::npos ? name : name.substr(last + 1);
  if (error.error_class == Class::kUnknownColumn &&
      made_.columns.contains(column)) {
    return "the program adds the column `" + column + "` by itself";
  }
  for (const std::string& table : made_.relations) {
    if (mentioned.contains(table)) {
      return "it uses `" + table + "`, which the program makes by itself";
    }
  }
  return "";
}

Problem Checker::Explain(const Refused& refused) {
  const EngineError& error = refused.error;
  Problem problem;
  const auto at = [&](std::uint32_t begin, std::size_t size) {
    problem.begin = refused.at + begin;
    problem.end = problem.begin + static_cast<std::uint32_t>(size);
  };
  if (const auto token = FindName(refused); token && !error.name.empty()) {
    at(token->offset, token->spelling.size());
  } else if (error.offset) {
    const Token first = sql::NextToken(refused.text, *error.offset);
    at(first.offset, std::max<std::size_t>(first.spelling.size(), 1));
    problem.end =
        std::min(problem.end,
                 refused.at + static_cast<std::uint32_t>(refused.text.size()));
  } else {
    at(refused.tokens.front().offset, refused.tokens.front().spelling.size());
  }
  if (error.error_class == Class::kUnknownTable) {
    problem.kind = Kind::kQueryUnknown;
    problem.message = "there is no table `" + error.name + "`" +
                      diagnostics::Suggestion(error.name, relations_);
    return problem;
  }
  if (error.error_class == Class::kUnknownColumn) {
    problem.kind = Kind::kQueryUnknown;
    const std::set<std::string> mentioned = Mentioned(refused);
    std::vector<std::string> tables;
    std::vector<std::string> columns;
    for (const std::string& relation : relations_) {
      if (mentioned.contains(FoldCase(relation))) {
        tables.push_back(relation);
        const auto& own = ColumnsOf(relation);
        columns.insert(columns.end(), own.begin(), own.end());
      }
    }
    const auto dot = error.name.rfind('.');
    const std::string column =
        dot == std::string::npos ? error.name : error.name.substr(dot + 1);
    if (dot != std::string::npos &&
        std::any_of(columns.begin(), columns.end(),
                    [&](const std::string& each) {
                      return sql::EqualsIgnoringCase(each, column);
                    })) {
      problem.message =
          "the statement has no table `" + error.name.substr(0, dot) + "`";
      return problem;
    }
    problem.message =
        (tables.size() == 1
             ? "`" + tables.front() + "` has no column `" + column + "`"
             : "there is no column `" + error.name + "`") +
        diagnostics::Suggestion(column, columns);
    return problem;
  }
  const bool is_syntax = error.error_class == Class::kSyntax;
  problem.kind = is_syntax ? Kind::kQuerySyntax : Kind::kQueryRefused;
  problem.message = "SQLite says: " + error.message;
  return problem;
}

}  // namespace palindrome::queries
