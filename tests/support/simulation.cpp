#include "tests/support/simulation.h"

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"

namespace palindrome::testing {

Parsed ParseStatements(const std::string& statements) {
  Parsed parsed;
  parsed.file = std::make_unique<source::File>(
      "test.sql",
      "MIGRATION 'test' REVISION 'a' REVISES NONE;\nUPGRADE BEGIN\n" +
          statements + "\nEND;\n");
  diagnostics::Emitter emitter;
  parsed.migration = parse::ParseMigration(*parsed.file, emitter);
  for (const auto& diagnostic : emitter.diagnostics()) {
    ADD_FAILURE() << diagnostic.message << "\n" << statements;
  }
  return parsed;
}

std::unique_ptr<Simulated> SimulateStatements(const std::string& statements,
                                              const catalog::Catalog& before) {
  auto simulated = std::make_unique<Simulated>();
  simulated->parsed = ParseStatements(statements);
  const auto engine = rehearse::sqlite::MakeEngine({});
  simulated->simulation =
      catalog::Simulate(simulated->parsed.migration.upgrade.items,
                        simulated->parsed.file.get(), before, *engine);
  return simulated;
}

std::string Messages(const catalog::Simulation& simulation) {
  std::string text;
  for (const auto& problem : simulation.problems) {
    text += problem.message + "\n";
  }
  return text;
}

}  // namespace palindrome::testing
