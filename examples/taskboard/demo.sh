#!/usr/bin/env bash
# Shows Palindrome at work on the taskboard: its history, a new database, two
# steps down and up again.
#
#   demo.sh BUILD-FOLDER
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "$0")/../.."
board=$(mktemp -d)/board.db
trap 'rm -rf "$(dirname "$board")"' EXIT
export PATH="$build/compiler/driver:$build/examples/taskboard:$PATH"

say() { printf '\n# %s\n' "$*"; }
show() {
  printf '$'
  printf ' %s' "${@/#*[[:space:]]*/\"&\"}" | sed "s|$board|board.db|g"
  printf '\n'
  "$@"
}

say 'The history, as it is written in migrations/:'
show palindrome history

say 'It is compiled into the program, which applies it to a new database:'
show taskboard migrate --database "$board" upgrade
show sqlite3 "$board" '.schema users' '.schema tasks' '.schema task_comments'

say 'Some rows:'
show taskboard "$board" add 'Write the release notes' 1
show taskboard "$board" add 'Water the plants'
show taskboard "$board" comment 1 'Who remembers what changed in May?'
show taskboard "$board" block 2
show taskboard "$board" list

say 'Two steps down. The last rebuilds the table that the comments hang on:'
show taskboard migrate --database "$board" downgrade -2
show sqlite3 "$board" 'SELECT id, title, status FROM tasks'
show sqlite3 "$board" 'SELECT task_id, body FROM task_comments'
say 'Tasks and comments are there; `priority`, which the upgrade had added, is not:'
show sqlite3 "$board" "SELECT name FROM pragma_table_info('tasks')"

say 'And up again. Priorities are filled from the status, as the migration says:'
show taskboard migrate --database "$board" upgrade head
show taskboard "$board" list
show taskboard migrate --database "$board" verify
show taskboard migrate --database "$board" current
