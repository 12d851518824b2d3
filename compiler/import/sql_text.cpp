#include "compiler/import/sql_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/parse/parse.h"
#include "runtime/src/sql_lexer.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome::importer {

namespace {

using sql::IsWord;
using sql::Token;
using sql::TokenKind;

// The tokens of one statement, without comments.
std::vector<Token> Tokens(std::string_view text) {
  std::vector<Token> tokens;
  std::uint32_t offset = 0;
  while (true) {
    const Token token = sql::NextToken(text, offset);
    if (token.kind == TokenKind::kEnd) {
      return tokens;
    }
    offset = token.offset + std::uint32_t(token.spelling.size());
    if (token.kind != TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
}

// To SQLite the end of the text closes it.
bool IsOpenComment(const Token& token) {
  return token.kind == TokenKind::kUnterminated &&
         token.spelling.starts_with("/*");
}

// Where a statement is, from its words so far.
class Tracker {
 public:
  // True if `token` is the `;` that ends the statement.
  bool Ends(const Token& token) {
    const bool is_semicolon = token.spelling == ";";
    const bool ends =
        is_semicolon && (!is_trigger_ || (is_end_ && was_semicolon_));
    if (count_ == 0) {
      is_create_ = IsWord(token, "create");
    } else if (is_create_ && count_ == 1) {
      is_temporary_ = IsWord(token, "temp") || IsWord(token, "temporary");
      is_trigger_ = IsWord(token, "trigger");
    } else if (is_temporary_ && count_ == 2) {
      is_trigger_ = IsWord(token, "trigger");
    }
    ++count_;
    was_semicolon_ = is_semicolon_;
    is_semicolon_ = is_semicolon;
    is_end_ = IsWord(token, "end");
    return ends;
  }

 private:
  std::size_t count_ = 0;
  bool is_create_ = false;
  bool is_temporary_ = false;
  bool is_trigger_ = false;
  bool is_end_ = false;  // The last token is END,
  bool is_semicolon_ = false;
  bool was_semicolon_ = false;  // and the one before it a `;`.
};

template <std::size_t Size>
bool IsOneOf(const Token& token,
             const std::array<std::string_view, Size>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return IsWord(token, word);
  });
}

// The name of the pragma, behind a schema's.
std::string PragmaName(const std::vector<Token>& tokens) {
  std::size_t at = 1;
  if (tokens.size() > 3 && tokens[2].spelling == ".") {
    at = 3;
  }
  return at < tokens.size() ? sql::FoldCase(sql::Unquote(tokens[at])) : "";
}

Judgement JudgePragma(const std::vector<Token>& tokens) {
  constexpr std::array<std::string_view, 6> kOwned = {
      "foreign_keys",      "defer_foreign_keys", "legacy_alter_table",
      "foreign_key_check", "integrity_check",    "quick_check"};
  const std::string name = PragmaName(tokens);
  if (std::find(kOwned.begin(), kOwned.end(), name) != kOwned.end()) {
    return {Fate::kDropped, ""};
  }
  if (name == "writable_schema") {
    return {Fate::kRefused,
            "it writes to the engine's own tables (PRAGMA writable_schema)"};
  }
  return {Fate::kLeftOut,
          "PRAGMA " + name + " is for the program that opens the database"};
}

// `DROP … IF EXISTS other.name`: SQLite looks for a schema `other`, which no
// migration has, and lets the statement pass.
Judgement JudgeDrop(const std::vector<Token>& tokens) {
  constexpr std::size_t kSchema = 4;
  if (tokens.size() <= kSchema + 2 || !IsWord(tokens[2], "if") ||
      tokens[kSchema + 1].spelling != ".") {
    return {};
  }
  const std::string schema = sql::Unquote(tokens[kSchema]);
  if (sql::EqualsIgnoringCase(schema, "main") ||
      sql::EqualsIgnoringCase(schema, "temp")) {
    return {};
  }
  return {Fate::kLeftOut,
          "there is no schema `" + schema + "`, so that the DROP does nothing"};
}

Judgement JudgeVerb(const std::vector<Token>& tokens) {
  constexpr std::array<std::string_view, 6> kTransaction = {
      "begin", "commit", "end", "rollback", "savepoint", "release"};
  constexpr std::array<std::string_view, 3> kQueries = {"select", "values",
                                                        "explain"};
  const Token& verb = tokens.front();
  if (IsOneOf(verb, kTransaction)) {
    return {Fate::kDropped, ""};
  }
  // They mean something here, and nothing there.
  constexpr std::array<std::string_view, 5> kOurs = {
      "allow", "for", "migration", "upgrade", "downgrade"};
  if (IsOneOf(verb, kOurs)) {
    return {Fate::kRefused, "`" + std::string(verb.spelling) +
                                "` begins no statement of SQLite"};
  }
  if (IsWord(verb, "pragma")) {
    return JudgePragma(tokens);
  }
  if (IsOneOf(verb, kQueries)) {
    return {Fate::kLeftOut, "nobody reads the result of a query"};
  }
  if (IsWord(verb, "drop")) {
    return JudgeDrop(tokens);
  }
  if (IsWord(verb, "vacuum")) {
    return {Fate::kLeftOut, "VACUUM cannot run in a transaction"};
  }
  if (IsWord(verb, "attach") || IsWord(verb, "detach")) {
    return {Fate::kRefused, "it reaches for another database file"};
  }
  return {};
}

}  // namespace

