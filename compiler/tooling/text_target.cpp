#include "compiler/tooling/text_target.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

#include "compiler/tooling/slots.h"
#include "compiler/tooling/uses.h"

namespace palindrome::tooling {

using llvm::dyn_cast;

bool IsStatement(clang::QualType type) {
  const clang::QualType pointee = type->getPointeeType();
  const clang::RecordType* record =
      pointee.isNull() ? nullptr : pointee->getAs<clang::RecordType>();
  return record != nullptr && record->getDecl()->getName() == "sqlite3_stmt";
}

const clang::VarDecl* StatementVariable(const clang::Expr* expression) {
  const auto* reference =
      dyn_cast<clang::DeclRefExpr>(expression->IgnoreParenCasts());
  const auto* variable = reference == nullptr
                             ? nullptr
                             : dyn_cast<clang::VarDecl>(reference->getDecl());
  return variable != nullptr && variable->hasLocalStorage() &&
                 !llvm::isa<clang::ParmVarDecl>(variable) &&
                 IsStatement(variable->getType())
             ? variable->getCanonicalDecl()
             : nullptr;
}

const clang::Expr* AddressedBy(const clang::Expr* expression) {
  const auto* unary =
      dyn_cast<clang::UnaryOperator>(expression->IgnoreParenCasts());
  return unary != nullptr && unary->getOpcode() == clang::UO_AddrOf
             ? unary->getSubExpr()
             : nullptr;
}

const clang::ValueDecl* NamedBy(const clang::Expr* expression) {
  expression = expression->IgnoreParenImpCasts();
  const clang::ValueDecl* found = nullptr;
  if (const auto* reference = dyn_cast<clang::DeclRefExpr>(expression)) {
    found = reference->getDecl();
  } else if (const auto* member = dyn_cast<clang::MemberExpr>(expression)) {
    found = member->getMemberDecl();
  }
  return found != nullptr && llvm::isa<clang::FieldDecl, clang::VarDecl>(found)
             ? found
             : nullptr;
}

const clang::ValueDecl* FindTarget(const clang::Expr* expression) {
  expression = expression->IgnoreParenImpCasts();
  const clang::ValueDecl* found = NamedBy(expression);
  if (found == nullptr) {
    const clang::Expr* list = nullptr;
    if (const auto* element = dyn_cast<clang::ArraySubscriptExpr>(expression)) {
      list = element->getBase();
    } else if (const auto* call =
                   dyn_cast<clang::CXXOperatorCallExpr>(expression);
               call != nullptr && call->getOperator() == clang::OO_Subscript) {
      list = call->getArg(0);
    }
    const clang::ValueDecl* target =
        list == nullptr ? nullptr : FindTarget(list);
    return target != nullptr && !IsText(target->getType()) ? target : nullptr;
  }
  return HoldsText(found->getType())
             ? llvm::cast<clang::ValueDecl>(found->getCanonicalDecl())
             : nullptr;
}

const clang::ValueDecl* FindWritten(const clang::Expr* expression) {
  expression = expression->IgnoreParenImpCasts();
  if (const auto* element = dyn_cast<clang::ArraySubscriptExpr>(expression)) {
    return FindTarget(element->getBase());
  }
  if (const auto* unary = dyn_cast<clang::UnaryOperator>(expression)) {
    return FindTarget(unary->getSubExpr());
  }
  if (const auto* call = dyn_cast<clang::CXXOperatorCallExpr>(expression)) {
    return call->getNumArgs() > 0 ? FindTarget(call->getArg(0)) : nullptr;
  }
  return nullptr;
}

const clang::CXXConstructorDecl& Inherited(
    const clang::CXXConstructorDecl& constructor) {
  const clang::CXXConstructorDecl* found = &constructor;
  while (const auto* base = found->getInheritedConstructor().getConstructor()) {
    found = base;
  }
  return *found;
}

bool IsReader(const clang::CXXMethodDecl& method) {
  if (method.isConst() || method.isStatic()) {
    return true;
  }
  if (method.isOverloadedOperator()) {
    return method.getOverloadedOperator() == clang::OO_Subscript;
  }
  return method.getIdentifier() != nullptr &&
         llvm::StringSwitch<bool>(method.getName())
             .Cases("c_str", "data", "begin", "end", "rbegin", "rend", "at",
                    "front", "back", true)
             .Default(false);
}

bool IsMove(const clang::FunctionDecl& function) {
  return function.isInStdNamespace() && function.getIdentifier() != nullptr &&
         llvm::StringSwitch<bool>(function.getName())
             .Cases("move", "forward", "as_const", "begin", "end", true)
             .Default(false);
}

const clang::VarDecl* PreparedVariable(const Call& call) {
  const llvm::StringRef name(call.name);
  if (!name.starts_with("sqlite3_prepare")) {
    return nullptr;
  }
  const std::size_t index = name.ends_with("v3") ? 4 : 3;
  const clang::Expr* variable = index < call.arguments.size()
                                    ? AddressedBy(call.arguments[index])
                                    : nullptr;
  return variable == nullptr ? nullptr : StatementVariable(variable);
}

}  // namespace palindrome::tooling
