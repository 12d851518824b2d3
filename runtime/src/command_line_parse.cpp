#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/src/command_line.h"
#include "runtime/src/nearest_word.h"

namespace palindrome {
namespace {

struct CommandRow {
  Command command;
  std::string_view word;
  std::string_view operand;  // Its name for people; empty if it takes none.
  std::string_view default_target;
  bool creates_database;
  std::string_view help;
};

constexpr std::array kCommands = {
#define PALINDROME_COMMAND(Name, Word, Operand, Default, Creates, Help) \
  CommandRow{Command::Name, Word, Operand, Default, Creates, Help},
#include "runtime/src/commands.def"
};

bool IsOption(std::string_view word) {
  // `-1` is a target.
  return word.size() > 1 && word[0] == '-' &&
         !(word[1] >= '0' && word[1] <= '9');
}

enum class Option : std::uint8_t {
  kDatabase,
  kNamespace,
  kFormat,
  kDirection,
  kDryRun,
  kYes,
  kAdopt,
  kAllowNewer,
  kAllowForeignDowngrade,
  kLockTimeout,
  kTransactionPerMigration,
  kNoShortcuts,
  kShell,
};

struct OptionRow {
  Option option;
  std::string_view word;
  std::string_view value;  // What it is, for people; empty: it takes none.
  std::string_view help;
};

constexpr std::array kOptions = {
    OptionRow{Option::kDatabase, "--database", "FILE",
              "the database; `heads`, `show`, `plan` and `sql` need none"},
    OptionRow{Option::kNamespace, "--namespace", "NAME",
              "the history, in a program that has several"},
    OptionRow{Option::kFormat, "--format", "text|json",
              "how to print (default: text)"},
    OptionRow{Option::kDirection, "--direction", "up|down",
              "where a plan goes (default: up)"},
    OptionRow{Option::kDryRun, "--dry-run", "",
              "show what would be done, and change nothing"},
    OptionRow{Option::kYes, "--yes", "",
              "accept that data is lost that no migration made"},
    OptionRow{Option::kAdopt, "--adopt", "",
              "first stamp a database without a ledger, by its schema"},
    OptionRow{Option::kAllowNewer, "--allow-newer", "reads|reads-and-writes",
              "accept a newer database where these still work"},
    OptionRow{Option::kAllowForeignDowngrade, "--allow-foreign-downgrade", "",
              "first undo what this program does not know"},
    OptionRow{Option::kLockTimeout, "--lock-timeout", "SECONDS",
              "how long to wait for a lock (default: 30)"},
    OptionRow{Option::kTransactionPerMigration, "--transaction-per-migration",
              "", "commit after each migration, not after the last"},
    OptionRow{Option::kNoShortcuts, "--no-shortcuts", "",
              "run each migration as it stands"},
    OptionRow{Option::kShell, "--shell", "",
              "a script for the sqlite3 shell alone, which stops at an error"},
};

bool Takes(Command command, Option option) {
  switch (option) {
    case Option::kDatabase:
    case Option::kNamespace:
    case Option::kFormat:
    case Option::kLockTimeout:
      return true;
    case Option::kDirection:
      return command == Command::kPlan;
    case Option::kDryRun:
      return command == Command::kUpgrade || command == Command::kDowngrade ||
             command == Command::kStamp;
    case Option::kYes:
      return command == Command::kUpgrade || command == Command::kDowngrade;
    case Option::kAdopt:
      return command == Command::kUpgrade || command == Command::kPlan;
    case Option::kAllowNewer:
      return command != Command::kDowngrade && command != Command::kStamp &&
             command != Command::kAdopt && command != Command::kSql;
    case Option::kAllowForeignDowngrade:
      return command != Command::kVerify && command != Command::kStamp &&
             command != Command::kAdopt && command != Command::kSql;
    case Option::kTransactionPerMigration:
      return command == Command::kUpgrade || command == Command::kDowngrade;
    case Option::kNoShortcuts:
      return command == Command::kUpgrade;
    case Option::kShell:
      return command == Command::kSql;
  }
  return false;
}

bool NeedsDatabase(Command command) {
  return command != Command::kPlan && command != Command::kHeads &&
         command != Command::kShow && command != Command::kSql;
}

std::string Quoted(std::string_view word) {
  return '`' + std::string(word) + '`';
}

// A value that is one of two; the error is in `line` if it is neither.
bool IsSecond(const OptionRow& row, std::string_view value, CommandLine* line) {
  const std::size_t bar = row.value.find('|');
  const std::string_view second = row.value.substr(bar + 1);
  if (value != second && value != row.value.substr(0, bar)) {
    line->error = Quoted(row.word) + " is " + Quoted(row.value.substr(0, bar)) +
                  " or " + Quoted(second) + ", not " + Quoted(value);
  }
  return value == second;
}

// Whole seconds, at most a day.
std::chrono::seconds ParseSeconds(const OptionRow& row, std::string_view value,
                                  CommandLine* line) {
  constexpr int kMost = 24 * 60 * 60;
  int seconds = -1;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error != std::errc() || end != value.data() + value.size() ||
      seconds < 0 || seconds > kMost) {
    line->error = Quoted(row.word) + " is a number of seconds up to " +
                  std::to_string(kMost) + ", not " + Quoted(value);
  }
  return std::chrono::seconds(seconds);
}

void Set(const OptionRow& row, std::string_view value, CommandLine* line) {
  switch (row.option) {
    case Option::kDatabase:
      line->database = value;
      break;
    case Option::kFormat:
      line->wants_json = IsSecond(row, value, line);
      break;
    case Option::kDirection:
      line->direction = IsSecond(row, value, line) ? Direction::kDowngrade
                                                   : Direction::kUpgrade;
      break;
    case Option::kDryRun:
      line->is_dry_run = true;
      break;
    case Option::kYes:
      line->accepts_loss = true;
      break;
    case Option::kNamespace:
      line->name_space = value;
      if (value.empty()) {
        line->error = Quoted(row.word) + " is empty";
      }
      break;
    case Option::kAdopt:
      line->options.adopt = true;
      break;
    case Option::kAllowNewer:
      line->options.allow_newer = IsSecond(row, value, line)
                                      ? AllowNewer::kReadsAndWrites
                                      : AllowNewer::kReads;
      break;
    case Option::kAllowForeignDowngrade:
      line->options.allow_foreign_downgrade = true;
      break;
    case Option::kLockTimeout:
      line->options.lock_timeout = ParseSeconds(row, value, line);
      break;
    case Option::kTransactionPerMigration:
      line->options.transaction_per_migration = true;
      break;
    case Option::kNoShortcuts:
      line->options.use_snapshot = false;
      line->options.merge_rebuilds = false;
      line->options.use_squashes = false;
      break;
    case Option::kShell:
      line->wants_shell = true;
      break;
  }
}

struct Words {
  std::vector<std::string_view> rest;
  std::vector<const OptionRow*> options;
};

// The row whose word may be meant.
std::string Hint(const auto& rows, std::string_view word) {
  std::vector<std::string_view> words;
  for (const auto& row : rows) {
    words.push_back(row.word);
  }
  const auto nearest = NearestWord(words, word);
  return nearest ? "; did you mean " + Quoted(words[*nearest]) + "?" : "";
}

// Takes the option at `*at`, and its value.
void TakeOption(std::span<const std::string_view> words, std::size_t* at,
                CommandLine* line, Words* taken) {
  const std::string_view word = words[*at];
  const std::string_view name = word.substr(0, word.find('='));
  for (const OptionRow& row : kOptions) {
    if (row.word != name) {
      continue;
    }
    taken->options.push_back(&row);
    const bool has_value = name.size() < word.size();
    if (row.value.empty() && has_value) {
      line->error = Quoted(name) + " takes no value";
    } else if (row.value.empty()) {
      Set(row, "", line);
    } else if (has_value) {
      Set(row, word.substr(name.size() + 1), line);
    } else if (++*at == words.size()) {
      line->error = Quoted(name) + " needs a value: " + std::string(row.value);
    } else {
      Set(row, words[*at], line);
    }
    return;
  }
  line->error = "there is no option " + Quoted(word) + Hint(kOptions, name);
}

Words TakeOptions(std::span<const std::string_view> words, CommandLine* line) {
  Words taken;
  bool may_be_option = true;
  for (std::size_t i = 0; i < words.size() && line->error.empty(); ++i) {
    const std::string_view word = words[i];
    if (!may_be_option || !IsOption(word)) {
      taken.rest.push_back(word);
    } else if (word == "--") {
      may_be_option = false;
    } else if (word == "--help" || word == "-h") {
      line->wants_help = true;
    } else {
      TakeOption(words, &i, line, &taken);
    }
  }
  return taken;
}

void CheckOptions(const CommandRow& row, const Words& words,
                  CommandLine* line) {
  for (const OptionRow* option : words.options) {
    if (!Takes(row.command, option->option)) {
      line->error = Quoted(row.word) + " takes no " + Quoted(option->word);
      return;
    }
  }
  if (line->database.empty() && NeedsDatabase(row.command)) {
    line->error = "`--database FILE` is missing";
  }
}

void TakeCommand(const Words& words, CommandLine* line) {
  const std::vector<std::string_view>& rest = words.rest;
  if (rest.empty()) {
    line->error = "there is no command";
    return;
  }
  for (const CommandRow& row : kCommands) {
    if (row.word != rest[0]) {
      continue;
    }
    line->command = row.command;
    line->creates_database = row.creates_database;
    line->target = rest.size() > 1 ? rest[1] : row.default_target;
    if (row.command == Command::kPlan && rest.size() == 1 &&
        line->direction == Direction::kDowngrade) {
      line->target = "base";
    }
    if (rest.size() > (row.operand.empty() ? 1U : 2U)) {
      line->error = Quoted(rest.back()) + " is one word too many";
    } else if (!row.operand.empty() && line->target.empty()) {
      line->error = Quoted(row.word) + " needs a " +
                    (row.operand == "RANGE" ? "range" : "target");
    } else {
      CheckOptions(row, words, line);
    }
    return;
  }
  line->error =
      "there is no command " + Quoted(rest[0]) + Hint(kCommands, rest[0]);
}

}  // namespace

