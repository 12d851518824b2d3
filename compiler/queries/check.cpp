#include "compiler/queries/check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "compiler/diagnostics/emitter.h"
#include "compiler/queries/made.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/prepare.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::queries {
namespace {

using catalog::EngineError;
using diagnostics::Kind;
using diagnostics::Severity;
using rehearse::sqlite::Connection;
using rehearse::sqlite::Prepare;
using rehearse::sqlite::Prepared;
using sql::FoldCase;
using sql::Token;
using sql::TokenKind;
using Class = EngineError::Class;

bool IsName(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
}

std::vector<Token> Tokens(std::string_view text) {
  std::vector<Token> tokens;
  for (std::uint32_t at = 0;;) {
    const Token token = sql::NextToken(text, at);
    if (token.kind == TokenKind::kEnd) {
      return tokens;
    }
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind != TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
}

std::string Word(const std::vector<Token>& tokens, std::size_t index) {
  return index < tokens.size() ? FoldCase(tokens[index].spelling) : "";
}

bool IsSchemaChange(const std::string& verb) {
  return verb == "create" || verb == "alter" || verb == "drop" ||
         verb == "reindex" || verb == "analyze" || verb == "vacuum";
}

// Makes or changes a table that is not temporary.
bool IsUpgrade(const std::vector<Token>& tokens) {
  const std::string verb = Word(tokens, 0);
  const std::string second = Word(tokens, 1);
  return verb == "alter" || (verb == "drop" && second == "table") ||
         (verb == "create" && second == "table");
}

bool ChangesSchema(std::string_view text) {
  const std::vector<Token> tokens = Tokens(text);
  for (auto begin = tokens.begin(); begin != tokens.end(); ++begin) {
    const auto end = std::find_if(begin, tokens.end(), [](const Token& token) {
      return token.spelling == ";";
    });
    if (IsUpgrade({begin, end})) {
      return true;
    }
    begin = end;
    if (end == tokens.end()) {
      break;
    }
  }
  return false;
}

// A statement that the engine refuses, and its place in the query's text.
struct Refused {
  std::string_view text;
  std::uint32_t at = 0;
  std::vector<Token> tokens;
  EngineError error;
};

class Checker {
 public:
  Checker(const Program& program, const catalog::Catalog& schema,
          const rehearse::StandIns& stand_ins);

  Verdict Judge(const Query& query);

 private:
  void FindUpgraders(const Program& program);
  void Create(Connection& connection, const catalog::Catalog& schema,
              bool tells);
  void MakeOwn(const Program& program, const catalog::Catalog& schema);
  std::vector<std::string> List(const std::string& sql);
  const std::vector<std::string>& ColumnsOf(const std::string& relation);
  std::set<std::string> Mentioned(const Refused& refused);

  void JudgeRefused(Refused refused, bool is_upgrade, Verdict& verdict);
  std::string WhyUnknown(const Refused& refused);
  bool IsCalled(const Refused& refused) const;
  void JudgeParameters(const Query& query, int parameters, Verdict& verdict);
  Problem Explain(const Refused& refused);
  std::optional<Token> FindName(const Refused& refused) const;

  const rehearse::StandIns& stand_ins_;
  Connection connection_;
  // The same with what the program makes by itself; null: it makes nothing.
  std::unique_ptr<Connection> own_;
  Made made_;
  // Functions that change the schema in a way that does not fit the heads':
  // they upgrade older databases, and their SQL is for those.
  std::set<std::string> upgraders_;
  std::vector<std::string> relations_;
  std::set<std::string> folded_relations_;
  std::map<std::string, std::vector<std::string>> columns_;
  // Objects that cannot be made here, folded, with the reason.
  std::map<std::string, std::string> missing_;
};

Checker::Checker(const Program& program, const catalog::Catalog& schema,
                 const rehearse::StandIns& stand_ins)
    : stand_ins_(stand_ins), connection_(&stand_ins_) {
  Create(connection_, schema, /*tells=*/true);
  relations_ = List(
      "SELECT name FROM main.sqlite_master WHERE type IN ('table', 'view') "
      "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name");
  for (const std::string& name : relations_) {
    folded_relations_.insert(FoldCase(name));
  }
  MakeOwn(program, schema);
  FindUpgraders(program);
}

void Checker::FindUpgraders(const Program& program) {
  for (const Query& query : program.queries) {
    if (!query.function.empty() && ChangesSchema(query.text.value) &&
        Prepare(connection_, query.text.value).error) {
      upgraders_.insert(query.function);
    }
  }
}

void Checker::Create(Connection& connection, const catalog::Catalog& schema,
                     bool tells) {
  std::set<catalog::Key> keys;
  for (const catalog::ObjectPtr& object : schema.Objects()) {
    if (object->kind() != catalog::ObjectKind::kArchive &&
        !catalog::IsTemporary(*object)) {
      keys.insert(object->key());
    }
  }
  for (const catalog::ObjectPtr& object : catalog::Restrict(schema, keys)) {
    const auto error = connection.Create({object});
    if (error && tells) {
      missing_.emplace(FoldCase(object->name()), error->message);
    }
  }
}

// The tables that the program makes are made, so that what uses them can be
// prepared. What they are like is not known where two places make one.
void Checker::MakeOwn(const Program& program, const catalog::Catalog& schema) {
  for (const std::string& fragment : program.fragments) {
    FindMade(fragment, made_);
  }
  std::vector<std::string_view> makers;
  for (const Query& query : program.queries) {
    Made made;
    FindMade(query.text.value, made);
    if (!made.relations.empty()) {
      makers.push_back(query.text.value);
    }
    made_.relations.merge(made.relations);
    made_.temporary.merge(made.temporary);
    made_.columns.merge(made.columns);
  }
  // What the migrations make is not the program's, even if it would make it.
  std::erase_if(made_.relations, [&](const std::string& name) {
    return folded_relations_.contains(name) && !made_.temporary.contains(name);
  });
  if (made_.relations.empty()) {
    return;
  }
  own_ = std::make_unique<Connection>(&stand_ins_);
  Create(*own_, schema, /*tells=*/false);
  // Twice, since one may need what a later one makes.
  for (int round = 0; round < 2; ++round) {
    for (std::string_view rest : makers) {
      while (!Tokens(rest).empty()) {
        const Prepared attempt = Prepare(*own_, rest);
        if (attempt.error || attempt.used == 0) {
          break;
        }
        const std::string_view statement = rest.substr(0, attempt.used);
        if (Word(Tokens(statement), 0) == "create") {
          own_->Run(statement);
        }
        rest.remove_prefix(attempt.used);
      }
    }
  }
}

std::vector<std::string> Checker::List(const std::string& sql) {
  std::vector<std::string> names;
  connection_.RunTrusted(sql, [&names](std::string_view name) {
    names.emplace_back(name);
    return true;
  });
  return names;
}

const std::vector<std::string>& Checker::ColumnsOf(
    const std::string& relation) {
  const auto [entry, is_new] = columns_.try_emplace(relation);
  if (is_new) {
    entry->second = List("SELECT name FROM pragma_table_xinfo(" +
                         sql::QuoteString(relation) + ") WHERE hidden <> 1");
  }
  return entry->second;
}

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

void Checker::JudgeRefused(Refused refused, bool is_upgrade, Verdict& verdict) {
  const auto keep = [&verdict](std::string why) {
    if (verdict.unchecked.empty()) {
      verdict.unchecked = std::move(why);
    }
  };
  const Prepared own =
      own_ ? Prepare(*own_, refused.text) : Prepared{refused.error};
  if (!own.error) {
    return;
  }
  if (is_upgrade && refused.error.error_class != Class::kSyntax) {
    keep(IsUpgrade(refused.tokens) || Word(refused.tokens, 0) == "create"
             ? "it changes the schema by itself, and " + own.error->message
             : "it is beside SQL that changes the schema by itself, and " +
                   own.error->message);
    return;
  }
  // As most programs have SQLite: `"word"` is a string where it is no column.
  if (refused.error.error_class == Class::kUnknownColumn &&
      !Prepare(own_ ? *own_ : connection_, refused.text,
               /*strings_in_double_quotes=*/true)
           .error) {
    Problem problem = Explain(refused);
    problem.kind = Kind::kQueryQuotes;
    problem.severity = Severity::kWarning;
    problem.message = "`" + refused.error.name +
                      "` is no column, and so a string in double quotes; "
                      "write " +
                      sql::QuoteString(refused.error.name);
    verdict.problems.push_back(std::move(problem));
    return;
  }
  // With the program's tables in place, a name that is no one's is wrong.
  if (own_ && own.error->error_class == Class::kUnknownTable &&
      !made_.relations.contains(FoldCase(own.error->name))) {
    Refused again = refused;
    again.error = *own.error;
    std::string why = WhyUnknown(again);
    if (why.empty() || why.ends_with("which the program makes by itself")) {
      verdict.problems.push_back(Explain(again));
    } else {
      keep(std::move(why));
    }
    return;
  }
  std::string why = WhyUnknown(refused);
  if (why.empty()) {
    verdict.problems.push_back(Explain(refused));
  } else {
    keep(std::move(why));
  }
}

void Checker::JudgeParameters(const Query& query, int parameters,
                              Verdict& verdict) {
  if (!query.binds) {
    return;
  }
  const auto count = static_cast<std::uint32_t>(parameters);
  const std::uint32_t highest = query.binds->highest;
  const auto in_words = [](std::uint32_t number) {
    return number == 0   ? std::string("no parameter")
           : number == 1 ? std::string("1 parameter")
                         : std::to_string(number) + " parameters";
  };
  Problem problem;
  problem.kind = Kind::kQueryParameters;
  if (highest > count) {
    problem.message = "parameter " + std::to_string(highest) +
                      " is bound, and the statement has " + in_words(count);
  } else if (query.binds->complete && highest < count) {
    problem.message =
        "the statement has " + in_words(count) + ", and " +
        (highest == 0 ? std::string("none is bound")
                      : "none after " + std::to_string(highest) + " is bound");
  } else {
    return;
  }
  verdict.problems.push_back(std::move(problem));
}

Verdict Checker::Judge(const Query& query) {
  Verdict verdict;
  const std::string_view text = query.text.value;
  std::size_t statements = 0;
  int parameters = 0;
  const bool is_upgrade =
      ChangesSchema(text) || upgraders_.contains(query.function);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::vector<Token> tokens = Tokens(rest);
    if (tokens.empty()) {
      break;
    }
    if (tokens.front().spelling == ";") {
      at += tokens.front().offset + 1;
      continue;
    }
    const auto end =
        std::find_if(tokens.begin(), tokens.end(),
                     [](const Token& token) { return token.spelling == ";"; });
    const std::size_t size = end == tokens.end() ? rest.size() : end->offset;
    ++statements;
    // Some do what they do while they are prepared.
    if (Word(tokens, 0) == "pragma") {
      verdict.unchecked = "a PRAGMA concerns no schema";
      at += size;
      continue;
    }
    const Prepared attempt = Prepare(connection_, rest);
    if (!attempt.error && attempt.used > 0) {
      parameters = attempt.parameters;
      at += attempt.used;
      continue;
    }
    statements = 2;  // Its parameters are not known.
    Refused refused = {rest.substr(0, size), static_cast<std::uint32_t>(at),
                       std::vector<Token>(tokens.begin(), end),
                       attempt.error.value_or(EngineError())};
    const std::string verb = Word(tokens, 0);
    const bool is_trigger = verb == "create" && (Word(tokens, 1) == "trigger" ||
                                                 Word(tokens, 2) == "trigger");
    JudgeRefused(std::move(refused), is_upgrade, verdict);
    // A trigger's end is not at its first semicolon.
    at = is_trigger ? text.size() : at + size;
  }
  if (statements == 1) {
    JudgeParameters(query, parameters, verdict);
  }
  return verdict;
}

}  // namespace

bool Verdict::HasErrors() const {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& each) {
    return each.severity == Severity::kError;
  });
}

std::vector<Verdict> Check(const Program& program,
                           const catalog::Catalog& schema,
                           const rehearse::StandIns& stand_ins) {
  Checker checker(program, schema, stand_ins);
  std::vector<Verdict> verdicts;
  verdicts.reserve(program.queries.size());
  for (const Query& query : program.queries) {
    verdicts.push_back(checker.Judge(query));
  }
  return verdicts;
}

}  // namespace palindrome::queries
