// Any bytes as a migration.
#include "tests/fuzz/fuzz.h"
#include "tests/support/format_properties.h"
#include "tests/support/parse_properties.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = palindrome::fuzz::TextOf(bytes, size);
  palindrome::fuzz::RequireNone(palindrome::testing::FindMigrationFault(text));
  palindrome::fuzz::RequireNone(palindrome::testing::FindFormatFault(text));
  return 0;
}
