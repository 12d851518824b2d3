// What the tables of the board hold, which its migrations lead to: the build
// compares the two.
#ifndef TASKBOARD_MODELS_H_
#define TASKBOARD_MODELS_H_

#include <cstdint>
#include <optional>
#include <string>

#include <palindrome/model.h>

namespace taskboard {

struct PALINDROME_TABLE("users") User {
  PALINDROME_PRIMARY_KEY std::int64_t id = 0;
  PALINDROME_UNIQUE_COLUMN PALINDROME_COLLATE("NOCASE") std::string email;
  std::string display_name;
  PALINDROME_DEFAULT("CURRENT_TIMESTAMP") std::string created_at;
  std::string full_name;
};

struct PALINDROME_TABLE("tasks")
    PALINDROME_CHECK("ck_tasks_priority", "priority BETWEEN 1 AND 3")
        PALINDROME_INDEX("ix_tasks_owner_id", "owner_id")
            PALINDROME_INDEX("ix_tasks_status", "status")
                PALINDROME_INDEX("ix_tasks_priority", "priority",
                                 "created_at DESC") Task {
  PALINDROME_PRIMARY_KEY PALINDROME_AUTOINCREMENT std::int64_t id = 0;
  PALINDROME_REFERENCES("users (id) ON DELETE SET NULL")
  std::optional<std::int64_t> owner_id;
  std::string title;
  PALINDROME_DEFAULT("CURRENT_TIMESTAMP") std::string created_at;
  PALINDROME_DEFAULT("'pending'") std::string status;
  PALINDROME_DEFAULT("2") int priority = 2;  // 1 is urgent, 3 can wait.
  PALINDROME_IGNORE std::int64_t comments = 0;
};

struct PALINDROME_TABLE("task_comments")
    PALINDROME_INDEX("ix_task_comments_task_id", "task_id") TaskComment {
  PALINDROME_PRIMARY_KEY std::int64_t id = 0;
  PALINDROME_REFERENCES("tasks (id) ON DELETE CASCADE")
  std::int64_t task_id = 0;
  PALINDROME_REFERENCES("users (id) ON DELETE SET NULL")
  std::optional<std::int64_t> author_id;
  std::string body;
  PALINDROME_DEFAULT("CURRENT_TIMESTAMP") std::string created_at;
};

}  // namespace taskboard

#endif  // TASKBOARD_MODELS_H_
