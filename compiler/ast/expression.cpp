#include "compiler/ast/expression.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace palindrome::ast {

namespace {

using sql::TokenKind;

bool IsName(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
}

bool IsWord(const Token& token, std::string_view word) {
  return token.kind == TokenKind::kWord &&
         sql::EqualsIgnoringCase(token.spelling, word);
}

bool IsSymbol(const Token& token, std::string_view symbol) {
  return token.kind == TokenKind::kPunctuation && token.spelling == symbol;
}

// Words that are no column where an expression stands: those that SQLite never
// takes for a name, and its operators that are spelt as words.
bool IsGrammarWord(std::string_view word) {
  static constexpr std::string_view kWords[] = {
#define PALINDROME_SQL_KEYWORD(Word)
#define PALINDROME_SQL_RESERVED(Word) #Word,
#include "runtime/src/sql_keywords.def"
      "GLOB",
      "LIKE",
      "MATCH",
      "REGEXP",
  };
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [word](std::string_view each) {
                       return sql::EqualsIgnoringCase(each, word);
                     });
}

// Walks an expression once and tells columns from the other names.
class ColumnFinder {
 public:
  explicit ColumnFinder(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::vector<std::size_t> Find() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      Visit(tokens_[at_]);
    }
    return std::move(columns_);
  }

 private:
  void Visit(const Token& token) {
    if (IsSymbol(token, "(")) {
      casts_.push_back(at_ > 0 && IsWord(tokens_[at_ - 1], "CAST"));
    } else if (IsSymbol(token, ")")) {
      if (!casts_.empty()) {
        casts_.pop_back();
      }
    } else if (IsName(token)) {
      VisitName(token);
    }
  }

  void VisitName(const Token& token) {
    const bool after_dot = at_ > 0 && IsSymbol(tokens_[at_ - 1], ".");
    const bool before_dot = NextIs(".");
    if (token.kind == TokenKind::kWord && !after_dot && !before_dot) {
      if (VisitKeyword(token)) {
        return;
      }
    }
    if (!before_dot && (after_dot || !NextIs("("))) {
      columns_.push_back(at_);
    }
  }

  // True if the word belongs to the grammar here.
  bool VisitKeyword(const Token& token) {
    if (IsWord(token, "CASE")) {
      ++open_cases_;
      return true;
    }
    if (IsWord(token, "END") && open_cases_ > 0) {
      --open_cases_;
      return true;
    }
    if (IsWord(token, "COLLATE")) {
      ++at_;
      return true;
    }
    if (IsWord(token, "AS") && !casts_.empty() && casts_.back()) {
      SkipCastType();
      return true;
    }
    return IsGrammarWord(token.spelling);
  }

  void SkipCastType() {
    std::size_t depth = 0;
    while (at_ + 1 < tokens_.size()) {
      const Token& next = tokens_[at_ + 1];
      if (IsSymbol(next, ")")) {
        if (depth == 0) {
          return;
        }
        --depth;
      } else if (IsSymbol(next, "(")) {
        ++depth;
      }
      ++at_;
    }
  }

  bool NextIs(std::string_view symbol) const {
    return at_ + 1 < tokens_.size() && IsSymbol(tokens_[at_ + 1], symbol);
  }

  const std::vector<Token>& tokens_;
  std::vector<std::size_t> columns_;
  std::vector<bool> casts_;  // Of each open parenthesis: is it CAST's?
  std::size_t open_cases_ = 0;
  std::size_t at_ = 0;
};

bool IsWordByte(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') ||
         (value >= '0' && value <= '9') || value == '_' || value == '$' ||
         value >= 0x80U;
}

// A renamed token may have lost the quotes that kept it apart.
bool WouldJoin(std::string_view left, std::string_view right) {
  return !left.empty() && !right.empty() && IsWordByte(left.back()) &&
         (IsWordByte(right.front()) || right.front() == '\'');
}

bool SameToken(const Token& left, const Token& right) {
  if (IsName(left) && IsName(right)) {
    return sql::EqualsIgnoringCase(Meaning(left), Meaning(right));
  }
  if (left.kind != right.kind) {
    return false;
  }
  if (left.kind == TokenKind::kNumber || left.kind == TokenKind::kBlob) {
    return sql::EqualsIgnoringCase(left.spelling, right.spelling);
  }
  return left.spelling == right.spelling;
}

std::vector<std::string> SortedOnce(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

std::string Meaning(const Token& token) {
  return sql::Unquote({token.kind, 0, token.spelling});
}

std::string Print(const Expression& expression) {
  std::string text;
  std::string_view previous;
  for (const Token& token : expression.tokens) {
    if (!text.empty() &&
        (token.space_before || WouldJoin(previous, token.spelling))) {
      text += ' ';
    }
    text += token.spelling;
    previous = token.spelling;
  }
  return text;
}

bool SameTokens(const Expression& left, const Expression& right) {
  return std::equal(left.tokens.begin(), left.tokens.end(),
                    right.tokens.begin(), right.tokens.end(), SameToken);
}

std::vector<std::string> ColumnNames(const Expression& expression) {
  std::vector<std::string> names;
  for (const std::size_t at : ColumnFinder(expression.tokens).Find()) {
    names.push_back(sql::FoldCase(Meaning(expression.tokens[at])));
  }
  return SortedOnce(std::move(names));
}

std::vector<std::string> AllNames(const Expression& expression) {
  std::vector<std::string> names;
  for (const Token& token : expression.tokens) {
    if (IsName(token)) {
      names.push_back(sql::FoldCase(Meaning(token)));
    }
  }
  return SortedOnce(std::move(names));
}

Token NameToken(std::string_view name) {
  std::string spelling = sql::QuoteName(name);
  const TokenKind kind =
      spelling.front() == '"' ? TokenKind::kQuotedName : TokenKind::kWord;
  return {kind, std::move(spelling), true, {}};
}

Expression RenameColumnIn(const Expression& expression, std::string_view from,
                          std::string_view to) {
  Expression result = expression;
  for (const std::size_t at : ColumnFinder(expression.tokens).Find()) {
    Token& token = result.tokens[at];
    if (sql::EqualsIgnoringCase(Meaning(token), from)) {
      Token renamed = NameToken(to);
      token.kind = renamed.kind;
      token.spelling = std::move(renamed.spelling);
    }
  }
  return result;
}

Expression RemoveQualifier(const Expression& expression,
                           std::string_view table) {
  const std::vector<Token>& tokens = expression.tokens;
  Expression result;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool qualifies = at + 2 < tokens.size() && IsName(tokens[at]) &&
                           IsSymbol(tokens[at + 1], ".") &&
                           (at == 0 || !IsSymbol(tokens[at - 1], ".")) &&
                           sql::EqualsIgnoringCase(Meaning(tokens[at]), table);
    if (!qualifies) {
      result.tokens.push_back(tokens[at]);
      continue;
    }
    Token column = tokens[at + 2];
    column.space_before = tokens[at].space_before;
    result.tokens.push_back(std::move(column));
    at += 2;
  }
  return result;
}

}  // namespace palindrome::ast
