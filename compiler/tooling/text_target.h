// What an expression names: variables and fields that hold text, and variables
// that hold a prepared statement.
//
// Pure functions of Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_TEXT_TARGET_H_
#define PALINDROME_COMPILER_TOOLING_TEXT_TARGET_H_

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace palindrome::tooling {

bool IsStatement(clang::QualType type);
// A variable that no other function can see, but by a pointer to it.
const clang::VarDecl* StatementVariable(const clang::Expr* expression);

// `x` of `&x`; null: it is another expression.
const clang::Expr* AddressedBy(const clang::Expr* expression);

// The variable or field that the expression names; null: it is another one.
const clang::ValueDecl* NamedBy(const clang::Expr* expression);

// The variable or field of text that the expression names; an element of a
// list is the list.
const clang::ValueDecl* FindTarget(const clang::Expr* expression);
// What the characters belong to that the expression is or points to.
const clang::ValueDecl* FindWritten(const clang::Expr* expression);

// The one that it is inherited from, as by `using Base::Base`; itself.
const clang::CXXConstructorDecl& Inherited(
    const clang::CXXConstructorDecl& constructor);

// Whether the method leaves the text as it is.
bool IsReader(const clang::CXXMethodDecl& method);
// Whether the function of the library hands on what it is given.
bool IsMove(const clang::FunctionDecl& function);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_TEXT_TARGET_H_
