// The commands that change a database, and what shows beforehand what they
// would do.
#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/src/command_line.h"
#include "runtime/src/command_line_move_text.h"
#include "runtime/src/command_line_moves.h"
#include "runtime/src/consent.h"
#include "runtime/src/json.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/migration_run.h"
#include "runtime/src/printable.h"
#include "runtime/src/run_observer.h"
#include <palindrome/migrator.h>

namespace palindrome {
namespace {

bool Runs(Command command) {
  return command == Command::kUpgrade || command == Command::kDowngrade;
}

// Whether the engine can run what a run of `moves` would.
Status CheckPrograms(const LoadedHistory& loaded, Database& database,
                     const Options& options, const Moves& moves) {
  MigrationPlan plan;
  for (const Move& move : moves.steps) {
    if (move.IsRun() && move.index) {
      plan.steps.push_back(*move.index);
    }
  }
  return MigrationRun(loaded, database, options).CheckPrograms(plan);
}

// What the command would move, or why it would be refused.
Result<Moves> PlanChange(const LoadedHistory& loaded, const History& history,
                         Database& database, const CommandLine& line) {
  if (line.command == Command::kStamp) {
    return PlanStamp(loaded, database, line);
  }
  const bool is_down = line.command == Command::kDowngrade ||
                       (line.command == Command::kPlan &&
                        line.direction == Direction::kDowngrade);
  auto moves = PlanMoves(loaded, history, database, line,
                         is_down ? Direction::kDowngrade : Direction::kUpgrade);
  if (moves.ok() && Runs(line.command)) {
    if (Status status = CheckPrograms(loaded, database, line.options, *moves);
        !status.ok()) {
      return status;
    }
  }
  return moves;
}

class Changer {
 public:
  Changer(const LoadedHistory& loaded, const History& history,
          Database& database, const CommandLine& line, const Console& console)
      : loaded_(loaded),
        history_(history),
        database_(database),
        line_(line),
        console_(console) {}

  int Run();

 private:
  int Fail(const Status& status) const {
    return ReportError(status, line_, console_);
  }
  void Print(const Moves& moves) const;
  std::string JsonOf(const Move& move,
                     const std::vector<std::string>* notices) const {
    return MoveJson(move, loaded_, database_.dialect(), notices);
  }
  int Migrate(const Moves& moves);
  // Stamps by target, or by what the schema is.
  int Stamp();
  // Asks for the steps of `moves` that lose data, if it `asks`.
  Result<RunObserver::Accepted> Ask(const Moves& moves, bool asks) const;
  void PrintDone(const RunObserver& observer) const;

