#!/usr/bin/env bash
# The example as a project of its own, beside an installed Palindrome.
source "$(dirname "$0")/lib.sh"
mkdir -p "$work/source/examples"
cp -r "$PALINDROME_SOURCE/migrations" "$work/source/"
cp -r "$PALINDROME_SOURCE/examples/taskboard" "$work/source/examples/"
run "$CMAKE" -G Ninja -S "$work/source/examples/taskboard" -B "$work/build" \
  "${common[@]}"
run "$CMAKE" --build "$work/build"
run "$work/build/taskboard" "$work/board.db" add 'Water the plants'
run "$work/build/taskboard" "$work/board.db" list
logged '#1 pending priority 2 Water the plants'
