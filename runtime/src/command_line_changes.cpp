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
#include "runtime/src/consent.h"
#include "runtime/src/json.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"
#include "runtime/src/run_observer.h"
#include "runtime/src/sql_normalize.h"
#include <palindrome/migrator.h>

namespace palindrome {
namespace {

// One revision that a command moves.
struct Move {
  std::size_t index = 0;
  std::string_view word;  // "upgrade", "downgrade", "stamp" or "unstamp".
  Direction direction = Direction::kUpgrade;
};

struct Moves {
  std::vector<Move> steps;
  RevisionSet before;
  RevisionSet after;
};

// The tables that the program puts in the place of others.
std::vector<std::string> RebuildsOf(const Program& program) {
  std::vector<std::string> tables;
  for (const ProgramStatement& statement : program.statements) {
    if ((statement.flags & table::kLegacyAlterTable) == 0) {
      continue;
    }
    const std::vector<sql::Token> tokens = sql::Tokenize(statement.sql);
    // ALTER TABLE a RENAME TO b, where a and b may be qualified.
    if (tokens.size() < 6 || !sql::IsWord(tokens[0], "ALTER") ||
        !sql::IsWord(tokens[tokens.size() - 2], "TO") ||
        !sql::IsWord(tokens[tokens.size() - 3], "RENAME")) {
      continue;
    }
    tables.push_back(sql::Unquote(tokens.back()));
  }
  return tables;
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
  Result<RevisionSet> ReadApplied();
  Result<Moves> Plan(Direction direction);
  Result<Moves> PlanStamp();
  void Print(const Moves& moves) const;
  void PrintStep(const Move& move) const;
  std::string JsonStep(const Move& move,
                       const std::vector<std::string>* notices) const;
  std::string JsonHeads(const RevisionSet& applied) const;
  int Migrate(const Moves& moves);
  // Stamps by target, or by what the schema is.
  int Stamp();
  // Asks for the steps of `moves` that lose data, if it `asks`.
  Result<RunObserver::Accepted> Ask(const Moves& moves, bool asks) const;
  void PrintDone(const std::vector<RunObserver::Done>& done);

  table::Row RowOf(std::size_t index) const {
    return loaded_.table.Row(static_cast<std::uint32_t>(index));
  }

  const LoadedHistory& loaded_;
  const History& history_;
  Database& database_;
  const CommandLine& line_;
  const Console& console_;
};

Result<RevisionSet> Changer::ReadApplied() {
  // Without a database a downgrade is shown from where all is applied.
  if (line_.database.empty() && line_.direction == Direction::kDowngrade) {
    return RevisionSet(loaded_.graph.size(), true);
  }
  const auto current = Migrator(history_, database_).Current();
  if (!current.ok()) {
    return current.status();
  }
  std::vector<std::size_t> heads;
  for (const CurrentRevision& revision : *current) {
    heads.push_back(loaded_.graph.Find(revision.revision).value_or(0));
  }
  return loaded_.graph.WithAncestors(heads);
}

Result<Moves> Changer::Plan(Direction direction) {
  const auto target = ParseTarget(line_.target);
  if (!target.ok()) {
    return target.status();
  }
  auto applied = ReadApplied();
  if (!applied.ok()) {
    return applied.status();
  }
  Moves moves;
  moves.before = *std::move(applied);
  moves.after = moves.before;
  AppliedState state;
  state.applied = moves.before;
  const auto plan = MakePlan(loaded_, state, direction, *target);
  if (!plan.ok()) {
    return plan.status();
  }
  const bool is_up = direction == Direction::kUpgrade;
  for (const std::size_t index : plan->steps) {
    moves.steps.push_back({index, is_up ? "upgrade" : "downgrade", direction});
    moves.after[index] = is_up;
  }
  return moves;
}

Result<Moves> Changer::PlanStamp() {
  const auto target = ParseTarget(line_.target);
  if (!target.ok()) {
    return target.status();
  }
  auto applied = ReadApplied();
  if (!applied.ok()) {
    return applied.status();
  }
  auto after = ResolveStamp(loaded_.graph, *applied, *target);
  if (!after.ok()) {
    return after.status();
  }
  Moves moves;
  moves.before = *std::move(applied);
  moves.after = *std::move(after);
  for (const std::size_t index : loaded_.graph.order()) {
    if (moves.before[index] != moves.after[index]) {
      moves.steps.push_back(
          {index, moves.after[index] ? "stamp" : "unstamp",
           moves.after[index] ? Direction::kUpgrade : Direction::kDowngrade});
    }
  }
  return moves;
}

std::vector<std::string> RebuildsOf(const LoadedHistory& loaded,
                                    const Move& move, table::Dialect dialect) {
  // A stamp runs nothing.
  if (move.word != "upgrade" && move.word != "downgrade") {
    return {};
  }
  const auto program = loaded.table.FindProgram(
      loaded.table.Row(static_cast<std::uint32_t>(move.index)), dialect);
  return program ? RebuildsOf(loaded.table.Statements(
                       move.direction == Direction::kUpgrade ? program->up
                                                             : program->down))
                 : std::vector<std::string>();
}

void Changer::PrintStep(const Move& move) const {
  constexpr std::size_t kWidth = 11;
  const HistoryTable& table = loaded_.table;
  const table::Row row = RowOf(move.index);
  std::string word(move.word);
  word.resize(kWidth, ' ');
  const std::string revision(table.Text(row.revision));
  console_.out << word
               << Printable(revision + "  " +
                            std::string(table.Text(row.created)) + "  " +
                            std::string(table.Text(row.title)))
               << '\n';
  if (move.word != "upgrade" && move.word != "downgrade") {
    return;
  }
  for (const std::string& rebuilt :
       RebuildsOf(loaded_, move, database_.dialect())) {
    console_.out << "    rebuilds `" << Printable(rebuilt) << "`\n";
  }
  for (const table::Allowed& allowed : table.Allowed(row.allowed)) {
    console_.out << "    allows "
                 << Printable(std::string(table.Text(allowed.rule)) + ": " +
                              std::string(table.Text(allowed.reason)))
                 << '\n';
  }
  if (const std::string_view text = LossText(row.loss); !text.empty()) {
    console_.out << "    " << text << '\n';
  }
}

std::string Changer::JsonStep(const Move& move,
                              const std::vector<std::string>* notices) const {
  const HistoryTable& table = loaded_.table;
  const table::Row row = RowOf(move.index);
  std::vector<std::string> allows;
  for (const table::Allowed& allowed : table.Allowed(row.allowed)) {
    allows.push_back(
        json::Object({{"rule", json::String(table.Text(allowed.rule))},
                      {"reason", json::String(table.Text(allowed.reason))}}));
  }
  std::vector<std::pair<std::string_view, std::string>> members = {
      {"revision", json::String(table.Text(row.revision))},
      {"direction", json::String(move.word)},
      {"title", json::String(table.Text(row.title))},
      {"loss", json::String(LossName(row.loss))},
      {"rebuilds",
       json::Strings(RebuildsOf(loaded_, move, database_.dialect()))},
      {"allows", json::Array(allows)}};
  if (notices != nullptr) {
    members.emplace_back("notices", json::Strings(*notices));
  }
  return json::Object(members);
}

std::string Changer::JsonHeads(const RevisionSet& applied) const {
  std::vector<std::string> heads;
  for (const std::size_t head : loaded_.graph.HeadsOf(applied)) {
    heads.push_back(loaded_.graph.node(head).id);
  }
  return json::Strings(heads);
}

void Changer::Print(const Moves& moves) const {
  if (line_.wants_json) {
    std::vector<std::string> steps;
    for (const Move& move : moves.steps) {
      steps.push_back(JsonStep(move, nullptr));
    }
    console_.out << json::Object({{"steps", json::Array(steps)},
                                  {"heads", JsonHeads(moves.after)}})
                 << '\n';
    return;
  }
  for (const Move& move : moves.steps) {
    PrintStep(move);
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
  accepted.steps = moves.steps.size();
  accepted.recorded = *std::move(recorded);
  std::string text;
  for (const Move& move : moves.steps) {
    const auto losses =
        LossesOf(loaded_, move.direction, move.index,
                 accepted.recorded.contains(loaded_.graph.node(move.index).id));
    if (losses.empty()) {
      continue;
    }
    const table::Row row = RowOf(move.index);
    const std::string revision(loaded_.table.Text(row.revision));
    accepted.losing.insert(revision);
    text += (text.empty() ? "" : ", ") + ("`" + revision + "` ") +
            std::string(loaded_.table.Text(row.title)) + " (";
    for (std::size_t i = 0; i < losses.size(); ++i) {
      text += (i == 0 ? "" : "; ") + losses[i];
    }
    text += ')';
  }
  if (accepted.losing.empty() || !asks) {
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

void Changer::PrintDone(const std::vector<RunObserver::Done>& done) {
  for (const RunObserver::Done& each : done) {
    const PlannedStep& step = each.step;
    console_.out << (step.direction == Direction::kUpgrade ? "upgraded "
                                                           : "downgraded ")
                 << Printable(step.revision + ' ' + step.title) << '\n';
    for (const std::string& notice : each.notices) {
      console_.out << "    " << Printable(notice) << '\n';
    }
  }
  if (done.empty()) {
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
  Options options;
  options.observer = &observer;
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
    PrintDone(observer.done());
    return kExitOk;
  }
  std::vector<std::string> steps;
  RevisionSet after = moves.before;
  for (const RunObserver::Done& done : observer.done()) {
    const std::size_t index =
        loaded_.graph.Find(done.step.revision).value_or(0);
    steps.push_back(
        JsonStep({index, is_up ? "upgrade" : "downgrade", done.step.direction},
                 &done.notices));
    after[index] = is_up;
  }
  console_.out << json::Object({{"steps", json::Array(steps)},
                                {"heads", JsonHeads(after)}})
               << '\n';
  return kExitOk;
}

int Changer::Stamp() {
  Migrator migrator(history_, database_);
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
  const bool is_down = line_.command == Command::kDowngrade ||
                       (line_.command == Command::kPlan &&
                        line_.direction == Direction::kDowngrade);
  if (line_.command == Command::kAdopt ||
      (line_.command == Command::kStamp && !line_.is_dry_run)) {
    return Stamp();
  }
  const auto moves =
      line_.command == Command::kStamp
          ? PlanStamp()
          : Plan(is_down ? Direction::kDowngrade : Direction::kUpgrade);
  if (!moves.ok()) {
    return Fail(moves.status());
  }
  if (line_.command != Command::kPlan && !line_.is_dry_run) {
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

}  // namespace palindrome
