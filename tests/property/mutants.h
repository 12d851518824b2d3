// The judge of mutants: the compiler refuses one, or it does the same as the
// downgrade that it was made of, as far as a database with random rows tells.
//
// Owns what it has compiled of the original; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_MUTANTS_H_
#define PALINDROME_TESTS_PROPERTY_MUTANTS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/property/compiled.h"
#include "tests/property/dump.h"
#include "tests/property/mutate.h"

namespace palindrome::property {

struct MutantCounts {
  std::size_t originals = 0;
  std::size_t mutants = 0;
  std::size_t refused = 0;
  std::map<std::string, std::size_t> refused_by;  // By the tag of the error.
  std::size_t equivalent = 0;
  std::map<std::string, std::size_t> equivalent_kinds;
  std::size_t stopped = 0;    // At rows that a UNIQUE index excludes.
  std::size_t announced = 0;  // Another result, and a warning says so.
};

// The migration whose downgrade is mutated.
struct Subject {
  std::vector<std::string> before;  // The texts of those before it.
  std::string head;                 // Its text up to its downgrade.
  std::string unsigned_head;        // The same without its ALLOWs.
  std::vector<std::string> downgrade;
};

class Mutants {
 public:
  // `seed` is that of the rows.
  Mutants(Subject subject, std::uint64_t seed, catalog::Engine& engine,
          MutantCounts& counts);

  // Whether the compiler takes the original, and a database does.
  bool ok() const { return original_.has_value(); }
  // What is wrong with the compiler's verdict, or nothing.
  std::string Judge(const Mutant& mutant);

 private:
  struct Outcome {
    std::string failure;  // Of the downgrade.
    Dump dump;
    Dump unordered;
  };
  Compiled Compile(const std::string& head,
                   const std::vector<std::string>& downgrade,
                   config::RehearseMode mode) const;
  // So many rows a table: before the upgrade, and written behind it.
  struct Rows {
    std::size_t before = 0;
    std::size_t later = 0;
  };
  // No value: the upgrade fails on the rows.
  std::optional<Outcome> Run(const Compiled& compiled, Rows rows) const;
  std::string Compare(const Mutant& mutant, const Compiled& compiled);

  Subject subject_;
  std::uint64_t seed_;
  catalog::Engine& engine_;
  MutantCounts& counts_;
  Rows rows_;
  std::optional<Outcome> original_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_MUTANTS_H_
