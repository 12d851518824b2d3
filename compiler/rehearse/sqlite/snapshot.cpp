#include "compiler/rehearse/snapshot.h"

#include <utility>

#include "compiler/rehearse/sqlite/steady.h"
#include "compiler/rehearse/sqlite/whole.h"

namespace palindrome::rehearse {

namespace sqlite {

namespace {

// Runs the programs in a new database and reads it.
std::string Run(const Programs& programs, const StandIns* stand_ins,
                Whole& whole) {
  SteadyRun run(stand_ins);
  if (std::string why = run.RunSteadily(programs); !why.empty()) {
    return why;
  }
  if (const auto error = ReadWhole(run.connection(), whole)) {
    return "what they leave cannot be read: " + error->message;
  }
  return whole.obstacle.empty() ? ""
                                : "they leave " + whole.obstacle + " behind";
}

}  // namespace

}  // namespace sqlite

Snapshot TakeSnapshot(const std::vector<const lower::Program*>& upgrades,
                      const StandIns* stand_ins) {
  sqlite::Whole replayed;
  if (std::string why = sqlite::Run(upgrades, stand_ins, replayed);
      !why.empty()) {
    return {{}, std::move(why)};
  }
  lower::Program program;
  for (const std::string& statement : replayed.statements) {
    program.statements.push_back({0, statement, 0, std::nullopt});
  }
  sqlite::Whole made;
  if (std::string why = sqlite::Run({&program}, stand_ins, made);
      !why.empty()) {
    return {{}, "it does not come back: " + why};
  }
  if (made.statements != replayed.statements) {
    return {{}, "it comes back otherwise"};
  }
  return {std::move(replayed.statements), ""};
}

}  // namespace palindrome::rehearse