std::vector<SqlStatement> SplitStatements(std::string_view sql) {
  std::vector<SqlStatement> statements;
  SqlStatement statement;
  Tracker tracker;
  std::uint32_t gap = 0;    // Where what stands before the statement begins.
  std::uint32_t begin = 0;  // Where the statement does,
  std::uint32_t end = 0;    // and its last token ends. Equal: not yet.
  std::uint32_t offset = 0;
  bool is_open = false;  // A comment runs to the end.
  const auto finish = [&](std::uint32_t at, std::uint32_t behind) {
    if (end > begin) {
      statement.before += sql.substr(gap, begin - gap);
      statement.text = sql.substr(begin, end - begin);
      statements.push_back(std::move(statement));
      statement = {};
      // Comments may stand between the last token and the `;`.
      statement.before += sql.substr(end, at - end);
    } else {
      statement.before += sql.substr(gap, at - gap);
    }
    gap = begin = end = behind;
    tracker = {};
  };
  while (true) {
    const Token token = sql::NextToken(sql, offset);
    if (token.kind == TokenKind::kEnd) {
      break;
    }
    offset = token.offset + std::uint32_t(token.spelling.size());
    is_open = IsOpenComment(token);
    if (token.kind == TokenKind::kComment || is_open) {
      continue;
    }
    if (tracker.Ends(token)) {
      finish(token.offset, offset);
      continue;
    }
    if (end == begin) {
      begin = token.offset;
    }
    end = offset;
  }
  const auto size = std::uint32_t(sql.size());
  finish(size, size);
  if (is_open) {
    statement.before += "*/";
  }
  statements.push_back(std::move(statement));
  return statements;
}

namespace {

// The words that begin a section of a migration, where they are not the table
// or the column of a trigger; else empty.
std::string SectionStartIn(const std::vector<Token>& tokens) {
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    const bool is_section =
        IsWord(tokens[i], "upgrade") || IsWord(tokens[i], "downgrade");
    const bool begins =
        IsWord(tokens[i + 1], "begin") || IsWord(tokens[i + 1], "auto");
    if (is_section && begins && !IsWord(tokens[i - 1], "on") &&
        tokens[i - 1].spelling != ".") {
      return std::string(tokens[i].spelling) + " " +
             std::string(tokens[i + 1].spelling);
    }
  }
  return "";
}

}  // namespace

Judgement Judge(std::string_view statement) {
  const std::vector<Token> tokens = Tokens(statement);
  if (tokens.empty()) {
    return {Fate::kDropped, ""};
  }
  if (const std::string words = SectionStartIn(tokens); !words.empty()) {
    return {Fate::kRefused, "a statement has the words `" + words +
                                "`, which begin a section of a migration"};
  }
  Judgement judgement = JudgeVerb(tokens);
  if (judgement.fate != Fate::kPlain) {
    return judgement;
  }
  diagnostics::Emitter ignored;
  const source::File file("statement", std::string(statement));
  const auto parsed = parse::ParseStatement(file, ignored);
  // What cannot be read is reported at its place, as it is.
  return {parsed && std::holds_alternative<ast::Opaque>(parsed->node)
              ? Fate::kDialect
              : Fate::kPlain,
          ""};
}

}  // namespace palindrome::importer
