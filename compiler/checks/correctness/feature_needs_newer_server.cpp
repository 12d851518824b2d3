#include <cstdint>
#include <string>
#include <vector>

#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/lower/sqlite/features.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kTooNew, kFeatureNeedsNewerServer,
    "this needs SQLite {0}, and the oldest that is declared is {1}; "
    "write it otherwise, or declare {0} as the minimum",
    std::string, std::string);

using lower::sqlite::NeededBy;

// 3.35 or 3.35.2 of 3035002.
std::string FormatVersion(std::uint32_t version) {
  constexpr std::uint32_t kMajor = 1000000;
  constexpr std::uint32_t kMinor = 1000;
  const std::string text = std::to_string(version / kMajor) + "." +
                           std::to_string(version % kMajor / kMinor);
  const std::uint32_t patch = version % kMinor;
  return patch == 0 ? text : text + "." + std::to_string(patch);
}

// The first token that makes the statement need the version; a function's name
// rather than its parenthesis.
source::Range FindToken(const source::File& file, const catalog::Step& step,
                        std::uint32_t needed) {
  const ast::Statement& statement = step.item->statement;
  const auto& tokens = statement.tokens.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto part = file.text({statement.range.begin, tokens[i].range.end});
    if (NeededBy(part, step.access.stand_ins) >= needed) {
      return IsSymbol(tokens[i], "(") && i > 0 ? tokens[i - 1].range
                                               : tokens[i].range;
    }
  }
  return statement.range;
}

// What STRICT and generated columns ask for, which are no expressions.
struct Need {
  std::uint32_t version = 0;
  source::Range range;
};

Need NeedOfDefinition(const catalog::Step& step) {
  if (const auto* create = As<ast::CreateTable>(step)) {
    return {NeededBy(create->table), create->table.name.range};
  }
  if (const auto* add = As<ast::AddColumn>(step)) {
    return {NeededBy(add->column), add->column.name.range};
  }
  return {};
}

void CheckSteps(const MigrationContext& context,
                const std::vector<catalog::Step>& steps,
                diagnostics::Emitter& emitter) {
  const std::uint32_t minimum = context.settings->minimum_sqlite;
  const source::File& file = *context.migration().file;
  for (const catalog::Step& step : steps) {
    if (!step.applies) {
      continue;
    }
    Need need = NeedOfDefinition(step);
    const std::uint32_t by_text =
        NeededBy(file.text(step.item->statement.range), step.access.stand_ins);
    if (by_text > need.version) {
      need = {by_text, {}};
    }
    if (need.version > minimum) {
      emitter.Emit(kTooNew,
                   context.At(need.range.begin < need.range.end
                                  ? need.range
                                  : FindToken(file, step, need.version)),
                   FormatVersion(need.version), FormatVersion(minimum));
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.settings == nullptr || !context.settings->declares_minimum) {
    return;
  }
  CheckSteps(context, context.upgrade.steps, emitter);
  if (!context.downgrade.is_auto) {
    CheckSteps(context, context.downgrade.simulation.steps, emitter);
  }
}

}  // namespace

constinit const Rule kFeatureNeedsNewerServerRule = {
    .kind = diagnostics::Kind::kFeatureNeedsNewerServer,
    .summary =
        "a statement needs a newer engine than the oldest that is declared",
    .rationale = R"md(
`minimum` says how old an engine the program may meet. A statement that such an
engine does not know is refused there, on the first database that has one, while
the build and its rehearsal, on a newer engine, have seen nothing wrong.

Write the statement in an older form, or declare a newer minimum. What the compiler
itself writes for ALTER TABLE fits the minimum always; this is about what it passes
on, in the upgrade and in a downgrade that is written out: STRICT, generated
columns, UPDATE … FROM, RETURNING, RIGHT and FULL JOIN, and functions with their
formats and modifiers. Without a declared minimum nothing is reported, and the
program asks for as new an engine as its statements need.
)md",
    .bad = R"sql(=== palindrome.toml
[minimum]
sqlite = "3.31"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[minimum]
sqlite = "3.31"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
