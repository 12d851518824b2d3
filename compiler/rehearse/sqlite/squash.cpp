#include "compiler/rehearse/squash.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/rehearse/sqlite/contents.h"
#include "compiler/rehearse/sqlite/existing.h"
#include "compiler/rehearse/sqlite/keep.h"
#include "compiler/rehearse/sqlite/schema_changes.h"
#include "compiler/rehearse/sqlite/steady.h"
#include "compiler/rehearse/sqlite/whole.h"

namespace palindrome::rehearse {

namespace sqlite {

namespace {

std::string Describe(const RowChange& change) {
  const std::string of = "table `" + change.table + "`";
  if (!change.column.empty()) {
    return "the row `" + change.row + "` of " + of + " has " + change.after +
           " in `" + change.column + "` instead of " + change.before;
  }
  return change.after.empty()
             ? "the row `" + change.row + "` of " + of + " is missing"
             : of + " has the row `" + change.row + "`, which it should not";
}

// Triggers by their tables, in the order in which they fire.
std::vector<std::string> TriggersOf(Connection& connection) {
  std::vector<std::string> triggers;
  connection.RunTrusted(
      "SELECT tbl_name || ' ' || name FROM main.sqlite_master WHERE type = "
      "'trigger' ORDER BY tbl_name, rowid",
      [&triggers](std::string_view trigger) {
        triggers.emplace_back(trigger);
        return true;
      });
  return triggers;
}

std::string SchemaDifference(Connection& chain, Connection& squash) {
  SchemaObjects left;
  SchemaObjects right;
  for (const auto& [connection, facts] :
       {std::pair(&chain, &left), std::pair(&squash, &right)}) {
    if (const auto error = ReadFacts(*connection, *facts)) {
      return "the schema cannot be read: " + error->message;
    }
  }
  if (const auto differences = CompareSchemas(left, right);
      !differences.empty()) {
    return DescribeDifference(differences.front());
  }
  if (const auto tables = ChangedOrder(left, right); !tables.empty()) {
    return "the columns of table `" + tables.front() + "` have another order";
  }
  return TriggersOf(chain) == TriggersOf(squash)
             ? ""
             : "the triggers of a table have another order";
}

// The statements that bring back rows and counters; sorted, since tables may
// have been made in another order.
std::string ReadRows(Connection& connection, std::vector<std::string>& rows) {
  Whole whole;
  if (const auto error = ReadWhole(connection, whole)) {
    return "the rows cannot be read: " + error->message;
  }
  if (!whole.obstacle.empty()) {
    return "that cannot be shown, since " + whole.obstacle + " is there";
  }
  for (std::string& statement : whole.statements) {
    if (!statement.starts_with("CREATE ")) {
      rows.push_back(std::move(statement));
    }
  }
  std::sort(rows.begin(), rows.end());
  return "";
}

std::string Difference(const SquashTask& task, Connection& chain,
                       Connection& squash) {
  if (std::string difference = SchemaDifference(chain, squash);
      !difference.empty()) {
    return difference;
  }
  const std::vector<Shape> shapes = ShapesOf(task.after);
  const auto changes = CompareContents(shapes, ReadContents(shapes, chain),
                                       ReadContents(shapes, squash));
  if (!changes.empty()) {
    return Describe(changes.front());
  }
  std::vector<std::string> left;
  std::vector<std::string> right;
  if (std::string why = ReadRows(chain, left); !why.empty()) {
    return why;
  }
  if (std::string why = ReadRows(squash, right); !why.empty()) {
    return why;
  }
  return left == right ? ""
                       : "the numbers of rows, or the counters of "
                         "AUTOINCREMENT, are others";
}

std::string ProveWithoutRows(const SquashTask& task) {
  SteadyRun chain(task.stand_ins);
  SteadyRun squash(task.stand_ins);
  for (SteadyRun* run : {&chain, &squash}) {
    if (const auto failure = run->Run(task.before)) {
      return "what comes before it fails: " + failure->error.message;
    }
  }
  if (const std::string why = chain.RunSteadily(task.chain); !why.empty()) {
    return "that cannot be shown; " + why;
  }
  if (const std::string why = squash.RunSteadily({task.squash}); !why.empty()) {
    return "of its own statements, " + why;
  }
  return Difference(task, chain.connection(), squash.connection());
}

// A database before the chain, with the rows, in which the programs run.
std::optional<Failure> Run(const SquashTask& task, const Rows& rows,
                           const Programs& programs, SteadyRun& run) {
  if (auto failure = run.Run(task.before)) {
    return failure;
  }
  InsertAll(rows, run.connection());
  run.connection().random().Restart();
  return run.Run(programs);
}

std::string ProveWithRows(const SquashTask& task) {
  Rows rows;
  {
    SteadyRun made(task.stand_ins);
    if (made.Run(task.before)) {
      return "";
    }
    rows = Synthesize(task.with_rows, task.literals, task.seed,
                      /*with_limits=*/true, made.connection())
               .rows;
  }
  const auto passes = [&task](const Rows& some) {
    SteadyRun run(task.stand_ins);
    return Run(task, some, task.chain, run);
  };
  if (passes(rows)) {
    // Of rows that the chain refuses, nothing follows.
    Refused refused;
    rows = Keep(rows, passes, refused);
  }
  if (rows.empty()) {
    return "";
  }
  SteadyRun chain(task.stand_ins);
  SteadyRun squash(task.stand_ins);
  if (Run(task, rows, task.chain, chain)) {
    return "";
  }
  if (const auto failure = Run(task, rows, {task.squash}, squash)) {
    return "it refuses rows that they take: " + failure->error.message;
  }
  return Difference(task, chain.connection(), squash.connection());
}

}  // namespace

}  // namespace sqlite

std::string ProveSquash(const SquashTask& task) {
  std::string difference = sqlite::ProveWithoutRows(task);
  return difference.empty() && !task.with_rows.empty()
             ? sqlite::ProveWithRows(task)
             : difference;
}

Left RunForContents(const std::vector<const lower::Program*>& programs,
                    const StandIns* stand_ins) {
  Left left;
  sqlite::SteadyRun run(stand_ins);
  left.problem = run.RunSteadily(programs);
  if (left.problem.empty()) {
    auto contents = sqlite::ReadAll(run.connection());
    if (contents) {
      left.contents = *std::move(contents);
    } else {
      left.problem = llvm::toString(contents.takeError());
    }
  }
  return left;
}

}  // namespace palindrome::rehearse
