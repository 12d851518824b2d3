#include "compiler/tooling/conditionals.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

#include "compiler/tooling/text_target.h"
#include "compiler/tooling/use_finder.h"

namespace palindrome::tooling {

using llvm::dyn_cast;

namespace {

// A flag may be set to another, but a chain of them tells little.
constexpr unsigned kMostFlags = 3;

bool IsConstant(const clang::Expr& value, const clang::ASTContext& context) {
  clang::Expr::EvalResult result;
  return !value.isValueDependent() && value.EvaluateAsRValue(result, context);
}

// Whether the value is, or is not, or is compared with, what a function says
// that asks for the schema. `a && b` is no such value: its other side may be
// what is false.
bool Asks(const clang::Expr* value, const Uses& uses,
          const clang::ASTContext& context, unsigned flags) {
  if (value == nullptr) {
    return false;
  }
  value = value->IgnoreParenImpCasts();
  if (const auto* whole = dyn_cast<clang::FullExpr>(value)) {
    return Asks(whole->getSubExpr(), uses, context, flags);
  }
  if (const auto* unary = dyn_cast<clang::UnaryOperator>(value)) {
    return unary->getOpcode() == clang::UO_LNot &&
           Asks(unary->getSubExpr(), uses, context, flags);
  }
  if (const auto* binary = dyn_cast<clang::BinaryOperator>(value)) {
    if (binary->getOpcode() == clang::BO_Assign) {
      return Asks(binary->getRHS(), uses, context, flags);
    }
    const auto is_compared = [&](const clang::Expr* one,
                                 const clang::Expr* other) {
      return IsConstant(*other, context) && Asks(one, uses, context, flags);
    };
    return binary->isComparisonOp() &&
           (is_compared(binary->getLHS(), binary->getRHS()) ||
            is_compared(binary->getRHS(), binary->getLHS()));
  }
  if (const auto* call = dyn_cast<clang::CallExpr>(value)) {
    const clang::FunctionDecl* callee = call->getDirectCallee();
    return callee != nullptr &&
           uses.asking.contains(callee->getCanonicalDecl());
  }
  const clang::ValueDecl* flag = NamedBy(value);
  const auto values = flag == nullptr
                          ? uses.flags.end()
                          : uses.flags.find(llvm::cast<clang::ValueDecl>(
                                flag->getCanonicalDecl()));
  if (flags == 0 || values == uses.flags.end()) {
    return false;
  }
  bool asks = false;
  for (const clang::Expr* each : values->second) {
    if (IsConstant(*each, context)) {
      continue;
    }
    if (!Asks(each, uses, context, flags - 1)) {
      return false;
    }
    asks = true;
  }
  return asks;
}

}  // namespace

std::vector<facts::Branch> ReadBranches(
    const std::vector<Conditional>& conditionals, const Uses& uses,
    const clang::ASTContext& context, const FileTable& files) {
  std::vector<facts::Branch> branches;
  for (const Conditional& each : conditionals) {
    const auto* test = dyn_cast<clang::IfStmt>(each.statement);
    branches.push_back(
        {files.PlaceOf(each.statement->getSourceRange()), each.is_else,
         test != nullptr && Asks(test->getCond(), uses, context, kMostFlags),
         test == nullptr && !llvm::isa<clang::SwitchStmt>(each.statement)});
  }
  return branches;
}

bool UseFinder::TraverseIfStmt(clang::IfStmt* statement) {
  conditionals_.push_back({statement, /*is_else=*/false});
  bool goes_on = true;
  // What the condition itself does belongs to what it leads to.
  for (clang::Stmt* child : statement->children()) {
    conditionals_.back().is_else =
        child != nullptr && child == statement->getElse();
    goes_on = goes_on && TraverseStmt(child);
  }
  conditionals_.pop_back();
  return goes_on;
}

bool UseFinder::TraverseSwitchStmt(clang::SwitchStmt* statement) {
  return InConditional(statement, [&] {
    return RecursiveASTVisitor::TraverseSwitchStmt(statement);
  });
}

bool UseFinder::TraverseForStmt(clang::ForStmt* statement) {
  return InConditional(statement, [&] {
    return RecursiveASTVisitor::TraverseForStmt(statement);
  });
}

bool UseFinder::TraverseWhileStmt(clang::WhileStmt* statement) {
  return InConditional(statement, [&] {
    return RecursiveASTVisitor::TraverseWhileStmt(statement);
  });
}

bool UseFinder::TraverseDoStmt(clang::DoStmt* statement) {
  return InConditional(statement, [&] {
    return RecursiveASTVisitor::TraverseDoStmt(statement);
  });
}

bool UseFinder::TraverseCXXForRangeStmt(clang::CXXForRangeStmt* statement) {
  return InConditional(statement, [&] {
    return RecursiveASTVisitor::TraverseCXXForRangeStmt(statement);
  });
}

bool UseFinder::VisitStringLiteral(clang::StringLiteral* literal) {
  if (function_ == nullptr || literal->getCharByteWidth() != 1) {
    return true;
  }
  const llvm::StringRef text = literal->getString();
  const auto has = [text](llvm::StringRef word) {
    return text.contains_insensitive(word);
  };
  if (has("sqlite_master") || has("sqlite_schema") || has("table_info") ||
      has("table_xinfo") || has("user_version")) {
    uses_.asking.insert(function_->getCanonicalDecl());
  }
  return true;
}

void UseFinder::SetFlag(const clang::ValueDecl& declaration,
                        const clang::Expr* value) {
  if (value != nullptr && !IsOfTemplate(*value) &&
      declaration.getType()->isIntegralOrEnumerationType()) {
    uses_.flags[llvm::cast<clang::ValueDecl>(declaration.getCanonicalDecl())]
        .push_back(value);
  }
}

}  // namespace palindrome::tooling
