// Tests read migrations as text: parse the statements of an upgrade, and
// simulate them.
#ifndef PALINDROME_TESTS_SUPPORT_SIMULATION_H_
#define PALINDROME_TESTS_SUPPORT_SIMULATION_H_

#include <memory>
#include <string>
#include <vector>

#include "compiler/ast/migration.h"
#include "compiler/catalog/simulate.h"

namespace palindrome::testing {

// A parsed migration and the file that it points into.
struct Parsed {
  std::unique_ptr<source::File> file;
  ast::Migration migration;
};

// Parses `statements` as an upgrade; fails the test if they do not parse.
Parsed ParseStatements(const std::string& statements);

// Simulates `statements` from `before` on a real engine.
struct Simulated {
  Parsed parsed;
  catalog::Simulation simulation;
};
std::unique_ptr<Simulated> SimulateStatements(
    const std::string& statements, const catalog::Catalog& before = {});

// The messages of the problems, a line each.
std::string Messages(const catalog::Simulation& simulation);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_SIMULATION_H_
