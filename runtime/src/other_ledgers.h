// The ledgers of other migration tools.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_RUNTIME_SRC_OTHER_LEDGERS_H_
#define PALINDROME_RUNTIME_SRC_OTHER_LEDGERS_H_

#include <string_view>

namespace palindrome {

// The tool that keeps its ledger in a table of that name; empty: none does.
std::string_view ToolOfLedger(std::string_view table);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_OTHER_LEDGERS_H_
