#!/usr/bin/env bash
# What add_migrations() refuses, and with which words.
source "$(dirname "$0")/lib.sh"
folder=$work/project
mkdir -p "$folder/below"
migration "$folder/migrations" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'
echo 'int main() {}' >"$folder/main.cpp"
cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(Arguments LANGUAGES CXX)
find_package(Palindrome REQUIRED)
add_executable(app main.cpp)
add_library(headers INTERFACE)
add_executable(alias::app ALIAS app)
include("${CASE}")
END
run "$CMAKE" -G Ninja -S "$folder" -B "$work/build" "${common[@]}" \
  -D CASE="$(cd "$work" && echo >empty.cmake && echo "$work/empty.cmake")"

# refused TEXT MESSAGE
refused() {
  printf '%s\n' "$1" >"$work/case.cmake"
  run_failing "$CMAKE" -S "$folder" -B "$work/build" -D CASE="$work/case.cmake"
  logged "$2"
}
accepted() {
  printf '%s\n' "$1" >"$work/case.cmake"
  run "$CMAKE" -S "$folder" -B "$work/build" -D CASE="$work/case.cmake"
}

accepted 'add_migrations(app)'
refused 'add_migrations(app DIRECTROY m)' \
  'unknown arguments `DIRECTROY m`; it takes REQUIRE_LOCKED,'
logged 'MODELS; did you mean `DIRECTORY`?'
refused 'add_migrations(app m REQUIRE_LOCK)' \
  'did you mean `REQUIRE_LOCKED`?'
refused 'add_migrations(app directory m)' 'did you mean `DIRECTORY`?'
for word in DIRECTORYS DIALECT NAMSPACE LOCK_FILES REQUIRED_LOCKED MINIMAL \
  RULE WARNING_AS_ERROR REHERSE DEPLOYMNET MODEL CHECK_QUERY BUNDEL; do
  refused "add_migrations(app $word)" 'did you mean `'
done
refused 'add_migrations(app RULES a=off WARNING_AS_ERRORS)' \
  'and error; did you mean `WARNINGS_AS_ERRORS`?'
refused 'add_migrations(app RULES a=waring)' \
  'RULES `a=waring` is not of the form'
logged 'did you mean `warning`?'
refused 'add_migrations(app DIALECTS sqlite BUNDEL)' \
  '`BUNDEL` is not known; this version has sqlite; did you mean `BUNDLE`?'
refused 'add_migrations(app MINIMUM sqlit 3.35)' 'did you mean `sqlite`?'
refused 'add_migrations(app REHEARSE shema)' 'did you mean `schema`?'
refused 'add_migrations(app DEPLOYMENT roling)' 'did you mean `rolling`?'
refused 'add_migrations(app COLOUR red)' 'unknown arguments `COLOUR red`'
not_logged 'did you mean'
refused 'add_migrations(app REQUIRE_LOCKED yes)' 'unknown arguments `yes`'
refused 'add_migrations(app DIRECTORY)' 'no value after DIRECTORY'
refused 'add_migrations(app RULES)' 'no value after RULES'
for keyword in DIRECTORY NAMESPACE LOCK_FILE REHEARSE DEPLOYMENT DIALECTS \
  MINIMUM RULES MODELS; do
  refused "add_migrations(app $keyword \"\${UNSET}\")" \
    "the value after $keyword is empty"
done
refused 'add_migrations(app DIRECTORY nowhere)' 'there is no folder'
refused 'add_migrations(nobody)' 'there is no such target'
refused 'add_migrations(headers)' 'compiles no sources'
refused 'add_migrations(alias::app)' 'compiles no sources'
refused 'add_migrations(app NAMESPACE 1st)' 'NAMESPACE `1st` is no C++'
accepted 'add_migrations(app NAMESPACE a::b_2)'
refused 'add_migrations(app DIALECTS oracle)' 'DIALECTS `oracle` is not known'
refused 'add_migrations(app DIALECTS sqlite TIMEOUT)' \
  'DIALECTS `TIMEOUT`'
accepted 'add_migrations(app DIALECTS sqlite BUNDLE)'
refused 'add_migrations(app BUNDLE yes)' 'unknown arguments `yes`'
refused 'add_migrations(app MINIMUM sqlite)' 'MINIMUM sqlite `` is no version'
refused 'add_migrations(app MINIMUM sqlite new)' '`new` is no version'
refused 'add_migrations(app MINIMUM postgresql 12)' 'MINIMUM `postgresql`'
for rule in bad-file-name bad-file-name= =error bad-file-name=fatal \
  'bad-file-name=error=off'; do
  refused "add_migrations(app RULES $rule)" "RULES \`$rule\` is not of the form"
done
refused 'add_migrations(app REHEARSE rows)' 'REHEARSE `rows` is not known'
accepted 'add_migrations(app DEPLOYMENT rolling)'
refused 'add_migrations(app DEPLOYMENT blue)' 'DEPLOYMENT `blue` is not known'
refused 'add_migrations(app MODELS none.h)' 'none.h` is no file'
touch "$folder/a.h" "$folder/a.sql"
refused 'add_migrations(app MODELS a.h a.sql)' 'which stands alone'
if [ ! -x "$(dirname "$PALINDROME_TOOL")/palindrome-clang" ]; then
  refused 'add_migrations(app MODELS a.h)' 'this Palindrome cannot read C++'
  refused 'add_migrations(app CHECK_QUERIES)' 'this Palindrome cannot read C++'
fi
refused 'add_migrations(app)
add_migrations(app)' 'has the migrations of'
echo 'add_migrations(app DIRECTORY ../migrations)' \
  >"$folder/below/CMakeLists.txt"
refused 'add_subdirectory(below)' 'call it there'

# A rule that does not exist is for the tool to say, which knows the rules.
accepted 'add_migrations(app RULES no-such-rule=error)'
run_failing "$CMAKE" --build "$work/build"
logged 'no-such-rule'

# Another version of the tool.
cat >"$work/old" <<END
#!/bin/sh
echo 'palindrome 0.0.9'
END
chmod +x "$work/old"
refused "set(PALINDROME_EXECUTABLE $work/old)
add_migrations(app)" "is palindrome 0.0.9, the runtime is $PALINDROME_VERSION"
refused 'set(PALINDROME_EXECUTABLE /bin/true)
add_migrations(app)' 'does not say which version'
refused 'set(PALINDROME_EXECUTABLE /no/such/file)
add_migrations(app)' 'is no file'

# Locked migrations are asked for, and there are none.
accepted 'add_migrations(app REQUIRE_LOCKED)'
run_failing "$CMAKE" --build "$work/build"
logged '[not-locked]'
run "$PALINDROME_TOOL" lock --directory "$folder/migrations" \
  --lock-file "$work/its lock"
accepted "add_migrations(app REQUIRE_LOCKED LOCK_FILE \"$work/its lock\")"
run "$CMAKE" --build "$work/build"
