// Random histories for the whole compiler: a schema, and migrations on it whose
// statements all apply.
//
// Pure functions of the random numbers; the engine is the simulation's.
#ifndef PALINDROME_TESTS_PROPERTY_GENERATE_HISTORY_H_
#define PALINDROME_TESTS_PROPERTY_GENERATE_HISTORY_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "tests/property/random.h"

namespace palindrome::property {

struct RandomMigration {
  std::vector<std::string> upgrade;
  // The inverse by hand, as far as there is one; else AUTO is meant.
  std::optional<std::vector<std::string>> downgrade;
};

struct Wanted {
  std::size_t changes = 1;  // Migrations behind the first.
  bool archives = false;
  bool one_table = false;  // All changes are of one table.
  // Where it can be, the downgrade is printed.
  bool by_hand = false;
};

// The first creates the schema.
std::vector<RandomMigration> AnyHistory(const Wanted& wanted, Random& random,
                                        catalog::Engine& engine);

std::string TextOf(const RandomMigration& migration, std::size_t number,
                   const std::vector<std::string>& allows);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_GENERATE_HISTORY_H_
