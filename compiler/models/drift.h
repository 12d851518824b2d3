// How the models and a history differ, each difference at its struct or field.
//
// A pure function but for the emitter.
#ifndef PALINDROME_COMPILER_MODELS_DRIFT_H_
#define PALINDROME_COMPILER_MODELS_DRIFT_H_

#include <vector>

#include "compiler/models/models.h"

namespace palindrome::models {

// `wanted` is the models' schema, adapted. `fallback`: where a difference is
// reported that is in no struct, such as a table that no struct is.
void ReportDrift(const Models& models, const catalog::Catalog& history,
                 const catalog::Catalog& wanted, source::Location fallback,
                 diagnostics::Emitter& emitter);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_DRIFT_H_
