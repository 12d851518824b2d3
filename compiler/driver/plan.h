// What an upgrade or a downgrade would do, without a database.
//
// Values that point into an analysis, which outlives them.
#ifndef PALINDROME_COMPILER_DRIVER_PLAN_H_
#define PALINDROME_COMPILER_DRIVER_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/raw_ostream.h"

#include "compiler/ast/archive.h"
#include "compiler/driver/analysis.h"
#include "palindrome/table_values.h"

namespace palindrome::driver {

struct PlanStep {
  std::size_t revision = 0;  // Of the graph.
  std::optional<table::Loss> loss;
  std::optional<std::uint32_t> compatibility;  // Of table::Compatibility.
  std::vector<std::string> rebuilds;           // Tables, each once.
  // That it makes, or takes back.
  std::vector<const ast::Archive*> archives;
};

struct Plan {
  bool is_upgrade = true;
  std::vector<PlanStep> steps;     // In their order.
  std::vector<std::size_t> heads;  // What is applied at the end.
};

void PrintPlan(const Plan& plan, const Analysis& analysis,
               llvm::raw_ostream& out);
void PrintJsonPlan(const Plan& plan, const Analysis& analysis,
                   llvm::raw_ostream& out);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_PLAN_H_
