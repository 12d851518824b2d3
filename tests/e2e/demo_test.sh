#!/usr/bin/env bash
# The demonstration shows what it says. Arguments: the command that runs it.
set -euo pipefail
output=$("$@" 2>&1) || {
  printf '%s\nthe demonstration fails\n' "$output"
  exit 1
}

# expect PATTERN…: lines that match, in this order.
expect() {
  local pattern rest=$output
  for pattern in "$@"; do
    if ! grep -qE -- "$pattern" <<<"$rest"; then
      printf '%s\n\nnot in the output, or not there: %s\n' "$output" "$pattern"
      exit 1
    fi
    rest=$(awk -v "p=$pattern" 'found { print } $0 ~ p { found = 1 }' \
      <<<"$rest")
  done
}

expect '^\$ palindrome history' '9a6e35f8c1d0.*limit priority of tasks' \
  'f6e5d4c3b2a1.*create users and tasks' \
  '^\$ taskboard migrate --database board.db upgrade' 'f6e5d4c3b2a1' \
  '9a6e35f8c1d0' '^\$ sqlite3 board.db ".schema users"' \
  'status VARCHAR\(20\) NOT NULL DEFAULT' 'ck_tasks_priority' \
  '^#1  pending  priority 1  Write the release notes  \(comments: 1\)$' \
  '^#2  blocked  priority 2  Water the plants$' \
  '^\$ taskboard migrate --database board.db downgrade -2' \
  '^1\|Write the release notes\|pending$' '^2\|Water the plants\|blocked$' \
  '^1\|Who remembers what changed in May\?$' '^created_at$' '^status$' \
  'upgrade head' '^#2  blocked  priority 1  Water the plants$' \
  '^#1  pending  priority 2  Write the release notes  \(comments: 1\)$' \
  '9a6e35f8c1d0.*head'

# Between the two steps down and the way up nothing knows of priorities.
between=$(awk '/is not:$/ { on = 1 } /And up again/ { on = 0 } on' \
  <<<"$output")
if grep -qx priority <<<"$between"; then
  printf '%s\n\n`priority` survived its downgrade\n' "$output"
  exit 1
fi
