// Inside the reading of text: one walk from an expression to what it may be.
//
// Refers to Clang's values, which must outlive it; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_TEXT_WALK_H_
#define PALINDROME_COMPILER_TOOLING_TEXT_WALK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

#include "compiler/tooling/text_value.h"

namespace palindrome::tooling {

class Walk {
 public:
  Walk(clang::ASTContext& context, const FileTable& files, const Slots& slots,
       const Uses& uses)
      : context_(context), files_(files), slots_(slots), uses_(uses) {}

  void Read(const clang::Expr* expression);
  TextValue Take() { return std::move(value_); }

 private:
  void Dynamic(const std::string& why, const clang::Expr* expression);
  void AddConstant(facts::Text text);
  void AddFragments(const clang::Stmt* statement);
  bool ReadFolded(const clang::Expr* expression);
  bool ReadConstantArray(const clang::Expr& array);
  void ReadVariable(const clang::VarDecl& variable,
                    const clang::Expr* expression);
  void ReadElement(const clang::Expr* list, const clang::Expr* index);
  void ReadTarget(const clang::ValueDecl& declaration);
  void ReadAssigned(const clang::Expr* value, const std::string& unchecked);
  void ReadMember(const clang::MemberExpr& member);
  void ReadCall(const clang::CallExpr& call);
  void ReadConstruct(const clang::CXXConstructExpr& construct);
  void ReadSum(const clang::Expr* left, const clang::Expr* right,
               const clang::Expr* sum);
  std::optional<std::uint64_t> NumberOf(const clang::Expr* expression) const;

  clang::ASTContext& context_;
  const FileTable& files_;
  const Slots& slots_;
  const Uses& uses_;
  TextValue value_;
  std::string unchecked_;  // As PALINDROME_UNCHECKED says where it is set.
  unsigned steps_ = 0;
  llvm::DenseSet<const clang::ValueDecl*> reading_;
  llvm::DenseSet<const clang::ValueDecl*> fragments_of_;
};

// The text ends after that many bytes, or before.
void Cut(facts::Text& text, std::size_t size);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_TEXT_WALK_H_
