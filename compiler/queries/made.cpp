#include "compiler/queries/made.h"

#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::queries {
namespace {

std::vector<std::string> FoldedWords(std::string_view sql) {
  std::vector<std::string> words;
  for (std::uint32_t at = 0;;) {
    const sql::Token token = sql::NextToken(sql, at);
    if (token.kind == sql::TokenKind::kEnd) {
      return words;
    }
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind == sql::TokenKind::kComment) {
      continue;
    }
    const bool is_name = token.kind == sql::TokenKind::kWord ||
                         token.kind == sql::TokenKind::kQuotedName ||
                         token.kind == sql::TokenKind::kString;
    words.push_back(sql::FoldCase(is_name ? sql::Unquote(token)
                                          : std::string(token.spelling)));
  }
}

class Reader {
 public:
  Reader(const std::vector<std::string>& words, Made& made)
      : words_(words), made_(made) {}

  void Read() {
    while (at_ < words_.size()) {
      if (Take("create")) {
        ReadCreate();
      } else if (Take("alter")) {
        ReadAlter();
      } else if (Take("drop")) {
        ReadDrop();
      } else {
        ++at_;
      }
    }
  }

 private:
  bool Take(std::string_view word) {
    const bool is_there = at_ < words_.size() && words_[at_] == word;
    at_ += is_there ? 1 : 0;
    return is_there;
  }
  // Without its schema's.
  std::string TakeName(bool& is_temporary) {
    std::string name = at_ < words_.size() ? words_[at_++] : "";
    if (Take(".")) {
      is_temporary |= name == "temp";
      name = at_ < words_.size() ? words_[at_++] : "";
    }
    return name;
  }
  void ReadCreate() {
    bool is_temporary = Take("temp") || Take("temporary");
    Take("virtual");
    if (!Take("table") && !Take("view")) {
      return;
    }
    if (Take("if")) {
      Take("not");
      Take("exists");
    }
    const std::string name = TakeName(is_temporary);
    if (!name.empty()) {
      made_.relations.insert(name);
      if (is_temporary) {
        made_.temporary.insert(name);
      }
    }
  }
  void ReadDrop() {
    if (!Take("table") && !Take("view")) {
      return;
    }
    if (Take("if")) {
      Take("exists");
    }
    bool is_temporary = false;
    made_.relations.insert(TakeName(is_temporary));
  }
  void ReadAlter() {
    bool is_temporary = false;
    if (!Take("table")) {
      return;
    }
    TakeName(is_temporary);
    if (Take("add")) {
      Take("column");
      made_.columns.insert(TakeName(is_temporary));
    } else if (Take("rename")) {
      if (Take("to")) {
        made_.relations.insert(TakeName(is_temporary));
        return;
      }
      Take("column");
      TakeName(is_temporary);
      if (Take("to")) {
        made_.columns.insert(TakeName(is_temporary));
      }
    }
  }

  const std::vector<std::string>& words_;
  Made& made_;
  std::size_t at_ = 0;
};

}  // namespace

void FindMade(std::string_view sql, Made& made) {
  const std::vector<std::string> words = FoldedWords(sql);
  Reader(words, made).Read();
}

}  // namespace palindrome::queries
