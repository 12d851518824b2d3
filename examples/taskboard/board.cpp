#include "board.h"

#include <initializer_list>
#include <utility>
#include <variant>

#include "taskboard_migrations.h"
#include <palindrome/sqlite.h>

namespace taskboard {
namespace {

using Value = std::variant<std::int64_t, std::string>;

struct Finalize {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// Null if the statement cannot be prepared. Strings of `values` must outlive
// it.
Statement Prepare(sqlite3* connection, const char* sql,
                  std::initializer_list<Value> values) {
  sqlite3_stmt* raw = nullptr;
  sqlite3_prepare_v2(connection, sql, -1, &raw, nullptr);
  Statement statement(raw);
  int index = 0;
  for (const Value& value : values) {
    ++index;
    if (const auto* text = std::get_if<std::string>(&value)) {
      sqlite3_bind_text(raw, index, text->data(),
                        static_cast<int>(text->size()), SQLITE_TRANSIENT);
    } else {
      sqlite3_bind_int64(raw, index, std::get<std::int64_t>(value));
    }
  }
  return statement;
}

bool Run(sqlite3* connection, const char* sql,
         std::initializer_list<Value> values) {
  const Statement statement = Prepare(connection, sql, values);
  return statement && sqlite3_step(statement.get()) == SQLITE_DONE;
}

std::string Text(sqlite3_stmt* statement, int column) {
  const unsigned char* text = sqlite3_column_text(statement, column);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

}  // namespace

void Board::Close::operator()(sqlite3* connection) const {
  sqlite3_close(connection);
}

std::unique_ptr<Board> Board::Open(const std::string& path,
                                   const palindrome::Options& options,
                                   std::string& error) {
  sqlite3* connection = nullptr;
  const int opened = sqlite3_open(path.c_str(), &connection);
  std::unique_ptr<Board> board(new Board(connection));
  if (opened != SQLITE_OK) {
    error = sqlite3_errmsg(connection);
    return nullptr;
  }

  palindrome::sqlite::Database database(connection);
  palindrome::Migrator migrator(migrations, database, options);
  if (auto status = migrator.Upgrade("head"); !status.ok()) {
    error = status.ToString();
    return nullptr;
  }

  if (!Run(connection, "PRAGMA foreign_keys = ON", {})) {
    error = sqlite3_errmsg(connection);
    return nullptr;
  }
  return board;
}

bool Board::AddTask(const std::string& title, int priority) {
  return Run(connection_.get(),
             "INSERT INTO tasks (title, priority) VALUES (?1, ?2)",
             {title, std::int64_t{priority}});
}

bool Board::SetStatus(std::int64_t task, const std::string& status) {
  if (!Run(connection_.get(), "UPDATE tasks SET status = ?2 WHERE id = ?1",
           {task, status})) {
    return false;
  }
  if (sqlite3_changes(connection_.get()) == 0) {
    error_ = "there is no task " + std::to_string(task);
    return false;
  }
  return true;
}

bool Board::AddComment(std::int64_t task, const std::string& body) {
  return Run(connection_.get(),
             "INSERT INTO task_comments (task_id, body) VALUES (?1, ?2)",
             {task, body});
}

bool Board::ListTasks(std::vector<Task>& tasks) {
  const Statement statement = Prepare(
      connection_.get(),
      "SELECT id, priority, status, title,"
      "       (SELECT count(*) FROM task_comments WHERE task_id = tasks.id)"
      "  FROM tasks ORDER BY status = 'done', priority, id",
      {});
  if (!statement) {
    return false;
  }
  int result = SQLITE_ROW;
  while ((result = sqlite3_step(statement.get())) == SQLITE_ROW) {
    Task task;
    task.id = sqlite3_column_int64(statement.get(), 0);
    task.priority = sqlite3_column_int(statement.get(), 1);
    task.status = Text(statement.get(), 2);
    task.title = Text(statement.get(), 3);
    task.comments = sqlite3_column_int64(statement.get(), 4);
    tasks.push_back(std::move(task));
  }
  return result == SQLITE_DONE;
}

std::string Board::Error() const {
  return error_.empty() ? sqlite3_errmsg(connection_.get()) : error_;
}

}  // namespace taskboard
