// What text an expression may be.
//
// Refers to Clang's values, which must outlive it; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_TEXT_VALUE_H_
#define PALINDROME_COMPILER_TOOLING_TEXT_VALUE_H_

#include <set>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

#include "compiler/facts/text.h"
#include "compiler/tooling/file_table.h"
#include "compiler/tooling/slots.h"
#include "compiler/tooling/uses.h"

namespace palindrome::tooling {

// One of all that is in it.
struct TextValue {
  std::vector<facts::Text> constants;
  std::set<std::string> from;          // Slots.
  std::string dynamic;                 // As in facts::Source.
  std::vector<std::string> fragments;  // As in facts::Source.
};

class TextReader {
 public:
  TextReader(clang::ASTContext& context, const FileTable& files,
             const Slots& slots, const Uses& uses)
      : context_(context), files_(files), slots_(slots), uses_(uses) {}

  TextValue Read(const clang::Expr& expression) const;

 private:
  clang::ASTContext& context_;
  const FileTable& files_;
  const Slots& slots_;
  const Uses& uses_;
};

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_TEXT_VALUE_H_
