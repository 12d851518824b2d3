// A fuzz target is one function over any bytes: libFuzzer calls it with inputs
// of its own making, replay.cpp with the files of a corpus. What does not hold
// ends the process, which is how both notice.
#ifndef PALINDROME_TESTS_FUZZ_FUZZ_H_
#define PALINDROME_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes,
                                      std::size_t size);

namespace palindrome::fuzz {

inline std::string TextOf(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// `fault` says what does not hold; empty: nothing.
inline void RequireNone(const std::string& fault) {
  if (!fault.empty()) {
    std::fprintf(stderr, "does not hold: %s\n", fault.c_str());
    std::abort();
  }
}

}  // namespace palindrome::fuzz

#endif  // PALINDROME_TESTS_FUZZ_FUZZ_H_
