#include "tests/property/mutate.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

using Words = std::vector<std::string>;

struct Tokens {
  Words words;
  std::vector<sql::TokenKind> kinds;
};

Tokens Lex(const std::string& text) {
  Tokens tokens;
  sql::Token token = sql::NextToken(text, 0);
  while (token.kind != sql::TokenKind::kEnd) {
    if (token.kind != sql::TokenKind::kComment) {
      tokens.words.emplace_back(token.spelling);
      tokens.kinds.push_back(token.kind);
    }
    token = sql::NextToken(
        text, token.offset + static_cast<std::uint32_t>(token.spelling.size()));
  }
  return tokens;
}

std::string Join(const Words& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

bool IsName(const Tokens& tokens, std::size_t at) {
  return tokens.kinds[at] == sql::TokenKind::kQuotedName ||
         (tokens.kinds[at] == sql::TokenKind::kWord &&
          !sql::IsKeyword(tokens.words[at]));
}

// All ways to alter one statement, by what they alter.
class Alterations {
 public:
  Alterations(const std::string& statement, const Words& names, Random& random)
      : tokens_(Lex(statement)), names_(names), random_(random) {
    for (std::size_t i = 0; i < tokens_.words.size(); ++i) {
      AlterWord(i);
      LeaveOut(i);
      PutIn(i);
      SwapParts(i);
    }
  }

  // False: there is none.
  bool Choose(std::string& statement, std::string& what) const {
    if (found_.empty()) {
      return false;
    }
    const auto kind =
        std::next(found_.begin(),
                  static_cast<std::ptrdiff_t>(random_.Below(found_.size())));
    what = kind->first;
    statement = random_.Of(kind->second);
    return true;
  }

 private:
  bool Is(std::size_t at, std::string_view word) const {
    return at < tokens_.words.size() &&
           tokens_.kinds[at] != sql::TokenKind::kQuotedName &&
           sql::EqualsIgnoringCase(tokens_.words[at], word);
  }

  void Add(const char* what, const Words& words) {
    found_[what].push_back(Join(words));
  }

  void Replace(const char* what, std::size_t at, const std::string& word) {
    Words words = tokens_.words;
    words[at] = word;
    Add(what, words);
  }

  void Erase(const char* what, std::size_t at, std::size_t count) {
    Words words = tokens_.words;
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(at);
    words.erase(first, first + static_cast<std::ptrdiff_t>(
                                   std::min(count, words.size() - at)));
    Add(what, words);
  }

  void Insert(const char* what, std::size_t at, const std::string& word) {
    Words words = tokens_.words;
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), word);
    Add(what, words);
  }

  // One of the words that is another one.
  bool Exchange(const char* what, std::size_t at, const Words& choices) {
    if (std::none_of(choices.begin(), choices.end(),
                     [&](const auto& word) { return Is(at, word); })) {
      return false;
    }
    for (const std::string& word : choices) {
      if (!Is(at, word)) {
        Replace(what, at, word);
      }
    }
    return true;
  }

  void AlterWord(std::size_t at) {
    const std::string& word = tokens_.words[at];
    const bool is_type =
        Exchange("type", at,
                 {"INTEGER", "TEXT", "REAL", "BLOB", "NUMERIC", "INT", "ANY"});
    if (IsName(tokens_, at) && !is_type) {
      Replace("name", at, sql::QuoteName(random_.Of(names_)));
      Replace("name", at, "zz");
    } else if (tokens_.kinds[at] == sql::TokenKind::kNumber) {
      Replace("literal", at, word + "1");
      Replace("literal", at, "'" + word + "'");
    } else if (tokens_.kinds[at] == sql::TokenKind::kString) {
      Replace("literal", at, "'new" + word.substr(1));
      Replace("literal", at, "NULL");
    } else if (Is(at, "null") && !Is(at - 1, "not") && !Is(at - 1, "set")) {
      Replace("literal", at, "0");
    }
    if (at > 1 && (Is(at - 1, "delete") || Is(at - 1, "update")) &&
        Is(at - 2, "on")) {
      for (const char* action :
           {"CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"}) {
        Words words = tokens_.words;
        const bool is_pair = Is(at, "set") || Is(at, "no");
        words[at] = action;
        if (is_pair) {
          words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        }
        Add("action", words);
      }
    }
    if (at > 0 && Is(at - 1, "on")) {
      Exchange("action", at, {"DELETE", "UPDATE"});
    }
    if (at > 0 && Is(at - 1, "conflict")) {
      Exchange("action", at,
               {"ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"});
    }
    Exchange("operator", at, {"=", "<>", ">", "<", ">="});
    Exchange("operator", at, {"AND", "OR"});
    Exchange("operator", at, {"+", "-", "*", "||"});
    Exchange("operator", at, {"lower", "upper", "length", "typeof"});
    Exchange("collation", at, {"NOCASE", "RTRIM", "BINARY"});
    Exchange("order", at, {"ASC", "DESC"});
    Exchange("clause", at, {"STORED", "VIRTUAL"});
    Exchange("clause", at, {"BEFORE", "AFTER"});
    Exchange("clause", at, {"DEFERRED", "IMMEDIATE"});
    if (at > 2 &&
        (Is(at - 1, "before") || Is(at - 1, "after") || Is(at - 1, "of"))) {
      Exchange("clause", at, {"INSERT", "UPDATE", "DELETE"});
    }
    if (Is(0, "alter") && at > 3) {
      Exchange("verb", at, {"SET", "DROP"});
    }
  }

  // To the closing parenthesis of the one there.
  std::size_t Parentheses(std::size_t at) const {
    int depth = 0;
    for (std::size_t end = at; end < tokens_.words.size(); ++end) {
      depth += Is(end, "(") ? 1 : (Is(end, ")") ? -1 : 0);
      if (depth == 0) {
        return end - at + 1;
      }
    }
    return 0;
  }

  void LeaveOut(std::size_t at) {
    if (Is(at, "not") && Is(at + 1, "null")) {
      Erase("not null", at, 2);
    }
    if (Is(at, "where") || Is(at, "when")) {
      Erase("predicate", at, tokens_.words.size());
    }
    if (Is(at, "check") && Is(at + 1, "(")) {
      Erase("clause", at, 1 + Parentheses(at + 1));
    }
    if (Is(at, "default")) {
      const bool is_signed = Is(at + 1, "-") || Is(at + 1, "+");
      Erase("default", at,
            Is(at + 1, "(") ? 1 + Parentheses(at + 1) : (is_signed ? 3 : 2));
    }
    if (Is(at, "on") && (Is(at + 1, "delete") || Is(at + 1, "update"))) {
      Erase("action", at, Is(at + 2, "set") || Is(at + 2, "no") ? 4 : 3);
    }
    if (Is(at, "references")) {
      Erase("clause", at, 2 + (Is(at + 2, "(") ? Parentheses(at + 2) : 0));
    }
    if (Is(at, "collate") || (Is(at, "without") && Is(at + 1, "rowid")) ||
        (Is(at, "primary") && Is(at + 1, "key")) || Is(at, "if") ||
        (Is(at, "constraint") && at > 3)) {
      Erase("clause", at, 2);
    }
    if (Is(at, "on") && Is(at + 1, "conflict")) {
      Erase("action", at, 3);
    }
    for (const char* word : {"unique", "desc", "autoincrement", "strict",
                             "deferrable", "stored", "distinct"}) {
      if (Is(at, word)) {
        Erase(word == std::string("desc") ? "order" : "clause", at, 1);
      }
    }
    if (Is(at, ",") && at + 2 < tokens_.words.size() &&
        (Is(at + 2, ",") || Is(at + 2, ")"))) {
      Erase("list", at, 2);
    }
  }

  void PutIn(std::size_t at) {
    if (IsName(tokens_, at) && (Is(at + 1, ",") || Is(at + 1, ")"))) {
      Insert("order", at + 1, "DESC");
      Insert("list", at + 1, ", " + sql::QuoteName(random_.Of(names_)));
      // Of two collations one counts, and that may be the one that is there.
      if (!Is(at - 1, "collate")) {
        Insert("collation", at + 1, "COLLATE NOCASE");
      }
    }
    if (at + 1 < tokens_.words.size()) {
      return;
    }
    if (Is(0, "create") && (Is(1, "index") || Is(2, "index"))) {
      Insert("predicate", at + 1, "WHERE 1");
      if (Is(1, "index")) {
        Insert("clause", 1, "UNIQUE");
      }
    } else if (Is(0, "create") && Is(1, "table")) {
      Insert("clause", at + 1, "STRICT");
      Insert("clause", at + 1, "WITHOUT ROWID");
    } else if (Is(0, "alter") && Is(3, "add")) {
      Insert("not null", at + 1, "NOT NULL");
      Insert("default", at + 1, "DEFAULT 5");
      Insert("clause", at + 1, "CHECK (1)");
      Insert("clause", at + 1, "COLLATE RTRIM");
    } else if (Is(0, "update") || Is(0, "delete") || Is(0, "insert")) {
      Insert("predicate", at + 1, "WHERE 0");
      Insert("predicate", at + 1, "AND 0");
    }
  }

  void SwapParts(std::size_t at) {
    if (Is(at, ",") && at > 0 && at + 1 < tokens_.words.size() &&
        IsName(tokens_, at - 1) && IsName(tokens_, at + 1)) {
      Words words = tokens_.words;
      std::swap(words[at - 1], words[at + 1]);
      Add("list", words);
    }
  }

  const Tokens tokens_;
  const Words& names_;
  Random& random_;
  std::map<std::string, Words> found_;
};

}  // namespace

