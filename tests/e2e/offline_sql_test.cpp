// Scripts of histories that were compiled, against what their programs do.
#include <gtest/gtest.h>

#include "offline_sql_library_migrations.h"
#include "offline_sql_taskboard_migrations.h"
#include "tests/unit/migrator/offline_script.h"

namespace palindrome::testing {
namespace {

TEST(OfflineSql, TakesTheTaskboardAnywhere) {
  ExpectSameByScript(
      taskboard::migrations,
      {"base", "f6e5d4c3b2a1", "a1b2c3d4e5f6", "3f9c07d1ab42", "c85e1f60729d",
       "5b27d9e4f013", "e0943ac6b87f", "71d2b84e05fa", "d40f6c91e72b",
       "9a6e35f8c1d0"},
      {"INSERT INTO users (email, display_name) VALUES ('a@b', 'ada'), "
       "('b@c', 'bob')",
       "INSERT INTO users (email, display_name, full_name) VALUES ('c@d', "
       "'cy', 'Cy')",
       "INSERT INTO tasks (name) VALUES ('x'), ('y')",
       "INSERT INTO tasks (title) VALUES ('x'), ('y')",
       "INSERT INTO tasks (title, priority) VALUES ('z', 3)",
       "INSERT INTO task_comments (task_id, body) VALUES (1, 'c'), (99, 'd')"});
}

TEST(OfflineSql, TakesALibraryAnywhere) {
  ExpectSameByScript(
      library::migrations,
      {"base", "a00000000001", "a00000000002", "b00000000003", "head"},
      {"INSERT INTO readers (name, email) VALUES ('ada', 'a@b'), ('bob', NULL)",
       "INSERT INTO books (isbn, title, pages, shelf) VALUES "
       "('1', 'Emma', '12', 'A'), ('2', 'It''s', NULL, x'00ff'), "
       "('3', 'Zoo', '1e3', NULL)",
       "INSERT INTO books (isbn, title, pages) VALUES ('4', 'No shelf', '2')",
       "INSERT INTO loans VALUES (1, '1', 1), (2, '2', 1), (3, '9', 1), "
       "(4, '2', 7)"});
}

}  // namespace
}  // namespace palindrome::testing
