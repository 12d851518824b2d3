// A table of a history from a target of the other byte order, made one of this
// machine's, so that the runtime's reader reads it.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_INSPECT_BYTE_ORDER_H_
#define PALINDROME_COMPILER_INSPECT_BYTE_ORDER_H_

#include <string>
#include <string_view>

namespace palindrome::inspect {

// The table that `bytes` begin with, with the bytes of every integer swapped.
// What lies outside of the table is left out, so that what is no table stays
// none to the reader.
std::string SwapTable(std::string_view bytes);

}  // namespace palindrome::inspect

#endif  // PALINDROME_COMPILER_INSPECT_BYTE_ORDER_H_
