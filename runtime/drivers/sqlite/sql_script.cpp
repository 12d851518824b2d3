#include "runtime/drivers/sqlite/sql_script.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {
namespace {

using sql::Token;
using sql::TokenKind;

std::uint32_t EndOf(const Token& token) {
  return token.offset + static_cast<std::uint32_t>(token.spelling.size());
}

bool IsQuoted(const Token& token) {
  return token.kind == TokenKind::kString ||
         token.kind == TokenKind::kQuotedName;
}

// The shell ends a statement at such a line.
bool IsTerminator(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\f\v");
  if (first == std::string_view::npos) {
    return false;
  }
  line.remove_prefix(first);
  line = line.substr(0, line.find_last_not_of(" \t\r\f\v") + 1);
  return line == "/" || sql::EqualsIgnoringCase(line, "go");
}

// What of a statement the shell would not read as the engine does.
std::string_view FindTrap(std::string_view statement) {
  if (statement.find('\0') != std::string_view::npos) {
    return "a NUL byte";
  }
  // Quoted text is never a line of its own, and a comment is white space.
  std::string bare(statement);
  for (Token token = sql::NextToken(statement, 0);
       token.kind != TokenKind::kEnd;
       token = sql::NextToken(statement, EndOf(token))) {
    if (IsQuoted(token) &&
        token.spelling.find("\r\n") != std::string_view::npos) {
      return "a carriage return before a line feed in a string or a name";
    }
    if (IsQuoted(token) || token.kind == TokenKind::kComment) {
      std::fill_n(bare.begin() + token.offset, token.spelling.size(),
                  IsQuoted(token) ? 'x' : ' ');
    }
  }
  std::string_view rest = bare;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (IsTerminator(rest.substr(0, end))) {
      return "a line that is only `/` or `go`";
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

bool EndsInLineComment(std::string_view statement) {
  Token last;
  for (Token token = sql::NextToken(statement, 0);
       token.kind != TokenKind::kEnd;
       token = sql::NextToken(statement, EndOf(token))) {
    last = token;
  }
  return last.kind == TokenKind::kComment && last.spelling.starts_with("--") &&
         EndOf(last) == statement.size();
}

}  // namespace

std::string Literal(std::string_view text) {
  std::string literal;
  const auto add = [&literal](const std::string& part) {
    literal += (literal.empty() ? "" : " || ") + part;
  };
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_lost = text.substr(i, 2) == "\r\n";
    if (is_lost || text[i] == '\0') {
      add(sql::QuoteString(text.substr(done, i - done)));
      add(is_lost ? "char(13)" : "char(0)");
      done = i + 1;
    }
  }
  add(sql::QuoteString(text.substr(done)));
  return done == 0 ? literal : '(' + literal + ')';
}

std::string WithLiterals(std::string_view sql,
                         const std::vector<std::string>& parameters) {
  std::string text;
  std::uint32_t done = 0;
  for (Token token = sql::NextToken(sql, 0); token.kind != TokenKind::kEnd;
       token = sql::NextToken(sql, EndOf(token))) {
    std::size_t number = 0;
    if (token.kind == TokenKind::kVariable) {
      std::from_chars(token.spelling.data() + 1,
                      token.spelling.data() + token.spelling.size(), number);
    }
    if (number == 0 || number > parameters.size()) {
      continue;
    }
    text += sql.substr(done, token.offset - done);
    text += Literal(parameters[number - 1]);
    done = EndOf(token);
  }
  return text + std::string(sql.substr(done));
}

std::string_view WithoutEnd(std::string_view sql) {
  std::uint32_t end = 0;
  for (Token token = sql::NextToken(sql, 0); token.kind != TokenKind::kEnd;
       token = sql::NextToken(sql, EndOf(token))) {
    if (token.kind != TokenKind::kComment && token.spelling != ";") {
      end = EndOf(token);
    }
  }
  return sql.substr(0, end);
}

void SqlScript::Comment(std::string_view text) {
  text_ += "-- " + Printable(text) + '\n';
}

void SqlScript::Line(std::string_view statement) {
  text_ += statement;
  text_ += ";\n";
}

Status SqlScript::Add(std::string_view statement) {
  if (const std::string_view trap = FindTrap(statement); !trap.empty()) {
    StatusDetails details;
    details.statement = statement;
    return {StatusCode::kFailedStatement,
            "the statement holds " + std::string(trap) +
                ", which the sqlite3 shell does not read as the engine does; "
                "let the program itself migrate the database",
            std::move(details)};
  }
  text_ += statement;
  text_ += EndsInLineComment(statement) ? "\n;\n" : ";\n";
  return {};
}

void SqlScript::Begin() {
  Line("PRAGMA foreign_keys = OFF");
  Line("PRAGMA legacy_alter_table = OFF");
  Line("BEGIN IMMEDIATE");
  Line(
      "CREATE TEMP TABLE palindrome_script_problem (id INTEGER PRIMARY KEY, "
      "problem TEXT NOT NULL)");
  Line(
      "CREATE TEMP TABLE palindrome_script_stop (id INTEGER PRIMARY KEY, "
      "is_end INTEGER NOT NULL)");
  Line(
      "CREATE TEMP TABLE palindrome_script_row (is_after INTEGER, name TEXT, "
      "value TEXT, label TEXT)");
  Line(
      "CREATE TEMP TRIGGER palindrome_script_stops BEFORE INSERT ON "
      "palindrome_script_stop BEGIN SELECT CASE new.is_end WHEN 0 THEN "
      "RAISE(ABORT, 'palindrome: a check failed, which is told above; the "
      "script changes nothing') ELSE RAISE(ROLLBACK, 'palindrome: nothing was "
      "changed, since a check failed') END; END");
}

Status SqlScript::Check(std::string_view select, std::string_view with) {
  const std::string id = std::to_string(++checks_);
  std::string insert(with);
  insert += with.empty() ? "" : "\n";
  insert += "INSERT INTO temp.palindrome_script_problem SELECT " + id + ", ";
  insert += select;
  if (Status status = Add(insert + " LIMIT 1"); !status.ok()) {
    return status;
  }
  Line(
      "SELECT 'palindrome: ' || problem FROM temp.palindrome_script_problem "
      "WHERE id = " +
      id);
  Line(
      "INSERT INTO temp.palindrome_script_stop SELECT id, 0 FROM "
      "temp.palindrome_script_problem WHERE id = " +
      id);
  return {};
}

void SqlScript::End() {
  Line(
      "INSERT INTO temp.palindrome_script_stop SELECT id, 1 FROM "
      "temp.palindrome_script_problem LIMIT 1");
  Line("DROP TABLE temp.palindrome_script_row");
  Line("DROP TABLE temp.palindrome_script_stop");
  Line("DROP TABLE temp.palindrome_script_problem");
  Line("COMMIT");
}

}  // namespace palindrome::sqlite
