// Which migrations break the SQL of a program, and which it needs.
//
// A pure function of the schemas and the program; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_QUERY_IMPACT_H_
#define PALINDROME_COMPILER_DRIVER_QUERY_IMPACT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/driver/query_schemas.h"
#include "compiler/queries/check.h"

namespace palindrome::driver {

struct BrokenQuery {
  std::size_t query = 0;  // Of the program.
  std::string message;    // What is wrong with it from then on.
  // It works before the first migration that is not locked, as a program does
  // that is in use already.
  bool is_deployed = false;
  // Of the statement that breaks it.
  source::Location statement;
};

struct Impact {
  std::vector<BrokenQuery> breaks;
  std::vector<std::size_t> needed_by;  // Queries that fail before it.
};

// By unlocked migration.
std::vector<Impact> FindImpact(const queries::Program& program,
                               const QuerySchemas& schemas);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_QUERY_IMPACT_H_
