// The declarations that text flows through, by names that are the same in
// every unit, and those that an engine's SQL ends at.
//
// Refers to Clang's values, which must outlive it; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_SLOTS_H_
#define PALINDROME_COMPILER_TOOLING_SLOTS_H_

#include <optional>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

#include "compiler/facts/calls.h"
#include "compiler/tooling/file_table.h"
#include "compiler/tooling/unit.h"

namespace palindrome::tooling {

// Pointers and arrays of characters, and the strings and views of `std`.
bool IsText(clang::QualType type);
// Those, and arrays and lists of them.
bool HoldsText(clang::QualType type);

class Slots {
 public:
  Slots(const clang::ASTContext& context, const FileTable& files)
      : context_(context), files_(files) {}

  std::string Parameter(const clang::FunctionDecl& function,
                        unsigned index) const;
  std::string Result(const clang::FunctionDecl& function) const;
  std::string Variable(const clang::VarDecl& variable) const;
  std::string Field(const clang::FieldDecl& field) const;

 private:
  std::string Name(const clang::Decl& declaration, bool is_local) const;

  const clang::ASTContext& context_;
  const FileTable& files_;
};

// A parameter that is SQL.
struct SqlParameter {
  unsigned index = 0;
  facts::Sink sink = facts::Sink::kNone;
};

// Of functions of SQLite and libpq, of those in the options, and of those that
// are marked.
std::optional<SqlParameter> FindSqlParameter(
    const clang::FunctionDecl& function, const ParseOptions& options);
// The reason that PALINDROME_UNCHECKED gives; no value: it does not stand
// there.
std::optional<std::string> FindUnchecked(const clang::Decl& declaration);
std::optional<std::string> FindUnchecked(
    const clang::AttributedStmt& statement);

// Of a function of SQLite or libpq alone, by its name.
std::optional<SqlParameter> FindEngineParameter(llvm::StringRef name);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_SLOTS_H_
