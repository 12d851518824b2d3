#include <cstddef>
#include <string>
#include <utility>

#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRefused, kDowngradeDoesNotApply,
                "the engine refuses the downgrade here: {0}", std::string);
PALINDROME_TEXT(kRefusedInverse, kDowngradeDoesNotApply,
                "the engine refuses the inverse of this statement: {0}",
                std::string);

using diagnostics::Diagnostic;
using diagnostics::Kind;

// A problem of the downgrade's simulation as this rule's. What rules behind the
// laws say keeps its name, by which their pages explain it, and so does what an
// ALLOW or the settings are to let pass.
Diagnostic AsFinding(const MigrationContext& context, Diagnostic problem,
                     bool tolerated) {
  if (problem.kind != Kind::kApplicationFunction &&
      problem.kind != Kind::kOpaqueSqlUnverifiable && !tolerated) {
    problem.found_by = problem.kind;
    problem.kind = Kind::kDowngradeDoesNotApply;
    problem.severity = diagnostics::Info(problem.kind).severity;
  }
  const bool derived =
      problem.location.file == nullptr || problem.location.range.end == 0;
  if (derived) {
    problem.location = DowngradeOf(context);
  }
  return problem;
}

void CheckRehearsal(const MigrationContext& context,
                    diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr) {
    return;
  }
  const rehearse::Result& result = *context.rehearsal;
  if (!result.failure || result.failure->phase != rehearse::Phase::kDown) {
    return;
  }
  const std::size_t statement = result.failure->statement;
  auto finding = diagnostics::Make(
      context.downgrade.is_auto ? kRefusedInverse : kRefused,
      LocationOfDown(context, statement), result.failure->error.message);
  if (context.downgrade.is_auto) {
    finding.With(DowngradeOf(context), "it is derived here");
  }
  emitter.Emit(std::move(finding));
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (!context.downgrade.derivable) {
    return;
  }
  const auto& problems = context.downgrade.simulation.problems;
  for (std::size_t i = 0; i < problems.size(); ++i) {
    emitter.Emit(
        AsFinding(context, problems[i], context.downgrade.tolerated[i]));
  }
  CheckRehearsal(context, emitter);
}

}  // namespace

constinit const Rule kDowngradeDoesNotApplyRule = {
    .kind = diagnostics::Kind::kDowngradeDoesNotApply,
    .summary = "a statement of the downgrade fails after the upgrade",
    .rationale = R"md(
A downgrade runs for the first time in the hour in which it is needed most. So
it is run at every build: on the schema as it is after the upgrade, in the
compiler's catalog and on an engine. What does not apply there will not apply
in production: a misspelt name, a table that a view or a foreign key still
uses, an index of a column that is already gone.

Undo the statements of the upgrade in the opposite order, dependents first.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE INDEX ix_users_email ON users (email);
END;

DOWNGRADE BEGIN
  DROP TABLE users;
  DROP INDEX ix_users_email;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE INDEX ix_users_email ON users (email);
END;

DOWNGRADE BEGIN
  DROP INDEX ix_users_email;
  DROP TABLE users;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
