#!/usr/bin/env bash
# A command whose output cannot be written says so and fails.
#
#   full_device_test.sh SOURCE-FOLDER PALINDROME [TASKBOARD]
set -euo pipefail
source=$1
program=$2
taskboard=${3:-}
[ -w /dev/full ] || exit 77
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

# full COMMAND…: the status is 1 and the message says why.
full() {
  local status=0
  "$@" >/dev/full 2>"$errors" </dev/null || status=$?
  if [ "$status" != 1 ] ||
    ! grep -q 'the output cannot be written' "$errors" ||
    grep -q 'LLVM ERROR' "$errors"; then
    printf 'status %s of: %s\n' "$status" "$*"
    cat "$errors"
    exit 1
  fi
  # With nowhere to say it, there is still the status.
  status=0
  "$@" >/dev/full 2>&1 </dev/null || status=$?
  if [ "$status" != 1 ]; then
    printf 'status %s with no errors of: %s\n' "$status" "$*"
    exit 1
  fi
}

cd "$source"
full "$program" --help
full "$program" --version
commands=$("$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
[ "$(wc -w <<<"$commands")" -gt 20 ]
for command in $commands; do
  full "$program" "$command" --help
done
full "$program" check
full "$program" check --format json
full "$program" check --format sarif
full "$program" explain missing-downgrade
full "$program" history
full "$program" heads --format json
full "$program" show head
full "$program" plan
full "$program" diff base head
full "$program" sql head --namespace taskboard
files=(migrations/*.sql)
format() { "$program" fmt --stdin <"${files[0]}"; }
full format
body='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}'
serve() {
  printf 'Content-Length: %s\r\n\r\n%s' "${#body}" "$body" | "$program" lsp
}
full serve

# A program that has a history.
if [ -n "$taskboard" ]; then
  full "$taskboard" migrate --help
  full "$taskboard" migrate heads
  full "$taskboard" migrate --format json show head
fi

# It writes nothing but errors.
clang=$(dirname "$program")/palindrome-clang
if [ -x "$clang" ]; then
  status=0
  "$clang" 2>/dev/full || status=$?
  [ "$status" = 2 ]
fi
