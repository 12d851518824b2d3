// taskboard: a task board on the command line, which carries its own schema.
//
//   taskboard FILE add TITLE [PRIORITY]
//   taskboard FILE list
//   taskboard FILE start|block|finish TASK
//   taskboard FILE comment TASK TEXT
//   taskboard --take-back [--accept-loss] FILE …
//   taskboard migrate --database FILE upgrade|downgrade|current|history|…
#include <charconv>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "board.h"
#include "taskboard_migrations.h"
#include <palindrome/command_line.h>

namespace {

constexpr int kUsageError = 2;

int Usage() {
  std::cerr << "usage: taskboard FILE add TITLE [PRIORITY]\n"
               "       taskboard FILE list\n"
               "       taskboard FILE start|block|finish TASK\n"
               "       taskboard FILE comment TASK TEXT\n"
               "       taskboard --take-back [--accept-loss] FILE ...\n"
               "       taskboard migrate --database FILE COMMAND\n";
  return kUsageError;
}

std::optional<int> ParseNumber(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) {
    return std::nullopt;
  }
  return number;
}

int Finish(const taskboard::Board& board, bool worked) {
  if (!worked) {
    std::cerr << "taskboard: " << board.Error() << '\n';
  }
  return worked ? 0 : 1;
}

int List(taskboard::Board& board) {
  std::vector<taskboard::Task> tasks;
  const bool worked = board.ListTasks(tasks);
  for (const taskboard::Task& task : tasks) {
    std::cout << '#' << task.id << "  " << task.status << "  priority "
              << task.priority << "  " << task.title;
    if (task.comments > 0) {
      std::cout << "  (comments: " << task.comments << ')';
    }
    std::cout << '\n';
  }
  return Finish(board, worked);
}

// No value if `words` are no command.
std::optional<int> Perform(taskboard::Board& board,
                           const std::vector<std::string>& words) {
  const std::string& command = words[0];
  if (command == "list" && words.size() == 1) {
    return List(board);
  }
  if (command == "add" && (words.size() == 2 || words.size() == 3)) {
    constexpr int kNormal = 2;
    const std::optional<int> priority =
        words.size() == 3 ? ParseNumber(words[2]) : kNormal;
    if (!priority) {
      return std::nullopt;
    }
    return Finish(board, board.AddTask(words[1], *priority));
  }
  const std::optional<int> task =
      words.size() > 1 ? ParseNumber(words[1]) : std::nullopt;
  if (!task) {
    return std::nullopt;
  }
  if (command == "comment" && words.size() == 3) {
    return Finish(board, board.AddComment(*task, words[2]));
  }
  if (words.size() == 2) {
    for (const auto& [verb, status] :
         {std::pair{"start", "started"}, std::pair{"block", "blocked"},
          std::pair{"finish", "done"}}) {
      if (command == verb) {
        return Finish(board, board.SetStatus(*task, status));
      }
    }
  }
  return std::nullopt;
}

// Options before the file, which leave `words`: what to do with the database of
// a newer taskboard.
palindrome::Options TakeOptions(std::vector<std::string>& words) {
  palindrome::Options options;
  while (!words.empty()) {
    if (words.front() == "--take-back") {
      options.allow_foreign_downgrade = true;
    } else if (words.front() == "--accept-loss") {
      options.accept_loss = true;
    } else {
      break;
    }
    words.erase(words.begin());
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc >= 2 && std::string_view(argv[1]) == "migrate") {
    return palindrome::sqlite::RunCommandLine(taskboard::migrations, argc - 1,
                                              argv + 1);
  }
  std::vector<std::string> words(argv + 1, argv + argc);
  const palindrome::Options options = TakeOptions(words);
  if (words.size() < 2) {
    return Usage();
  }
  std::string error;
  const std::unique_ptr<taskboard::Board> board =
      taskboard::Board::Open(words.front(), options, error);
  if (!board) {
    std::cerr << "taskboard: " << error << '\n';
    return 1;
  }
  words.erase(words.begin());
  const std::optional<int> status = Perform(*board, words);
  return status ? *status : Usage();
}
