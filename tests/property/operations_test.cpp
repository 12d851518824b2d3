// The operations between two catalogs of a random history lead from the one to
// the other, or say why they do not.
//
// PALINDROME_HISTORIES is the number of histories, PALINDROME_SEED the first
// seed.

#include "compiler/autogenerate/operations.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/catalog/simulate.h"
#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "tests/property/generate_history.h"
#include "tests/property/random.h"
#include "tests/support/environment.h"

namespace palindrome::property {
namespace {

// Applies statements in their text; what is wrong, or nothing.
std::string Apply(const std::string& statements, catalog::Catalog& catalog,
                  catalog::Engine& engine) {
  const source::File file("test.sql",
                          "MIGRATION 'test' REVISION 'a' REVISES NONE;\n"
                          "UPGRADE BEGIN\n" +
                              statements + "\nEND;\n");
  diagnostics::Emitter emitter;
  const ast::Migration migration = parse::ParseMigration(file, emitter);
  if (!emitter.diagnostics().empty()) {
    return emitter.diagnostics().front().message;
  }
  const auto simulation =
      catalog::Simulate(migration.upgrade.items, &file, catalog, engine);
  catalog = simulation.after;
  if (!simulation.applies) {
    return simulation.problems.front().message;
  }
  return "";
}

struct Counts {
  std::size_t led = 0;
  std::size_t refused = 0;
};

std::string Lead(const catalog::Catalog& before, const catalog::Catalog& after,
                 catalog::Engine& engine, Counts& counts) {
  const autogenerate::Operations operations =
      autogenerate::FindOperations(before, after);
  if (!operations.refusals.empty()) {
    ++counts.refused;
    return "";
  }
  const std::string text = autogenerate::PrintOperations(operations.statements);
  catalog::Catalog reached = before;
  std::string wrong = Apply(text, reached, engine);
  for (const auto& change : autogenerate::SchemaChanges(after, reached)) {
    for (const std::string& line : catalog::DescribeChange(change)) {
      wrong += "\n" + line;
    }
  }
  ++counts.led;
  return wrong.empty() ? "" : wrong + "\n" + text;
}

TEST(OperationsTest, LeadFromCatalogToCatalog) {
  constexpr std::uint64_t kHistories = 400;
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_HISTORIES", kHistories);
  Counts counts;
  for (std::uint64_t seed = first; seed < first + number; ++seed) {
    Random random(seed);
    const auto engine = rehearse::sqlite::MakeEngine({});
    Wanted wanted;
    wanted.changes = 1 + random.Below(4);
    std::vector<catalog::Catalog> catalogs = {{}};
    for (const RandomMigration& migration :
         AnyHistory(wanted, random, *engine)) {
      std::string text;
      for (const std::string& sql : migration.upgrade) {
        text += sql + ";\n";
      }
      catalogs.push_back(catalogs.back());
      ASSERT_EQ(Apply(text, catalogs.back(), *engine), "") << text;
    }
    for (const catalog::Catalog& before : catalogs) {
      for (const catalog::Catalog& after : catalogs) {
        EXPECT_EQ(Lead(before, after, *engine, counts), "")
            << "seed " << seed << "\nfrom\n"
            << catalog::CanonicalText(before) << "to\n"
            << catalog::CanonicalText(after);
      }
    }
    if (HasFailure()) {
      break;
    }
  }
  // A property of nothing would hold as well.
  EXPECT_GT(counts.led, counts.refused);
  RecordProperty("led", std::to_string(counts.led));
  RecordProperty("refused", std::to_string(counts.refused));
}

}  // namespace
}  // namespace palindrome::property
