// The witness of single steps: whether the schema after each step of a program
// is the one that the simulation expects. It looks at what the step touches on
// either side, by the text that SQLite keeps of it.
//
// Owned by one rehearsal; borrows the connection and the changes.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_STEPS_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_STEPS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/rehearse/rehearse.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"

namespace palindrome::rehearse::sqlite {

using SchemaTexts = std::vector<palindrome::sqlite::SchemaText>;

class StepWitness {
 public:
  // `before`: what both have before the program.
  StepWitness(Connection& connection, const SchemaTexts& before,
              const StepChanges& changes);

  // Compares, if the step or one that was skipped changes the schema.
  void After(std::size_t step);

  const std::optional<StepDifference>& difference() const {
    return difference_;
  }

 private:
  using Texts = std::map<std::string, palindrome::sqlite::SchemaText>;

  void Expect(const catalog::Catalog::Change& change);
  void Compare(std::size_t step);

  Connection& connection_;
  const StepChanges& changes_;
  StepChanges::const_iterator next_;
  Texts expected_;  // By kind and folded name.
  Texts seen_;
  std::set<std::string> touched_;
  std::optional<StepDifference> difference_;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_STEPS_H_
