#include "runtime/src/command_line.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"
#include <palindrome/migrator.h>

namespace palindrome {
namespace {

// Keeps what was done until it is certain: a step is taken back with its
// transaction.
class StepPrinter final : public Observer {
 public:
  void OnStepDone(const PlannedStep& step) override {
    done_.push_back({step, std::move(notices_)});
    notices_.clear();
  }
  void OnNotice(const PlannedStep&, const std::string& text) override {
    notices_.push_back(text);
  }

  void Print(std::ostream& out) const {
    for (const Done& done : done_) {
      const PlannedStep& step = done.step;
      out << (step.direction == Direction::kUpgrade ? "upgraded "
                                                    : "downgraded ")
          << Printable(step.revision + ' ' + step.title) << '\n';
      for (const std::string& notice : done.notices) {
        out << "    " << Printable(notice) << '\n';
      }
    }
    if (done_.empty()) {
      out << "nothing to do\n";
    }
  }

 private:
  struct Done {
    PlannedStep step;
    std::vector<std::string> notices;
  };
  std::vector<std::string> notices_;
  std::vector<Done> done_;
};

int Fail(const Status& status, std::ostream& err) {
  err << "error: " << PrintableError(status) << '\n';
  return kExitError;
}

int PrintCurrent(Migrator& migrator, std::ostream& out, std::ostream& err) {
  const auto current = migrator.Current();
  if (!current.ok()) {
    return Fail(current.status(), err);
  }
  for (const CurrentRevision& revision : *current) {
    out << Printable(revision.revision + ' ' + revision.title)
        << (revision.is_head ? " (head)" : "") << '\n';
  }
  if (current->empty()) {
    out << "base\n";
  }
  return kExitOk;
}

// Null: there is nothing to say.
const char* ProofText(table::Proof proof) {
  switch (proof) {
    case table::Proof::kNone:
      return "not proven to be reversible: compiled without rehearsal";
    case table::Proof::kSchema:
      return "not proven to keep rows: rehearsed without them";
    case table::Proof::kData:
      break;
  }
  return nullptr;
}

int PrintHistory(Migrator& migrator, std::string_view range, std::ostream& out,
                 std::ostream& err) {
  auto history = migrator.History(range);
  if (!history.ok()) {
    return Fail(history.status(), err);
  }
  std::reverse(history->begin(), history->end());
  for (const HistoryEntry& entry : *history) {
    out << (entry.is_applied ? "* " : "  ")
        << Printable(entry.revision + "  " + entry.created + "  " + entry.title)
        << (entry.is_head ? " (head)" : "")
        << (entry.is_current ? " (current)" : "") << '\n';
    for (const auto& [rule, reason] : entry.allowed) {
      out << "    allows " << Printable(rule + ": " + reason) << '\n';
    }
    if (const char* text = ProofText(entry.proof)) {
      out << "    " << text << '\n';
    }
    if (const std::string_view text = LossText(entry.loss); !text.empty()) {
      out << "    " << text << '\n';
    }
  }
  return kExitOk;
}

int PrintVerification(Migrator& migrator, std::ostream& out,
                      std::ostream& err) {
  const auto verification = migrator.Verify();
  if (!verification.ok()) {
    return Fail(verification.status(), err);
  }
  for (const std::string& note : verification->not_checked) {
    out << "note: " << Printable(note) << '\n';
  }
  out << "verified " << verification->applied << " applied migrations\n";
  return kExitOk;
}

int Migrate(Migrator& migrator, const CommandLine& line,
            const StepPrinter& steps, std::ostream& out, std::ostream& err) {
  const Status status = line.command == Command::kUpgrade
                            ? migrator.Upgrade(line.target)
                            : migrator.Downgrade(line.target);
  if (!status.ok()) {
    return Fail(status, err);
  }
  steps.Print(out);
  return kExitOk;
}

}  // namespace

int RunCommand(const History& history, Database& database,
               const CommandLine& line, std::ostream& out, std::ostream& err) {
  StepPrinter steps;
  Options options;
  options.observer = &steps;
  Migrator migrator(history, database, options);
  switch (line.command) {
    case Command::kUpgrade:
    case Command::kDowngrade:
      return Migrate(migrator, line, steps, out, err);
    case Command::kCurrent:
      return PrintCurrent(migrator, out, err);
    case Command::kHistory:
      return PrintHistory(migrator, line.target, out, err);
    case Command::kStamp: {
      const Status status = migrator.Stamp(line.target);
      return status.ok() ? PrintCurrent(migrator, out, err) : Fail(status, err);
    }
    case Command::kAdopt: {
      // Without an operand the schema alone says which.
      const Status status =
          migrator.Adopt(line.target == ":" ? "" : line.target);
      return status.ok() ? PrintCurrent(migrator, out, err) : Fail(status, err);
    }
    case Command::kVerify:
      return PrintVerification(migrator, out, err);
  }
  return kExitUsage;
}

}  // namespace palindrome
