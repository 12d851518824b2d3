#include "compiler/driver/query_schemas.h"

#include <utility>

#include "compiler/checks/rule.h"
#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

bool HindersOrder(diagnostics::Kind kind) {
  using diagnostics::Kind;
  return kind == Kind::kDuplicateRevision || kind == Kind::kUnknownParent ||
         kind == Kind::kRevisionCycle;
}

void Walk(catalog::Engine& engine, QuerySchemas& schemas) {
  const graph::Graph& graph = schemas.folder.graph;
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    auto migration = std::make_unique<ast::Migration>(
        parse::ParseMigration(*revision.migration.file, schemas.emitter));
    if (!migration->body_ok) {
      continue;
    }
    catalog::Simulation upgrade = catalog::Simulate(
        migration->upgrade.items, migration->file, schemas.head, engine);
    if (!upgrade.applies) {
      for (const diagnostics::Diagnostic& problem : upgrade.problems) {
        schemas.emitter.Emit(problem);
      }
    }
    schemas.head = upgrade.after;
    if (!revision.locked) {
      schemas.unlocked.push_back({i, std::move(migration), std::move(upgrade)});
    } else if (schemas.unlocked.empty()) {
      schemas.deployed = schemas.head;
    }
  }
}

}  // namespace

std::unique_ptr<QuerySchemas> ReadQuerySchemas(const Options& options,
                                               Environment& environment) {
  auto schemas = std::make_unique<QuerySchemas>();
  schemas->folder =
      ReadFolder(environment.file_system, schemas->files,
                 options.Get("directory"), options.Get("lock-file"),
                 /*headers_only=*/true, schemas->emitter);
  ReadSettings(environment.file_system, schemas->files,
               options.Get("directory"), schemas->settings,
               schemas->folder.inputs, schemas->emitter);
  diagnostics::Emitter rules;
  checks::CheckGraph(schemas->folder.graph, rules);
  for (diagnostics::Diagnostic& diagnostic : rules.diagnostics()) {
    if (HindersOrder(diagnostic.kind)) {
      schemas->emitter.Emit(std::move(diagnostic));
    }
  }
  if (!schemas->emitter.HasErrors()) {
    const auto engine = environment.make_engine(schemas->settings.stand_ins);
    Walk(*engine, *schemas);
  }
  return schemas;
}

}  // namespace palindrome::driver
