// Judges the SQL of a program against a schema: each statement is prepared,
// and none is run but what makes tables of the program's own, in memory.
//
// A pure function; any thread.
#ifndef PALINDROME_COMPILER_QUERIES_CHECK_H_
#define PALINDROME_COMPILER_QUERIES_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/diagnostics/kind.h"
#include "compiler/queries/find.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::queries {

struct Problem {
  diagnostics::Kind kind = diagnostics::Kind::kQuerySyntax;
  diagnostics::Severity severity = diagnostics::Severity::kError;
  // Bytes of the query's text; none: the whole of it.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string message;
};

struct Verdict {
  std::vector<Problem> problems;
  // Why a statement of it was not checked; empty: all were.
  std::string unchecked;

  bool HasErrors() const;
};

// For each query of the program, in their order.
std::vector<Verdict> Check(const Program& program,
                           const catalog::Catalog& schema,
                           const rehearse::StandIns& stand_ins);

}  // namespace palindrome::queries

#endif  // PALINDROME_COMPILER_QUERIES_CHECK_H_
