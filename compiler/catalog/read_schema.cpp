#include "compiler/catalog/read_schema.h"

#include <memory>
#include <string>
#include <utility>

#include "compiler/catalog/simulate.h"
#include "compiler/parse/parse.h"

namespace palindrome::catalog {
namespace {

// One object's CREATE statement, in a file of its own that it points into.
struct Pending {
  const EngineObject* object = nullptr;
  std::unique_ptr<source::File> file;
  ast::Statement statement;
  std::string problem;  // Why it did not apply when it was tried.
};

llvm::Error Unreadable(const EngineObject& object, const std::string& why) {
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(),
      object.type + " `" + object.name + "` cannot be read: " + why);
}

llvm::Expected<Pending> Parse(const EngineObject& object) {
  Pending pending;
  pending.object = &object;
  pending.file = std::make_unique<source::File>("database", object.sql);
  diagnostics::Emitter problems;
  auto statement = parse::ParseStatement(*pending.file, problems);
  if (!statement) {
    return Unreadable(object, problems.diagnostics().empty()
                                  ? "it is no statement of the language"
                                  : problems.diagnostics().front().message);
  }
  pending.statement = std::move(*statement);
  return pending;
}

// Whether the catalog has it now.
bool Create(Pending& pending, Catalog& catalog, Engine& engine) {
  Applied applied =
      Apply(pending.statement, pending.file.get(), catalog, engine);
  if (!applied.applies) {
    pending.problem = applied.problems.empty()
                          ? "the engine refuses it"
                          : applied.problems.front().message;
    return false;
  }
  catalog = std::move(applied.after);
  return true;
}

// Their places are in text that nobody sees.
Catalog WithoutPlaces(const Catalog& catalog) {
  Catalog result;
  auto objects = catalog.Objects();
  SortByCreation(objects);
  for (const ObjectPtr& object : objects) {
    Object copy = *object;
    copy.created = {};
    copy.added_columns.clear();
    copy.number = 0;
    result = result.With(std::move(copy));
  }
  return result;
}

}  // namespace

llvm::Expected<Catalog> ReadSchema(const std::vector<EngineObject>& objects,
                                   Engine& engine) {
  std::vector<Pending> pending;
  for (const EngineObject& object : objects) {
    auto parsed = Parse(object);
    if (!parsed) {
      return parsed.takeError();
    }
    pending.push_back(std::move(*parsed));
  }
  // A table that was made anew stands behind the views of it.
  Catalog catalog;
  while (!pending.empty()) {
    const std::size_t before = pending.size();
    std::vector<Pending> waiting;
    for (Pending& each : pending) {
      if (!Create(each, catalog, engine)) {
        waiting.push_back(std::move(each));
      }
    }
    pending = std::move(waiting);
    if (pending.size() == before) {
      return Unreadable(*pending.front().object, pending.front().problem);
    }
  }
  return WithoutPlaces(catalog);
}

}  // namespace palindrome::catalog
