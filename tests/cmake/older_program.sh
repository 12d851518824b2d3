#!/usr/bin/env bash
# Two builds of the example: the older takes back the database that the newer
# has migrated, and the newer upgrades it again.
source "$(dirname "$0")/lib.sh"

# older COUNT: builds the example as it was before its last COUNT migrations.
older() {
  local source=$work/without_$1
  mkdir -p "$source/examples"
  cp -r "$PALINDROME_SOURCE/migrations" "$source/"
  cp -r "$PALINDROME_SOURCE/examples/taskboard" "$source/examples/"
  if [ "$1" -gt 0 ]; then
    for file in $(cd "$source/migrations" && ls ./*.sql | tail -n "$1"); do
      rm "$source/migrations/$file"
      sed -i "/ $(basename "$file")\$/d" "$source/migrations/migrations.lock"
    done
  fi
  run "$CMAKE" -G Ninja -S "$source/examples/taskboard" -B "$work/build_$1" \
    -D TASKBOARD_CHECK_MODELS=OFF -D TASKBOARD_CHECK_QUERIES=OFF \
    "${common[@]}"
  run "$CMAKE" --build "$work/build_$1"
}
older 0
older 1
older 2
new=$work/build_0/taskboard
old=$work/build_1/taskboard
oldest=$work/build_2/taskboard
board=$work/board.db

rows() {
  run "$1" "$board" list
  logged '#1 pending priority 1 Write the release notes (comments: 1)'
  logged '#2 blocked priority 2 Water the plants'
}

step='the newer program'
run "$new" "$board" add 'Write the release notes' 1
run "$new" "$board" add 'Water the plants'
run "$new" "$board" comment 1 'Who remembers what changed in May?'
run "$new" "$board" block 2
rows "$new"

step='the older program, not allowed'
cp "$board" "$work/before.db"
run_failing "$old" "$board" list
logged 'database newer than the program'
cmp "$board" "$work/before.db" >"$log" || fail 'the database was changed'

step='the older program, allowed'
run "$old" --take-back "$board" list
logged '#1 pending priority 1 Write the release notes (comments: 1)'
run "$old" migrate --database "$board" verify
run "$old" migrate --database "$board" current
logged '(head)'
rows "$old"
# What only the newer program forbids.
run "$old" "$board" add 'Priorities go to three' 3

step='the newer program again'
rows "$new"
logged '#3 pending priority 3 Priorities go to three'
run "$new" migrate --database "$board" verify

step='a loss'
cp "$board" "$work/before.db"
run_failing "$oldest" --take-back "$board" list
logged 'loss of data not accepted'
cmp "$board" "$work/before.db" >"$log" || fail 'the database was changed'
# Its code is the newer one's, which asks for what is gone now.
"$oldest" --take-back --accept-loss "$board" list >"$log" 2>&1 || true
run "$oldest" migrate --database "$board" verify
run "$new" "$board" list
logged '#1 pending priority 2 Write the release notes (comments: 1)'
logged '#2 blocked priority 1 Water the plants'
