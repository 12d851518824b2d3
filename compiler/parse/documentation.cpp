#include "compiler/parse/documentation.h"

#include <string_view>

namespace palindrome::parse {

namespace {

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

void AppendLine(std::string& text, std::string_view line) {
  if (!text.empty()) {
    text += '\n';
  }
  text += line;
}

// The lines of a `/* */` comment, without the stars that lead them.
void AppendBlockComment(std::string& text, std::string_view comment) {
  comment.remove_prefix(2);
  if (comment.ends_with("*/")) {
    comment.remove_suffix(2);
  }
  std::string lines;
  while (true) {
    const std::size_t newline = comment.find('\n');
    std::string_view line = Trimmed(comment.substr(0, newline));
    if (line.starts_with('*')) {
      line = Trimmed(line.substr(1));
    }
    if (!line.empty() || !lines.empty()) {
      AppendLine(lines, line);
    }
    if (newline == std::string_view::npos) {
      break;
    }
    comment.remove_prefix(newline + 1);
  }
  while (lines.ends_with('\n')) {
    lines.pop_back();
  }
  AppendLine(text, lines);
}

}  // namespace

std::string Documentation(const lex::TokenBuffer& buffer) {
  std::string text;
  for (const lex::Comment& comment : buffer.comments) {
    if (comment.before_token != 0) {
      break;
    }
    const std::string_view spelling = buffer.file->text(comment.range);
    if (spelling.starts_with("--")) {
      std::string_view line = spelling.substr(2);
      if (line.starts_with(' ')) {
        line.remove_prefix(1);
      }
      const std::size_t last = line.find_last_not_of(" \t\r");
      AppendLine(text,
                 line.substr(0, last == std::string_view::npos ? 0 : last + 1));
    } else {
      AppendBlockComment(text, spelling);
    }
  }
  return text;
}

}  // namespace palindrome::parse
