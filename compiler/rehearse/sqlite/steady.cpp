#include "compiler/rehearse/sqlite/steady.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <sqlite3.h>

#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

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

// What a statement's own words show: none of it is a function that the
// authorizer tells from others.
std::string Unsteady(const Programs& programs) {
  for (const lower::Program* program : programs) {
    for (const lower::Statement& statement : program->statements) {
      const std::string sql = palindrome::sql::FoldCase(statement.sql);
      if (sql.find("localtime") != std::string::npos ||
          sql.find("'utc'") != std::string::npos) {
        return "what they leave depends on the time zone";
      }
      if (sql.find("pragma_") != std::string::npos) {
        return "what they leave depends on settings of the database";
      }
    }
  }
  return "";
}

}  // namespace

std::optional<Failure> SteadyRun::Run(const Programs& programs) {
  for (const lower::Program* program : programs) {
    if (auto failure = runner_.Run(*program, Phase::kUp)) {
      return failure;
    }
  }
  return std::nullopt;
}

std::string SteadyRun::RunSteadily(const Programs& programs) {
  if (std::string why = Unsteady(programs); !why.empty()) {
    return why;
  }
  const auto looked = clock_.used();
  const auto called = connection_.stand_in_calls();
  const auto collations = connection_.used_collations().size();
  connection_.random().Restart();
  std::optional<std::string> unsteady;
  connection_.authorizer().Watch([&unsteady](const Access& access) {
    if (!unsteady) {
      unsteady = Unsteady(access);
    }
  });
  const auto failure = Run(programs);
  connection_.authorizer().Watch(nullptr);
  if (failure) {
    return "they fail one after the other: " + failure->error.message;
  }
  if (clock_.used() != looked) {
    return "what they leave depends on the clock";
  }
  if (connection_.random().used() != 0) {
    return "what they leave depends on `random()`";
  }
  if (unsteady) {
    return "what they leave depends on " + *unsteady;
  }
  if (connection_.stand_in_calls() != called ||
      connection_.used_collations().size() != collations) {
    return "what they leave depends on functions of the application";
  }
  return "";
}

}  // namespace palindrome::rehearse::sqlite
