// What of the history stays although the schema that is wanted does not say it.
//
// A pure function of values, any thread.
#ifndef PALINDROME_COMPILER_MODELS_KEPT_H_
#define PALINDROME_COMPILER_MODELS_KEPT_H_

#include "compiler/models/models.h"

namespace palindrome::models {

// `wanted` with the tables of the history that are its alone and what is on
// them, and with its views, triggers and virtual tables unless they are said.
// Views and triggers that use what goes are not kept.
catalog::Catalog WithKept(const Models& models, const catalog::Catalog& history,
                          catalog::Catalog wanted);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_KEPT_H_
