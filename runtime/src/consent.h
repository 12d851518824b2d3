// Which steps lose data that the history did not create, so that whoever runs
// them is asked. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_CONSENT_H_
#define PALINDROME_RUNTIME_SRC_CONSENT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/src/loaded_history.h"
#include <palindrome/observer.h>

namespace palindrome {

// What the migration at `index` loses in that direction, a line each for
// people; none if nobody needs to be asked. What a downgrade takes away
// together with what the upgrade made is not asked for.
std::vector<std::string> LossesOf(const LoadedHistory& history,
                                  Direction direction, std::size_t index);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_CONSENT_H_
