// What a translation unit does with text: calls that are given it, and what
// becomes of its variables and fields.
//
// Refers to Clang's values, which must outlive it; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_USES_H_
#define PALINDROME_COMPILER_TOOLING_USES_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include "compiler/facts/calls.h"

namespace palindrome::tooling {

// A value that a variable or field is given.
struct Assignment {
  const clang::Expr* value = nullptr;
  const clang::FunctionDecl* function = nullptr;  // The one that does it.
  std::string unchecked;                          // As in facts::Source.
};

// What else may happen to it, in words, and where.
struct Change {
  std::string how;
  clang::SourceRange range;
  const clang::FunctionDecl* function = nullptr;
};

struct Target {
  std::vector<Assignment> assignments;
  std::optional<Change> change;
};

// An `if`, a `switch` or a loop that something stands in.
struct Conditional {
  const clang::Stmt* statement = nullptr;
  bool is_else = false;
};

struct Call {
  const clang::Expr* expression = nullptr;
  const clang::FunctionDecl* callee = nullptr;  // Null: through a pointer.
  std::string name;                             // Of the callee.
  // Those of the callee's parameters, in their order.
  std::vector<const clang::Expr*> arguments;
  const clang::FunctionDecl* function = nullptr;
  std::string unchecked;
  std::vector<Conditional> conditionals;  // The outermost first.
};

struct Return {
  const clang::FunctionDecl* callable = nullptr;
  const clang::Expr* value = nullptr;
  std::string unchecked;
};

// What is done with a variable that holds a statement.
struct Statement {
  unsigned prepared = 0;
  std::set<std::uint32_t> bound;
  bool complete = true;  // Every bind is in sight.
  bool lost = false;     // It may be another statement than the prepared one.
};

struct Uses {
  // By canonical declaration: variables and fields, in the order of the text.
  llvm::DenseMap<const clang::ValueDecl*, Target> targets;
  std::vector<const clang::ValueDecl*> order;
  std::vector<Call> calls;
  std::vector<Return> returns;
  // Functions that are defined, and those that are called through pointers.
  std::vector<const clang::FunctionDecl*> definitions;
  std::vector<Change> addressed;
  llvm::DenseMap<const clang::VarDecl*, Statement> statements;
  // Functions that ask a database what its schema is.
  llvm::DenseSet<const clang::FunctionDecl*> asking;
  // What variables and fields are set to that hold a truth or a number.
  llvm::DenseMap<const clang::ValueDecl*, std::vector<const clang::Expr*>>
      flags;
  // It defines SQLite itself, whose own SQL is nobody's.
  bool is_engine = false;

  const Target* Find(const clang::ValueDecl& declaration) const;
};

Uses FindUses(clang::ASTContext& context);

// The variable that the call prepares a statement for; null: none is in sight.
const clang::VarDecl* PreparedVariable(const Call& call);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_USES_H_
