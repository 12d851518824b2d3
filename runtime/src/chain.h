// The chain digest (`c1:`) of a revision: it covers the revision, its checksum
// and, by their chains, everything that it needs. Two histories whose heads
// have the same chains are the same history, so that one comparison shows that
// nothing which was applied was edited since. The format is documented in
// runtime/docs/table_format.md. A pure function.
#ifndef PALINDROME_RUNTIME_SRC_CHAIN_H_
#define PALINDROME_RUNTIME_SRC_CHAIN_H_

#include <string>
#include <string_view>
#include <vector>

namespace palindrome {

// `needed` holds the chains of the parents and dependencies, in any order; one
// that is named twice counts once.
std::string ChainDigest(std::string_view revision, std::string_view checksum,
                        std::vector<std::string> needed);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_CHAIN_H_
