// Inside the finding of uses: the visitor of a translation unit.
//
// Refers to Clang's values, which must outlive it; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_USE_FINDER_H_
#define PALINDROME_COMPILER_TOOLING_USE_FINDER_H_

#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"

#include "compiler/tooling/uses.h"

namespace palindrome::tooling {

class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
 public:
  UseFinder(clang::ASTContext& context, Uses& uses)
      : context_(context), sources_(context.getSourceManager()), uses_(uses) {}

  // NOLINTNEXTLINE(readability-identifier-naming): the visitor calls it so.
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(clang::Decl* declaration);
  bool TraverseAttributedStmt(clang::AttributedStmt* statement);
  bool TraverseLambdaExpr(clang::LambdaExpr* lambda);
  bool TraverseInitListExpr(clang::InitListExpr* list);
  bool TraverseIfStmt(clang::IfStmt* statement);
  bool TraverseSwitchStmt(clang::SwitchStmt* statement);
  bool TraverseForStmt(clang::ForStmt* statement);
  bool TraverseWhileStmt(clang::WhileStmt* statement);
  bool TraverseDoStmt(clang::DoStmt* statement);
  bool TraverseCXXForRangeStmt(clang::CXXForRangeStmt* statement);
  bool VisitStringLiteral(clang::StringLiteral* literal);
  bool VisitFunctionDecl(clang::FunctionDecl* function);
  bool VisitCXXConstructorDecl(clang::CXXConstructorDecl* constructor);
  bool VisitVarDecl(clang::VarDecl* variable);
  bool VisitFieldDecl(clang::FieldDecl* field);
  bool VisitCXXForRangeStmt(clang::CXXForRangeStmt* loop);
  bool VisitInitListExpr(clang::InitListExpr* list);
  bool VisitBinaryOperator(clang::BinaryOperator* binary);
  bool VisitUnaryOperator(clang::UnaryOperator* unary);
  bool VisitImplicitCastExpr(clang::ImplicitCastExpr* cast);
  bool VisitReturnStmt(clang::ReturnStmt* statement);
  bool VisitCallExpr(clang::CallExpr* call);
  bool VisitCXXConstructExpr(clang::CXXConstructExpr* construct);
  bool VisitDeclRefExpr(clang::DeclRefExpr* reference);

 private:
  Target& TargetOf(const clang::ValueDecl& declaration);
  void Assign(const clang::ValueDecl& declaration, const clang::Expr* value);
  void ChangeOf(const clang::ValueDecl* declaration, const clang::Expr& place,
                const char* how);
  void FindWrites(const clang::Expr& argument, clang::QualType parameter);
  void FindObject(const clang::CallExpr& call);
  void ReadArguments(const clang::FunctionDecl& callee,
                     llvm::ArrayRef<const clang::Expr*> arguments);
  void UseStatements(const Call& call);
  template <typename Traverse>
  bool InConditional(const clang::Stmt* statement, Traverse traverse) {
    conditionals_.push_back({statement, /*is_else=*/false});
    const bool goes_on = traverse();
    conditionals_.pop_back();
    return goes_on;
  }
  void SetFlag(const clang::ValueDecl& declaration, const clang::Expr* value);
  void Excuse(const clang::Expr* expression) {
    excused_.insert(expression->IgnoreParenCasts());
  }

  clang::ASTContext& context_;
  const clang::SourceManager& sources_;
  Uses& uses_;
  const clang::FunctionDecl* function_ = nullptr;  // Named.
  const clang::FunctionDecl* callable_ = nullptr;  // Or a lambda's.
  std::string unchecked_;  // As PALINDROME_UNCHECKED says around.
  std::vector<Conditional> conditionals_;
  // References that were judged with what they stand in.
  llvm::DenseSet<const clang::Expr*> excused_;
  llvm::DenseSet<const clang::VarDecl*> loop_variables_;
  llvm::DenseSet<const clang::Expr*> seen_;
};

// Where Clang could not read something, the rest still means what it says.
inline bool IsOfTemplate(const clang::Expr& expression) {
  return expression.isInstantiationDependent() && !expression.containsErrors();
}

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_USE_FINDER_H_
