#include "compiler/rehearse/snapshot.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/run.h"
#include "compiler/rehearse/sqlite/whole.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse {

namespace sqlite {

namespace {

// What they give depends on more than what is in the database.
constexpr std::array<std::string_view, 7> kUnsteady = {
    "changes",          "last_insert_rowid",         "sqlite_compileoption_get",
    "sqlite_source_id", "sqlite_compileoption_used", "sqlite_version",
    "total_changes"};

// What was called of them.
std::optional<std::string> Unsteady(const Access& access) {
  const bool is_unsteady =
      access.action == SQLITE_FUNCTION &&
      std::any_of(kUnsteady.begin(), kUnsteady.end(), [&](auto name) {
        return palindrome::sql::EqualsIgnoringCase(name, access.second);
      });
  return is_unsteady ? std::optional("`" + std::string(access.second) + "()`")
                     : std::nullopt;
}

// Runs the programs in a new database and reads it.
std::string Run(const std::vector<const lower::Program*>& programs,
                const StandIns* stand_ins, Whole& whole) {
  const CountedClock clock;
  Connection connection(stand_ins, clock.name());
  std::optional<std::string> unsteady;
  connection.authorizer().Watch([&unsteady](const Access& access) {
    if (!unsteady) {
      unsteady = Unsteady(access);
    }
  });
  Runner runner(connection);
  for (const lower::Program* program : programs) {
    if (const auto failure = runner.Run(*program, Phase::kUp)) {
      return "they fail one after the other: " + failure->error.message;
    }
  }
  connection.authorizer().Watch(nullptr);
  if (clock.used() != 0) {
    return "what they leave depends on the clock";
  }
  if (connection.random().used() != 0) {
    return "what they leave depends on `random()`";
  }
  if (unsteady) {
    return "what they leave depends on " + *unsteady;
  }
  if (connection.stand_in_calls() != 0 ||
      !connection.used_collations().empty()) {
    return "what they leave depends on functions of the application";
  }
  if (const auto error = ReadWhole(connection, whole)) {
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
