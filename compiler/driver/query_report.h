// What is said of a program's SQL beside its mistakes: how much was checked,
// and which migrations break or need it.
//
// Refers to its arguments; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_QUERY_REPORT_H_
#define PALINDROME_COMPILER_DRIVER_QUERY_REPORT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/driver/query_impact.h"
#include "compiler/driver/query_schemas.h"
#include "compiler/queries/find.h"

namespace palindrome::driver {

struct QueryCounts {
  std::size_t literals = 0;
  std::size_t checked = 0;
  std::size_t unchecked = 0;  // Literals.
  std::size_t unknown = 0;    // Places whose SQL is not known.
};

void PrintCounts(const QueryCounts& counts, llvm::raw_ostream& out);

class ImpactReport {
 public:
  using Locate = std::function<source::Location(const queries::Query&)>;

  ImpactReport(const queries::Program& program, const QuerySchemas& schemas,
               Locate locate)
      : program_(program), schemas_(schemas), locate_(std::move(locate)) {}

  void Print(const std::vector<Impact>& impacts, llvm::raw_ostream& out) const;
  llvm::json::Array Json(const std::vector<Impact>& impacts) const;

 private:
  std::string Describe(const queries::Query& query) const;
  llvm::json::Object JsonQuery(const queries::Query& query) const;

  const queries::Program& program_;
  const QuerySchemas& schemas_;
  const Locate locate_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_QUERY_REPORT_H_
