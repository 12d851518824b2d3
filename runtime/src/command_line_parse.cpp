#include <array>
#include <vector>

#include "runtime/src/command_line.h"

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

// Options into `line`, other words into `rest`.
void TakeOptions(std::span<const std::string_view> words, CommandLine* line,
                 std::vector<std::string_view>* rest) {
  constexpr std::string_view kDatabase = "--database";
  bool may_be_option = true;
  for (std::size_t i = 0; i < words.size() && line->error.empty(); ++i) {
    const std::string_view word = words[i];
    if (!may_be_option || !IsOption(word)) {
      rest->push_back(word);
    } else if (word == "--") {
      may_be_option = false;
    } else if (word == "--help" || word == "-h") {
      line->wants_help = true;
    } else if (word == kDatabase) {
      if (++i == words.size()) {
        line->error = "`--database` needs a file";
      } else {
        line->database = words[i];
      }
    } else if (word.starts_with("--database=")) {
      line->database = word.substr(kDatabase.size() + 1);
    } else {
      line->error = "there is no option `" + std::string(word) + "`";
    }
  }
}

void TakeCommand(const std::vector<std::string_view>& rest, CommandLine* line) {
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
    if (rest.size() > (row.operand.empty() ? 1U : 2U)) {
      line->error = "`" + std::string(rest.back()) + "` is one word too many";
    } else if (!row.operand.empty() && line->target.empty()) {
      line->error = "`" + std::string(row.word) + "` needs a target";
    }
    return;
  }
  line->error = "there is no command `" + std::string(rest[0]) + "`";
}

}  // namespace

CommandLine ParseCommandLine(std::span<const std::string_view> words) {
  CommandLine line;
  std::vector<std::string_view> rest;
  TakeOptions(words, &line, &rest);
  if (line.error.empty() && !line.wants_help) {
    TakeCommand(rest, &line);
  }
  if (line.error.empty() && !line.wants_help && line.database.empty()) {
    line.error = "`--database FILE` is missing";
  }
  return line;
}

std::string HelpText(std::string_view program) {
  std::string text = "usage: " + std::string(program) +
                     " --database FILE COMMAND [TARGET]\n\n";
  constexpr std::size_t kColumn = 20;
  for (const CommandRow& row : kCommands) {
    std::string usage = "  " + std::string(row.word);
    const std::string operand(row.operand);
    if (!operand.empty()) {
      usage +=
          row.default_target.empty() ? " " + operand : " [" + operand + "]";
    }
    usage.resize(kColumn + 2, ' ');
    text += usage + std::string(row.help) + '\n';
  }
  return text +
         "\nA target is a revision or the beginning of one, `head`, `heads`, "
         "`base`, `+N` or\n`-N`; NAME+N, NAME-N and BRANCH@TARGET work too. A "
         "range is `FROM:TO`, with targets.\n`--` ends the options. The exit "
         "status is 0, "
         "1 for an error, 2 for wrong usage.\n";
}

}  // namespace palindrome