  const LoadedHistory& loaded_;
  const History& history_;
  Database& database_;
  const CommandLine& line_;
  const Console& console_;
};

void Changer::Print(const Moves& moves) const {
  if (line_.wants_json) {
    std::vector<std::string> steps;
    for (const Move& move : moves.steps) {
      steps.push_back(JsonOf(move, nullptr));
    }
    console_.out << json::Object({{"steps", json::Array(steps)},
                                  {"heads", json::Strings(moves.heads_after)}})
                 << '\n';
    return;
  }
  for (const Move& move : moves.steps) {
    PrintMove(move, loaded_, database_.dialect(), console_.out);
  }
  if (moves.steps.empty()) {
    console_.out << "nothing to do\n";
  }
}

Result<RunObserver::Accepted> Changer::Ask(const Moves& moves,
                                           bool asks) const {
  auto recorded = ReadRecorded(loaded_, database_);
  if (!recorded.ok()) {
    return recorded.status();
  }
  RunObserver::Accepted accepted;
  accepted.recorded = *std::move(recorded);
  std::string text;
  for (const Move& move : moves.steps) {
    if (!move.IsRun()) {
      continue;
    }
    ++accepted.steps;
    const auto losses =
        move.index ? LossesOf(loaded_, move.step.direction, *move.index,
                              accepted.recorded.contains(move.step.revision))
                   : LossesOf(move.step);
    if (losses.empty()) {
      continue;
    }
    accepted.losing.insert(move.step.revision);
    if (!(move.index ? asks : !line_.options.accept_loss)) {
      continue;
    }
    text += (text.empty() ? "" : ", ") + ("`" + move.step.revision + "` ") +
            move.step.title + " (";
    for (std::size_t i = 0; i < losses.size(); ++i) {
      text += (i == 0 ? "" : "; ") + losses[i];
    }
    text += ')';
  }
  if (text.empty()) {
    return accepted;
  }
  if (console_.answers == nullptr) {
    return Status(StatusCode::kCancelled,
                  "data would be lost that no migration made: " + text +
                      "; accept it with `--yes`");
  }
  console_.err << Printable("Data is lost that no migration made: " + text)
               << ".\nGo on? [y/N] " << std::flush;
  std::string answer;
  std::getline(*console_.answers, answer);
  if (answer != "y" && answer != "Y" && answer != "yes") {
    return Status(StatusCode::kCancelled, "nothing was changed");
  }
  return accepted;
}

void Changer::PrintDone(const RunObserver& observer) const {
  for (const PlannedStep& step : observer.adopted()) {
    console_.out << "adopted " << Printable(step.revision + ' ' + step.title)
                 << '\n';
  }
  for (const RunObserver::Done& each : observer.done()) {
    const PlannedStep& step = each.step;
    console_.out << (step.direction == Direction::kUpgrade ? "upgraded "
                                                           : "downgraded ")
                 << Printable(step.revision + ' ' + step.title) << '\n';
    for (const std::string& notice : each.notices) {
      console_.out << "    " << Printable(notice) << '\n';
    }
  }
  if (observer.adopted().empty() && observer.done().empty()) {
    console_.out << "nothing to do\n";
  }
}

int Changer::Migrate(const Moves& moves) {
  const bool is_up = line_.command == Command::kUpgrade;
  // In a database that is at the base nothing is anybody else's.
  const bool asks =
      !is_up || std::find(moves.before.begin(), moves.before.end(), true) !=
                    moves.before.end();
  std::optional<RunObserver::Accepted> accepted;
  if (!line_.accepts_loss) {
    auto answer = Ask(moves, asks);
    if (!answer.ok()) {
      return Fail(answer.status());
    }
    accepted = *std::move(answer);
  }
  RunObserver observer(console_, loaded_, std::move(accepted));
  Options options = line_.options;
  options.observer = &observer;
  // Whoever was asked has accepted it.
  options.accept_loss = true;
  Migrator migrator(history_, database_, options);
  const Status status =
      is_up ? migrator.Upgrade(line_.target) : migrator.Downgrade(line_.target);
  observer.ClearBar();
  if (observer.is_refused()) {
    return Fail({StatusCode::kCancelled,
                 "another process changed the database meanwhile, and data "
                 "would be lost that no migration made; try again"});
  }
  if (!status.ok()) {
    return Fail(status);
  }
  if (!line_.wants_json) {
    PrintDone(observer);
    return kExitOk;
  }
  std::vector<std::string> steps;
  RevisionSet after = moves.before;
  for (const PlannedStep& step : observer.adopted()) {
    const std::vector<std::string> no_notices;
    steps.push_back(JsonOf(AdoptionOf(loaded_, step), &no_notices));
  }
  for (const RunObserver::Done& done : observer.done()) {
    const Move move = MoveOf(loaded_, done.step);
    steps.push_back(JsonOf(move, &done.notices));
    if (move.index) {
      after[*move.index] = is_up;
    }
  }
  const std::vector<std::string> heads =
      steps.empty() ? moves.heads_before : HeadNames(loaded_.graph, after);
  console_.out << json::Object({{"steps", json::Array(steps)},
                                {"heads", json::Strings(heads)}})
               << '\n';
  return kExitOk;
}

int Changer::Stamp() {
  Migrator migrator(history_, database_, line_.options);
  const bool adopts = line_.command == Command::kAdopt;
  // Without an operand the schema alone says which.
  const std::string_view revision =
      line_.target == ":" ? std::string_view() : line_.target;
  const Status status =
      adopts ? migrator.Adopt(revision) : migrator.Stamp(line_.target);
  if (!status.ok()) {
    return Fail(status);
  }
  CommandLine current = line_;
  current.command = Command::kCurrent;
  return RunFactCommand(history_, database_, current, console_);
}

int Changer::Run() {
  if (line_.command == Command::kAdopt ||
      (line_.command == Command::kStamp && !line_.is_dry_run)) {
    return Stamp();
  }
  const auto moves = PlanChange(loaded_, history_, database_, line_);
  if (!moves.ok()) {
    return Fail(moves.status());
  }
  if (Runs(line_.command) && !line_.is_dry_run) {
    return Migrate(*moves);
  }
  Print(*moves);
  return kExitOk;
}

}  // namespace

int RunChange(const History& history, Database& database,
              const CommandLine& line, const Console& console) {
  const auto loaded = LoadHistory(history);
  if (!loaded.ok()) {
    return ReportError(loaded.status(), line, console);
  }
  return Changer(*loaded, history, database, line, console).Run();
}

Result<bool> WouldChange(const History& history, Database& database,
                         const CommandLine& line) {
  const auto loaded = LoadHistory(history);
  if (!loaded.ok()) {
    return loaded.status();
  }
  const auto moves = PlanChange(*loaded, history, database, line);
  return moves.ok() ? Result<bool>(!moves->steps.empty()) : moves.status();
}

}  // namespace palindrome
