// Reads the marks of palindrome/model.h from the declarations that have them.
//
// Refers to Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_MARKS_H_
#define PALINDROME_COMPILER_TOOLING_MARKS_H_

#include <optional>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"

#include "compiler/facts/structs.h"
#include "compiler/tooling/file_table.h"

namespace palindrome::tooling {

class MarkReader {
 public:
  // Marks that cannot be read are added to `bad`, which outlives it.
  MarkReader(const clang::ASTContext& context, const FileTable& files,
             std::vector<facts::BadMark>& bad)
      : context_(context), files_(files), bad_(bad) {}

  static bool IsMarked(const clang::Decl& declaration, llvm::StringRef name);
  // In source order.
  std::vector<facts::Mark> Read(const clang::Decl& declaration) const;
  // The attributes that are marks and stand at the very declaration.
  static std::vector<const clang::AnnotateAttr*> AttributesOf(
      const clang::Decl& declaration);
  static std::string NameOf(const clang::AnnotateAttr& mark);
  // The argument of the mark of that name.
  std::optional<facts::Text> ReadOne(const clang::Decl& declaration,
                                     llvm::StringRef name) const;

  const clang::ASTContext& context() const { return context_; }
  const FileTable& files() const { return files_; }

 private:
  std::optional<facts::Text> ReadArgument(const clang::Expr& argument) const;

  const clang::ASTContext& context_;
  const FileTable& files_;
  std::vector<facts::BadMark>& bad_;
};

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_MARKS_H_
