// The schema that is wanted, of models in C++ or of a file of SQL, and the one
// that the history leads to.
//
// Values; the engine is used on the caller's thread.
#ifndef PALINDROME_COMPILER_DRIVER_DESIRED_H_
#define PALINDROME_COMPILER_DRIVER_DESIRED_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/cpp_sources.h"
#include "compiler/driver/headers.h"
#include "compiler/models/models.h"

namespace palindrome::driver {

struct Desired {
  source::Files files;
  diagnostics::Emitter emitter;
  // Of a file of SQL, places and the catalog.
  models::Models models;
  std::vector<std::string> unmodelled;  // As palindrome.toml says them.
  std::vector<std::string> inputs;      // Every file that was read.
  source::Location first;               // The start of the first file.

  // What is wanted after the history.
  catalog::Catalog After(const catalog::Catalog& history) const;
  // Emits which tables are said to be the history's alone, and it has not.
  void CheckUnmodelled(const catalog::Catalog& history, const Options& options,
                       Environment& environment);
};

// --models, --schema, and how C++ is compiled.
void AddDesiredOptions(Options& options);

// By the options, of which `models` may be operands. Null: why not was
// reported; what is wrong with the models is in the emitter.
std::unique_ptr<Desired> ReadDesired(
    const Options& options, const std::vector<std::string>& compiler_arguments,
    const config::Settings& settings, Environment& environment);

// The schema that the folder's history leads to, whose files are added to
// `inputs`. No value: what is wrong was reported.
std::optional<catalog::Catalog> ReadHistory(const Options& options,
                                            const config::Settings& settings,
                                            Environment& environment,
                                            std::vector<std::string>& inputs);

// The schema after all heads, `last` being the one that counts where they
// disagree; no value: there are no migrations before.
catalog::Catalog SchemaOfHeads(const graph::Graph& graph,
                               std::optional<std::size_t> last,
                               catalog::Engine& engine,
                               diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DESIRED_H_
