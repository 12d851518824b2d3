#!/usr/bin/env bash
# Every block of the README, in the order in which a reader meets them: files
# are written, commands are run, output is compared. A block of a name that is
# not known here fails the test. Argument: the work folder.
source "$(dirname "$0")/../cmake/lib.sh"
readme=$PALINDROME_SOURCE/README.md
notes=$work/notes
blocks=$work/blocks
# Flags are not the point here; without any, the build is quickest, but for one
# whose files ccache knows.
export CMAKE_BUILD_TYPE=None
if [ -n "${LAUNCHER:-}" ]; then
  known_to_ccache "$work/clone"
fi
export HOME=$work/home
mkdir -p "$HOME" "$notes/migrations" "$blocks"

# One file for each block, named by what stands behind the language.
awk -v "blocks=$blocks" '
  /^```/ && !inside {
    inside = 1
    if (NF != 2) { print "a block without a name, line " NR; exit 1 }
    name = $2; gsub("/", "@", name)
    file = blocks "/" name
    if (seen[name]++) { print "two blocks are called " $2; exit 1 }
    printf "" >file
    print $2 >(blocks "/order")
    next
  }
  /^```/ { inside = 0; close(file); next }
  inside { print >file }
  END { if (inside) { print "a block does not end"; exit 1 } }
' "$readme" >"$log" || fail 'the blocks cannot be read'

block() { cat "$blocks/${1//\//@}"; }

# run_block NAME FOLDER: as a reader types it.
run_block() {
  (cd "$2" && run bash -euo pipefail -c "$(block "$1")")
}

# Links lead somewhere.
grep -oE '\]\([^)#:]+\)' "$readme" | tr -d '])(' | while read -r link; do
  [ -e "$PALINDROME_SOURCE/$link" ] || fail "the link $link leads nowhere"
done

while read -r name <&3; do
  step="the block $name"
  case $name in
    try)
      # Run by CI and by the tests of the demonstration.
      [ "$(block try)" = $'./bootstrap demo\n./bootstrap test' ] ||
        fail 'it says something new'
      ;;
    *.sql | CMakeLists.txt | main.cpp)
      block "$name" >"$notes/$name"
      ;;
    install)
      copy_of_project "$work/clone"
      run_block install "$work/clone"
      [ -x "$HOME/palindrome/bin/palindrome" ] || fail 'nothing is installed'
      ;;
    build)
      run_block build "$notes"
      [ -s "$notes/notes.db" ] || fail 'there is no database'
      ;;
    break)
      (cd "$notes" && run_failing bash -c "$(block break)")
      cp "$log" "$work/failure"
      ;;
    mend)
      run_block mend "$notes"
      run "$notes/build/notes"
      ;;
    failure)
      # What palindrome says, without the path to the project, and without
      # what the build tool adds around it.
      awk '/: (error|warning|note): /, /generated\.$/' "$work/failure" |
        sed "s|$notes/||g" >"$work/said"
      diff -u "$blocks/failure" "$work/said" >"$log" ||
        fail 'the build says something else'
      ;;
    day)
      run_block day "$notes"
      [ -s "$notes/migrations/migrations.lock" ] || fail 'nothing is locked'
      run cmake --build "$notes/build"
      run "$notes/build/notes"
      ;;
    import)
      other=$work/other
      mkdir -p "$other/db/migrations"
      echo 'CREATE TABLE notes (id INTEGER PRIMARY KEY);' \
        >"$other/db/migrations/1_create_notes.up.sql"
      echo 'DROP TABLE notes;' >"$other/db/migrations/1_create_notes.down.sql"
      PATH=$HOME/palindrome/bin:$PATH run_block import "$other"
      [ -s "$other/migrations/migrations.lock" ] || fail 'nothing is imported'
      ;;
    *) fail 'no test knows it' ;;
  esac
done 3<"$blocks/order"
