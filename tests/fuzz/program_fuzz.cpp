// Any bytes as a down program of a ledger: what is read is what is written.
#include "runtime/src/program.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = palindrome::fuzz::TextOf(bytes, size);
  const auto program = palindrome::DecodeProgram(text);
  if (program.ok() && palindrome::EncodeProgram(*program) != text) {
    palindrome::fuzz::RequireNone("encoded again it differs");
  }
  return 0;
}
