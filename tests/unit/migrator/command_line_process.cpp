// A program that carries a history, for tests that need a process of its own:
// a table, a rebuild of it, and a migration that loses its rows. The rebuild
// of the history `endless` does not end.
#include <string_view>

#include "tests/unit/migrator/compiled_history.h"
#include <palindrome/command_line.h>

int main(int argc, char** argv) {
  using palindrome::testing::Sql;
  namespace table = palindrome::table;
  if (argc < 2) {
    return 2;
  }
  const bool is_endless = std::string_view(argv[1]) == "endless";
  std::vector<palindrome::testing::Migration> migrations = {
      {"a1",
       {},
       Sql({"CREATE TABLE items (id INTEGER PRIMARY KEY, body TEXT)"}),
       Sql({"DROP TABLE items"})},
      {"b2",
       {"a1"},
       {{0, "CREATE TABLE new_items (id INTEGER PRIMARY KEY, body TEXT)"},
        {table::kCopiesRows,
         is_endless ? "INSERT OR REPLACE INTO new_items SELECT items.id, "
                      "items.body || '!' FROM items, items AS b, items AS c"
                    : "INSERT INTO new_items SELECT id, body || '!' FROM "
                      "items"},
        {0, "DROP TABLE items"},
        {table::kLegacyAlterTable, "ALTER TABLE new_items RENAME TO items"}},
       Sql({"UPDATE items SET body = rtrim(body, '!')"})},
      {"c3", {"b2"}, Sql({"DELETE FROM items"}), {}},
  };
  migrations[2].loss = table::Loss::kOnUpgrade;
  const auto blob = palindrome::testing::Compile("work", migrations);
  return palindrome::sqlite::RunCommandLine(blob.history(), argc - 1, argv + 1);
}
