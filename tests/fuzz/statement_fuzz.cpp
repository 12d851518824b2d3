// Any bytes as one statement.
#include "tests/fuzz/fuzz.h"
#include "tests/support/parse_properties.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using palindrome::testing::FindStatementFault;
  palindrome::fuzz::RequireNone(
      FindStatementFault(palindrome::fuzz::TextOf(bytes, size)));
  return 0;
}
