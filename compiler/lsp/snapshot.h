// What the pipeline says of a folder of migrations, as the server needs it.
//
// `owner` keeps alive what the others point to. One thread at a time: the
// engine is among it.
#ifndef PALINDROME_COMPILER_LSP_SNAPSHOT_H_
#define PALINDROME_COMPILER_LSP_SNAPSHOT_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/catalog/simulate.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/graph.h"

namespace palindrome::lsp {

struct Snapshot {
  std::shared_ptr<void> owner;
  const graph::Graph* graph = nullptr;
  const std::vector<diagnostics::Diagnostic>* findings = nullptr;
  // By revision; null: it was not analysed.
  std::vector<const catalog::Simulation*> upgrades;
  catalog::Engine* engine = nullptr;
};

// Texts by path.
using Texts = std::map<std::string, std::string>;

// Runs the pipeline on the folder, with `open` in place of what is on the disk.
// Files have absolute paths for names.
using Analyzer =
    std::function<Snapshot(const std::string& directory, const Texts& open)>;

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_SNAPSHOT_H_
