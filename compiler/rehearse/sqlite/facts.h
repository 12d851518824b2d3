// What the engine that rehearses is and has.
//
// Constant once read; any thread may read it.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_FACTS_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_FACTS_H_

#include <cstdint>
#include <set>
#include <string>

namespace palindrome::rehearse::sqlite {

struct EngineFacts {
  std::uint32_t version = 0;  // 3040001 is 3.40.1.
  // Folded names of its own functions and collations.
  std::set<std::string> functions;
  std::set<std::string> collations;
};

const EngineFacts& Facts();

// All that its results depend on beside what it is told: its version and
// source, how it was built, and the time zone.
std::string EngineIdentity();

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_FACTS_H_
