#!/usr/bin/env bash
# CHECK_QUERIES: a build fails where SQL in C++ does not fit the schema, and
# `palindrome queries --impact` tells which migration breaks which function.
# Arguments: the work folder, the generator.
source "$(dirname "$0")/lib.sh"
use_generator "$1"
project_head CXX C >"$folder/CMakeLists.txt"
cat >>"$folder/CMakeLists.txt" <<'END'
add_executable(my-app main.cpp notes.cpp count.c)
set_property(TARGET my-app PROPERTY C_STANDARD 99)
target_link_libraries(my-app PRIVATE SQLite::SQLite3 kinds)
add_migrations(my-app CHECK_QUERIES)
END
program my_app my-app_migrations.h >"$folder/main.cpp"
cat >"$folder/include/run.h" <<'END'
#include <sqlite3.h>
void Run(sqlite3* connection, const char* sql);
END
cat >"$folder/notes.cpp" <<'END'
#include <run.h>
void Run(sqlite3* connection, const char* sql) {
  sqlite3_exec(connection, sql, nullptr, nullptr, nullptr);
}
void Find(sqlite3* connection) {
  Run(connection, "SELECT id, body FROM " NOTES);
}
END
cat >"$folder/count.c" <<'END'
#include <sqlite3.h>
int Count(sqlite3* connection) {
  int class = 0;
  return sqlite3_exec(connection, "SELECT count(*) FROM " NOTES, 0, &class, 0);
}
END
history="$folder/migrations"
migration "$history" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);' \
  'DROP TABLE notes;'
# The message as it is, in a line of its own.
expect_message() { grep -qxF -- "$1" "$log" || fail "not said: $1"; }

step='SQL that fits'
run "$CMAKE" -G "$generator" -S "$folder" -B "$build" "${common[@]}" \
  -D CMAKE_EXPORT_COMPILE_COMMANDS=ON
build
logged 'Checking the SQL in my-app'
logged 'literals of SQL: '
expect_nothing 'Checking the SQL'

step='SQL that does not'
sed -i 's/SELECT id, body FROM/SELECT id, bdoy FROM/' "$folder/notes.cpp"
fails
expect_message 'notes.cpp:6:31: error: `notes` has no column `bdoy`; did you mean `body`? [query-unknown-name]'
expect_message '  Run(connection, "SELECT id, bdoy FROM " NOTES);'
expect_message '                              ^~~~'
sed -i 's/bdoy/body/' "$folder/notes.cpp"
build
expect_nothing 'Checking the SQL'

step='SQL in C'
sed -i 's/count(\*)/count(bdoy)/' "$folder/count.c"
fails
expect_message 'count.c:4:49: error: `notes` has no column `bdoy`; did you mean `body`? [query-unknown-name]'
sed -i 's/count(bdoy)/count(*)/' "$folder/count.c"
build
expect_nothing 'Checking the SQL'

step='a header'
echo '// Something else.' >>"$folder/include/run.h"
build
logged 'Checking the SQL in my-app'
expect_nothing 'Checking the SQL'

step='a migration that breaks SQL'
run "$PALINDROME_TOOL" lock --directory "$history"
migration "$history" 20250102_000000 rename_body_of_notes bbbbbbbbbbbb \
  aaaaaaaaaaaa 'ALTER TABLE notes RENAME COLUMN body TO text;' \
  'ALTER TABLE notes RENAME COLUMN text TO body;'
fails
expect_message 'notes.cpp:6:31: error: `notes` has no column `body` [query-unknown-name]'
logged 'note: migration `bbbbbbbbbbbb` breaks it'
# Its output alone, where the folder is known.
cd "$folder"
run_failing "$PALINDROME_TOOL" queries notes.cpp --impact -- \
  -std=c++20 -Iinclude '-DNOTES="notes"'
expect_message 'bbbbbbbbbbbb  2025-01-02 00:00:00  rename body of notes  (head)'
expect_message '    breaks `Find` (notes.cpp:6:19): `notes` has no column `body`'
expect_message '    programs that are in use break with it'
expect_message '1 literal of SQL: 1 checked, 0 not checked'
# The sources of the generated files and of the database say something too.
run_failing "$PALINDROME_TOOL" queries --impact -p "$build" --format json
logged '"deployed": true'

step='a migration that SQL needs'
sed -i 's/SELECT id, body/SELECT id, text/' "$folder/notes.cpp"
build
run "$PALINDROME_TOOL" queries notes.cpp --impact -- \
  -std=c++20 -Iinclude '-DNOTES="notes"'
expect_message '    is needed by `Find` (notes.cpp:6:19)'
expect_message '    breaks no SQL here'

step='SQL that is no constant'
cat >>"$folder/notes.cpp" <<'END'
void Any(sqlite3* connection, const char* column) {
  char* sql = sqlite3_mprintf("SELECT %w FROM notes", column);
  Run(connection, sql);
}
END
build
expect_message 'notes.cpp:10:19: note: not checked, in `Any`: `sqlite3_mprintf` makes it [query-not-checked]'
