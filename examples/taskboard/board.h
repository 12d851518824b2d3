// The task board: people, their tasks and what is said about them, in one
// SQLite database.
//
// A Board owns its connection; one thread at a time. Its database is at the
// newest revision of `taskboard::migrations` from Open on.
#ifndef TASKBOARD_BOARD_H_
#define TASKBOARD_BOARD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "models.h"
#include <palindrome/migrator.h>

namespace taskboard {

class Board {
 public:
  // Opens or creates the database at `path` and brings its schema up to date,
  // as `options` allow. On failure `error` says why, and the board is empty.
  static std::unique_ptr<Board> Open(const std::string& path,
                                     const palindrome::Options& options,
                                     std::string& error);

  // Each returns whether it worked; Error() says why not.
  bool AddTask(const std::string& title, int priority);
  bool SetStatus(std::int64_t task, const std::string& status);
  bool AddComment(std::int64_t task, const std::string& body);
  bool ListTasks(std::vector<Task>& tasks);

  std::string Error() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  explicit Board(sqlite3* connection) : connection_(connection) {}

  std::unique_ptr<sqlite3, Close> connection_;
  std::string error_;
};

}  // namespace taskboard

#endif  // TASKBOARD_BOARD_H_
