// Calls, and what they do with what they are given.
#include <algorithm>

#include "compiler/tooling/slots.h"
#include "compiler/tooling/text_target.h"
#include "compiler/tooling/use_finder.h"

namespace palindrome::tooling {

using llvm::dyn_cast;
using llvm::dyn_cast_or_null;

// Whether what is given to a parameter or variable of the type may be changed
// through it.
void UseFinder::FindWrites(const clang::Expr& argument,
                           clang::QualType parameter) {
  if (parameter->isLValueReferenceType()) {
    if (!parameter->getPointeeType().isConstQualified()) {
      ChangeOf(FindTarget(&argument), argument, "handed on to be changed");
    }
    return;
  }
  if (!parameter->isPointerType() ||
      parameter->getPointeeType().isConstQualified()) {
    return;
  }
  // Characters behind a pointer are a literal's, or are seen where it is set.
  const clang::ValueDecl* target = FindTarget(&argument);
  if (target != nullptr && target->getType()->isArrayType() &&
      IsText(target->getType())) {
    ChangeOf(target, argument, "handed on to be changed");
  }
}

void UseFinder::ReadArguments(const clang::FunctionDecl& callee,
                              llvm::ArrayRef<const clang::Expr*> arguments) {
  if (IsMove(callee)) {
    return;
  }
  for (unsigned i = 0;
       i < std::min<std::size_t>(arguments.size(), callee.getNumParams());
       ++i) {
    FindWrites(*arguments[i], callee.getParamDecl(i)->getType());
  }
}

void UseFinder::FindObject(const clang::CallExpr& call) {
  const auto* method =
      dyn_cast_or_null<clang::CXXMethodDecl>(call.getDirectCallee());
  if (method == nullptr || method->isStatic()) {
    return;
  }
  const clang::Expr* object = nullptr;
  if (const auto* member = dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    object = member->getImplicitObjectArgument();
  } else if (const auto* with_operator =
                 dyn_cast<clang::CXXOperatorCallExpr>(&call)) {
    object = call.getArg(0);
    if (with_operator->getOperator() == clang::OO_Equal) {
      if (const clang::ValueDecl* target = FindTarget(object)) {
        Assign(*target, call.getArg(1));
      }
      return;
    }
  }
  if (object != nullptr && !IsReader(*method)) {
    ChangeOf(FindTarget(object), call, "changed after it is set");
  }
}

void UseFinder::UseStatements(const Call& call) {
  const llvm::StringRef name(call.name);
  if (!name.starts_with("sqlite3_")) {
    return;
  }
  if (const clang::VarDecl* prepared = PreparedVariable(call)) {
    const clang::Expr* address = call.arguments[name.ends_with("v3") ? 4 : 3];
    Excuse(address);
    Excuse(AddressedBy(address));
    ++uses_.statements[prepared].prepared;
  }
  if (name.starts_with("sqlite3_prepare") && call.arguments.size() > 3) {
    // The rest of the text is SQL as well.
    if (const clang::Expr* tail = AddressedBy(call.arguments.back())) {
      Excuse(call.arguments.back());
      if (const clang::ValueDecl* target = FindTarget(tail)) {
        Assign(*target, call.arguments[1]);
      }
    }
  }
  const clang::VarDecl* used = call.arguments.empty()
                                   ? nullptr
                                   : StatementVariable(call.arguments.front());
  if (used == nullptr || name == "sqlite3_transfer_bindings") {
    return;
  }
  Excuse(call.arguments.front());
  if (!name.starts_with("sqlite3_bind_") ||
      name.starts_with("sqlite3_bind_parameter_") ||
      call.arguments.size() < 2) {
    return;
  }
  Statement& statement = uses_.statements[used];
  const clang::Expr* index = call.arguments[1];
  clang::Expr::EvalResult value;
  if (!index->isValueDependent() && index->EvaluateAsInt(value, context_) &&
      value.Val.getInt().isNonNegative() &&
      value.Val.getInt().getActiveBits() < 32) {
    statement.bound.insert(
        static_cast<std::uint32_t>(value.Val.getInt().getZExtValue()));
  } else {
    statement.complete = false;
  }
}

bool UseFinder::VisitCallExpr(clang::CallExpr* call) {
  if (IsOfTemplate(*call) || !seen_.insert(call).second) {
    return true;
  }
  Call found;
  found.expression = call;
  found.callee = call->getDirectCallee();
  found.function = function_;
  found.unchecked = unchecked_;
  found.conditionals = conditionals_;
  Excuse(call->getCallee());
  llvm::ArrayRef<clang::Expr*> arguments(call->getArgs(), call->getNumArgs());
  const auto* method = dyn_cast_or_null<clang::CXXMethodDecl>(found.callee);
  if (llvm::isa<clang::CXXOperatorCallExpr>(call) && method != nullptr &&
      !method->isStatic()) {
    arguments = arguments.drop_front();
  }
  found.arguments.assign(arguments.begin(), arguments.end());
  if (found.callee != nullptr) {
    found.name = found.callee->getQualifiedNameAsString();
    FindObject(*call);
    ReadArguments(*found.callee, found.arguments);
  } else if (const auto* member = dyn_cast<clang::MemberExpr>(
                 call->getCallee()->IgnoreParenImpCasts())) {
    // As the extensions of SQLite call it.
    const auto* field = dyn_cast<clang::FieldDecl>(member->getMemberDecl());
    if (field != nullptr &&
        field->getParent()->getName() == "sqlite3_api_routines") {
      found.name = "sqlite3_" + field->getNameAsString();
    }
  }
  UseStatements(found);
  uses_.calls.push_back(std::move(found));
  return true;
}

bool UseFinder::VisitCXXConstructExpr(clang::CXXConstructExpr* construct) {
  if (IsOfTemplate(*construct) || !seen_.insert(construct).second) {
    return true;
  }
  Call found;
  found.expression = construct;
  found.callee = &Inherited(*construct->getConstructor());
  found.name = found.callee->getQualifiedNameAsString();
  found.function = function_;
  found.unchecked = unchecked_;
  found.conditionals = conditionals_;
  for (const clang::Expr* argument : construct->arguments()) {
    found.arguments.push_back(argument);
  }
  ReadArguments(*found.callee, found.arguments);
  uses_.calls.push_back(std::move(found));
  return true;
}

}  // namespace palindrome::tooling
