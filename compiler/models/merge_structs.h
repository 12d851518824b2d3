// Inside models: the structs of several translation units, each once.
//
// A pure function but for the emitter; the result points into the units.
#ifndef PALINDROME_COMPILER_MODELS_MERGE_STRUCTS_H_
#define PALINDROME_COMPILER_MODELS_MERGE_STRUCTS_H_

#include <vector>

#include "compiler/models/marks.h"

namespace palindrome::models {

struct Found {
  const facts::Unit* unit = nullptr;
  const facts::Struct* model = nullptr;
};

// Reports a struct that is defined otherwise in another place.
std::vector<Found> MergeStructs(const std::vector<facts::Unit>& units,
                                const Locate& locate,
                                diagnostics::Emitter& emitter);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_MERGE_STRUCTS_H_
