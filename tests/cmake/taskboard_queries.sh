#!/usr/bin/env bash
# The example with SQL that does not fit, and with a migration that breaks some.
source "$(dirname "$0")/lib.sh"
source=$work/board
mkdir -p "$source/examples"
cp -r "$PALINDROME_SOURCE/migrations" "$source/"
cp -r "$PALINDROME_SOURCE/examples/taskboard" "$source/examples/"
board=$source/examples/taskboard/board.cpp
build=$work/build
expect_message() { grep -qxF -- "$1" "$log" || fail "not said: $1"; }

step='as it is'
run "$CMAKE" -G Ninja -S "$source/examples/taskboard" -B "$build" \
  "${common[@]}" -D CMAKE_EXPORT_COMPILE_COMMANDS=ON
run "$CMAKE" --build "$build"
logged 'Checking the SQL in taskboard'

step='a column that is not there'
sed -i 's/UPDATE tasks SET status/UPDATE tasks SET stauts/' "$board"
run_failing "$CMAKE" --build "$build"
expect_message 'board.cpp:91:49: error: `tasks` has no column `stauts`; did you mean `status`? [query-unknown-name]'
expect_message '  if (!Run(connection_.get(), "UPDATE tasks SET stauts = ?2 WHERE id = ?1",'
sed -i 's/UPDATE tasks SET stauts/UPDATE tasks SET status/' "$board"
run "$CMAKE" --build "$build"

step='a migration that breaks SQL'
file=$("$PALINDROME_TOOL" revision --directory "$source/migrations" \
  --rev-id cccccccccccc -m 'rename body of comments')
sed -i 's/^UPGRADE BEGIN/&\n  ALTER TABLE task_comments RENAME COLUMN body TO words;/' \
  "$file"
run_failing "$CMAKE" --build "$build"
expect_message 'board.cpp:104:51: error: `task_comments` has no column `body` [query-unknown-name]'
logged 'note: migration `cccccccccccc` breaks it'
cd "$source/examples/taskboard"
run_failing "$PALINDROME_TOOL" queries -p "$build" --impact \
  --directory "$source/migrations" board.cpp
expect_message '    breaks `taskboard::Board::AddComment` (board.cpp:104:14): `task_comments` has no column `body`'
expect_message '    programs that are in use break with it'
expect_message '5 literals of SQL: 4 checked, 1 not checked'
