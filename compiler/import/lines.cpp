#include "compiler/import/lines.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace palindrome::importer {

std::string PlainText(llvm::StringRef text) {
  text.consume_front("\xEF\xBB\xBF");
  std::string plain;
  plain.reserve(text.size());
  for (const char byte : text) {
    while (byte == '\n' && !plain.empty() && plain.back() == '\r') {
      plain.pop_back();
    }
    plain += byte;
  }
  return plain;
}

std::string Body(llvm::StringRef text) {
  std::string plain = PlainText(text);
  llvm::StringRef body = llvm::StringRef(plain).rtrim();
  // The indentation of the first line is part of the text.
  const std::size_t first = body.size() - body.ltrim().size();
  body = body.substr(body.take_front(first).rfind('\n') + 1);
  return body.empty() ? "" : body.str() + "\n";
}

std::vector<llvm::StringRef> Lines(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  if (lines.back().empty()) {
    lines.pop_back();
  }
  return {lines.begin(), lines.end()};
}

llvm::StringRef FindPlaceholder(llvm::StringRef text) {
  const std::size_t begin = text.find("${");
  const std::size_t end = text.find('}', begin);
  return end == llvm::StringRef::npos ? "" : text.slice(begin, end + 1);
}

bool AnnotatedText::HasCodeBefore() const {
  return llvm::any_of(Lines(before_), [](llvm::StringRef line) {
    line = line.trim();
    return !line.empty() && !line.starts_with("--");
  });
}

void AnnotatedText::MoveTo(ForeignMigration& migration) const {
  migration.up = Body(up_.value_or(""));
  if (down_) {
    migration.down = Body(*down_);
  }
  std::string comments;
  for (llvm::StringRef line : Lines(before_)) {
    line = line.trim();
    if (line.consume_front("--")) {
      line.consume_front(" ");
      (comments += line) += '\n';
    }
  }
  migration.documentation = llvm::StringRef(comments).trim().str();
}

}  // namespace palindrome::importer
