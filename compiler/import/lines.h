// What the readers share about texts: line ends, and files whose parts are set
// apart by annotations in comments.
//
// Pure functions over values; views are into the caller's text.
#ifndef PALINDROME_COMPILER_IMPORT_LINES_H_
#define PALINDROME_COMPILER_IMPORT_LINES_H_

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/import/foreign.h"

namespace palindrome::importer {

// Without a byte order mark, lines ended by \n.
std::string PlainText(llvm::StringRef text);

// PlainText without blank lines around it, ended by \n if it is not empty.
std::string Body(llvm::StringRef text);

// Of a PlainText; without their \n.
std::vector<llvm::StringRef> Lines(llvm::StringRef text);

// The first `${…}` in it; empty if it has none.
llvm::StringRef FindPlaceholder(llvm::StringRef text);

// A file's text before the annotations, and after those for up and down.
class AnnotatedText {
 public:
  // What comes next belongs to up, or to down.
  void BeginUp() { part_ = &up_.emplace(up_.value_or("")); }
  void BeginDown() { part_ = &down_.emplace(down_.value_or("")); }
  void Add(llvm::StringRef line) { (*part_ += line) += '\n'; }

  bool HasUp() const { return up_.has_value(); }
  bool HasDown() const { return down_.has_value(); }

  // True if a line before the annotations is neither blank nor a comment.
  bool HasCodeBefore() const;

  // Fills in up, down and, from the comments before them, documentation.
  void MoveTo(ForeignMigration& migration) const;

  AnnotatedText() = default;
  AnnotatedText(const AnnotatedText&) = delete;
  AnnotatedText& operator=(const AnnotatedText&) = delete;

 private:
  std::string before_;
  std::optional<std::string> up_;
  std::optional<std::string> down_;
  std::string* part_ = &before_;
};

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_LINES_H_