std::vector<std::string> NamesIn(const std::vector<std::string>& statements) {
  std::set<std::string> names;
  for (const std::string& statement : statements) {
    const Tokens tokens = Lex(statement);
    for (std::size_t i = 0; i < tokens.words.size(); ++i) {
      if (IsName(tokens, i)) {
        names.insert(sql::Unquote({tokens.kinds[i], 0, tokens.words[i]}));
      }
    }
  }
  return {names.begin(), names.end()};
}

Mutant Mutate(const std::vector<std::string>& statements,
              const std::vector<std::string>& names, Random& random) {
  Mutant mutant{statements, ""};
  const std::size_t at = random.Below(statements.size());
  const auto place =
      mutant.statements.begin() + static_cast<std::ptrdiff_t>(at);
  const std::size_t kind = random.Below(100);
  if (kind >= 30) {
    std::string altered;
    if (Alterations(statements[at], names, random)
            .Choose(altered, mutant.what)) {
      *place = altered;
      return mutant;
    }
  }
  if (kind < 10 && at + 1 < statements.size()) {
    mutant.what = "swap";
    std::iter_swap(place, place + 1);
  } else if (kind < 18) {
    mutant.what = "repeat";
    const std::string statement = *place;
    mutant.statements.insert(place, statement);
  } else {
    mutant.what = "drop";
    mutant.statements.erase(place);
  }
  return mutant;
}

}  // namespace palindrome::property
