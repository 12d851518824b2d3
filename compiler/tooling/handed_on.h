// The constructors that a function of the standard library hands its arguments
// on to: `std::make_unique<Statement>(db, "SELECT …")` and the like, whose
// bodies are not read.
//
// A pure function of Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_HANDED_ON_H_
#define PALINDROME_COMPILER_TOOLING_HANDED_ON_H_

#include <vector>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

#include "compiler/tooling/uses.h"

namespace palindrome::tooling {

struct HandedOn {
  const clang::CXXConstructorDecl* constructor = nullptr;
  // Those of its parameters, in their order.
  std::vector<const clang::Expr*> arguments;
};

// Each that may be meant: text goes to a parameter that takes text.
std::vector<HandedOn> FindHandedOn(const Call& call);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_HANDED_ON_H_