std::string_view CommandWord(Command command) {
  for (const CommandRow& row : kCommands) {
    if (row.command == command) {
      return row.word;
    }
  }
  return "";
}

CommandLine ParseCommandLine(std::span<const std::string_view> words,
                             const Options& options) {
  CommandLine line;
  line.options = options;
  const Words taken = TakeOptions(words, &line);
  if (line.error.empty() && !line.wants_help) {
    TakeCommand(taken, &line);
  }
  return line;
}

std::string HelpText(std::string_view program) {
  std::string text =
      "usage: " + std::string(program) + " [OPTION]... COMMAND [TARGET]\n\n";
  constexpr std::size_t kColumn = 23;
  const auto add = [&text, width = kColumn](std::string usage,
                                            std::string_view help) {
    if (usage.size() >= width) {
      usage += '\n' + std::string(width, ' ');
    }
    usage.resize(std::max(usage.size(), width), ' ');
    text += usage + std::string(help) + '\n';
  };
  for (const CommandRow& row : kCommands) {
    std::string usage = "  " + std::string(row.word);
    const std::string operand(row.operand);
    if (!operand.empty()) {
      usage +=
          row.default_target.empty() ? " " + operand : " [" + operand + "]";
    }
    add(std::move(usage), row.help);
  }
  text += '\n';
  for (const OptionRow& row : kOptions) {
    add("  " + std::string(row.word) + (row.value.empty() ? "" : " ") +
            std::string(row.value),
        row.help);
  }
  return text +
         "\nA target is a revision or the beginning of one, `head`, `heads`, "
         "`base`, `+N` or\n`-N`; NAME+N, NAME-N and BRANCH@TARGET work too. A "
         "range is `FROM:TO`, with targets.\n`--` ends the options. The exit "
         "status is 0, "
         "1 for an error, 2 for wrong usage.\n";
}

}  // namespace palindrome
