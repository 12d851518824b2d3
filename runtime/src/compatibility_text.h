// What a migration does to programs that were built before it, by name and in
// words. Pure functions, for any thread.
#ifndef PALINDROME_RUNTIME_SRC_COMPATIBILITY_TEXT_H_
#define PALINDROME_RUNTIME_SRC_COMPATIBILITY_TEXT_H_

#include <cstdint>
#include <string_view>

namespace palindrome {

// Of the bits of table::Compatibility: "additive", "breaks-reads",
// "breaks-writes", "breaks-reads-and-writes"; "unclassified" where they say
// nothing or have what is not known.
std::string_view CompatibilityName(std::uint32_t compatibility);
// "may break writes of programs that were built before it"; empty: there is
// nothing to warn of.
std::string_view CompatibilityText(std::uint32_t compatibility);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_COMPATIBILITY_TEXT_H_
