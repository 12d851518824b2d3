// What the models mean beside a history: where they leave open how something is
// spelt, it is as the history has it.
//
// Left open are: the name of a type that no PALINDROME_TYPE says, as long as
// its affinity holds the values of the field; the names of constraints, and the
// ON CONFLICT clauses that no mark can say; the order of an enum's values in
// its CHECK; NOT NULL of a key that is never NULL anyway. Views, triggers and
// virtual tables are the history's, as long as what they use stays.
//
// A pure function of values, any thread.
#ifndef PALINDROME_COMPILER_MODELS_ADAPT_H_
#define PALINDROME_COMPILER_MODELS_ADAPT_H_

#include "compiler/models/models.h"

namespace palindrome::models {

// The schema that is wanted after `history`. Constraints that the history does
// not have get names, so that a later migration can drop them.
catalog::Catalog Adapt(const Models& models, const catalog::Catalog& history);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_ADAPT_H_
