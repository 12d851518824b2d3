#!/usr/bin/env bash
# One program beside an installed Palindrome: what is built again, and when.
# Arguments: the work folder, the generator.
source "$(dirname "$0")/lib.sh"
generator=$1
folder="$work/my app"
build="$work/its build"
mkdir -p "$folder"
cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(Consumer LANGUAGES CXX)
find_package(Palindrome REQUIRED)
find_package(SQLite3 REQUIRED)
include(CTest)
add_executable(my-app main.cpp)
target_link_libraries(my-app PRIVATE SQLite::SQLite3)
add_migrations(my-app)
END
program my_app my-app_migrations.h >"$folder/main.cpp"
history="$folder/migrations"
migration "$history" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);' 'DROP TABLE notes;'

configuration=()
binary="$build/my-app"
if [ "$generator" = "Ninja Multi-Config" ]; then
  configuration=(--config Release)
  binary="$build/Release/my-app"
fi

# Makefiles and Ninja compare times, some file systems know seconds only.
build() { run "$CMAKE" --build "$build" "${configuration[@]}"; }

# A build that does nothing: no command of ours, and none that compiles.
expect_nothing() {
  build
  not_logged Compiling
  not_logged Building
  not_logged Linking
  if [ "$generator" != "Unix Makefiles" ]; then
    logged 'no work to do'
  fi
}
expect_rebuilt() {
  build
  logged 'Compiling the migrations of my-app'
  logged 'Linking CXX executable'
  expect_nothing
}
# The migrations are compiled, the outcome is the same, and nothing follows.
expect_compiled_only() {
  build
  logged 'Compiling the migrations of my-app'
  not_logged Linking
  not_logged 'Building CXX'
  expect_nothing
}
expect_columns() {
  "$binary" >"$log" 2>&1 || fail "the program fails"
  [ "$(xargs <"$log")" = "$1" ] || fail "should have printed: $1"
}

run "$CMAKE" -G "$generator" -S "$folder" -B "$build" "${common[@]}"
build
expect_nothing
expect_columns 'notes notes.id notes.body'

step='a new migration'
migration "$history" 20250102_000000 add_size_to_notes bbbbbbbbbbbb \
  aaaaaaaaaaaa 'ALTER TABLE notes ADD COLUMN size INTEGER;' \
  'ALTER TABLE notes DROP COLUMN size;'
expect_rebuilt
expect_columns 'notes notes.id notes.body notes.size'

step='an edited migration'
sed -i 's/size/length/' "$history"/20250102*
expect_rebuilt
expect_columns 'notes notes.id notes.body notes.length'

step='an edit that changes nothing'
printf '\n\n' >>"$(echo "$history"/20250102*)"
expect_compiled_only

step='a renamed migration, of an old date'
touch -d 2020-01-01 "$history"/20250102*
mv "$history"/20250102* "$history/20250103_000000_add_length.sql"
sed -i 's/add length to notes/add length/' \
  "$history/20250103_000000_add_length.sql"
expect_rebuilt
expect_columns 'notes notes.id notes.body notes.length'

step='what rehearsals found'
kept=$(echo "$build"/palindrome_rehearsals/*.rehearsals)
[ -s "$kept" ] || fail 'nothing is kept'
cp -p "$kept" known
touch "$history"/20250103*
expect_compiled_only
[ ! "$kept" -nt known ] || fail 'it rehearsed what it knows'
head -c 200 known >"$kept"
touch "$history"/20250103*
expect_compiled_only
[ "$(wc -c <"$kept")" -gt 200 ] || fail 'what was damaged is not mended'
rm -r "$build/palindrome_rehearsals"
touch "$history"/20250103*
expect_compiled_only
[ -s "$kept" ] || fail 'nothing is kept again'
rm -r "$build/palindrome_rehearsals"
echo 'in the way' >"$build/palindrome_rehearsals"
touch "$history"/20250103*
build
logged 'palindrome: note: '
rm "$build/palindrome_rehearsals"
touch "$history"/20250103*
build
run "$CMAKE" --build "$build" "${configuration[@]}" --target clean
[ ! -e "$build/palindrome_rehearsals" ] || fail 'it is kept'
build

step='a configuration that appears'
echo 'warnings_as_errors = true' >"$history/palindrome.toml"
expect_compiled_only

step='a lock file that appears'
run "$PALINDROME_TOOL" lock --directory "$history"
[ -s "$history/migrations.lock" ] || fail 'there is no lock file'
expect_compiled_only
rm "$history/migrations.lock"
expect_compiled_only

step="an editor's own file"
ln -s nobody@nowhere.1:2 "$history/.#20250103_000000_add_length.sql"
build
expect_nothing
rm "$history/.#20250103_000000_add_length.sql"
build

step='a suffix in upper case'
mv "$history/20250103_000000_add_length.sql" "$history/20250103_000000_add_length.SQL"
run_failing "$CMAKE" --build "$build" "${configuration[@]}"
logged 'bad-file-name'
mv "$history/20250103_000000_add_length.SQL" "$history/20250103_000000_add_length.sql"
expect_compiled_only

step='a squash'
run "$PALINDROME_TOOL" lock --directory "$history"
run "$PALINDROME_TOOL" squash aaaaaaaaaaaa:bbbbbbbbbbbb --approved-by Ada \
  --directory "$history"
expect_rebuilt
touch "$history"/squashed/20250103*
expect_compiled_only
mv "$history"/squashed/* "$history"
rm "$history"/*_squash_* "$history/migrations.lock"
rmdir "$history/squashed"
expect_rebuilt
expect_columns 'notes notes.id notes.body notes.length'

step='a broken migration'
cp "$history/20250103_000000_add_length.sql" saved
sed -i 's/ALTER TABLE notes ADD/ALTER TABLE nots ADD/' \
  "$history/20250103_000000_add_length.sql"
run_failing "$CMAKE" --build "$build" "${configuration[@]}"
line=$(grep -n 'ALTER TABLE nots' "$history"/20250103* | cut -d: -f1)
logged "20250103_000000_add_length.sql:$line:15: error: "
run_failing "$CMAKE" --build "$build" "${configuration[@]}"
logged "20250103_000000_add_length.sql:$line:15: error: "
cp saved "$history/20250103_000000_add_length.sql"
expect_compiled_only

step='a deleted migration'
rm "$history"/20250103*
expect_rebuilt
expect_columns 'notes notes.id notes.body'

step='no migration at all'
mkdir "$work/away"
mv "$history"/* "$work/away"
expect_rebuilt
expect_columns ''
mv "$work/away"/* "$history"
expect_rebuilt

step='the check of CTest'
run "$CTEST" --test-dir "$build" -C Release
logged my-app_migrations_check
logged '100% tests passed, 0 tests failed out of 1'
