// The classes of loss, by name and in words. Pure functions, for any thread.
#ifndef PALINDROME_RUNTIME_SRC_LOSS_TEXT_H_
#define PALINDROME_RUNTIME_SRC_LOSS_TEXT_H_

#include <string_view>

#include <palindrome/table_values.h>

namespace palindrome {

// "loses-on-upgrade".
std::string_view LossName(table::Loss loss);
// "loses data on upgrade"; empty: there is nothing to say.
std::string_view LossText(table::Loss loss);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_LOSS_TEXT_H_
