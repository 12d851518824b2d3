// Runs programs in a new database, and tells whether what they leave depends on
// more than what is in it.
//
// Owned by one rehearsal; one thread.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_STEADY_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_STEADY_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/frozen.h"
#include "compiler/rehearse/sqlite/run.h"

namespace palindrome::rehearse::sqlite {

using Programs = std::vector<const lower::Program*>;

class SteadyRun {
 public:
  explicit SteadyRun(const StandIns* stand_ins)
      : connection_(stand_ins, clock_.name()), runner_(connection_) {}

  Connection& connection() { return connection_; }

  // The failure, if there is one.
  std::optional<Failure> Run(const Programs& programs);
  // "they fail one after the other: …", "what they leave depends on the clock";
  // empty: they run, and leave the same everywhere and at any time.
  std::string RunSteadily(const Programs& programs);

 private:
  CountedClock clock_;
  Connection connection_;
  Runner runner_;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_STEADY_H_
