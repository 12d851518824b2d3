#!/usr/bin/env bash
# Palindrome as a folder of another project, compiler and all, but for the part
# of it that needs Clang: all else works, and what is missing is said.
source "$(dirname "$0")/lib.sh"
folder=$work/project
palindrome=$work/palindrome
build=$palindrome/build/project
copy_of_project "$palindrome"
mkdir -p "$folder/app"
migration "$folder/app/migrations" 20250101_000000 create_notes aaaaaaaaaaaa \
  NONE 'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'
program app app_migrations.h >"$folder/app/main.cpp"
cat >"$folder/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.21)
project(Consumer LANGUAGES CXX)
add_subdirectory("$palindrome" palindrome)
add_subdirectory(app)
END
cat >"$folder/app/CMakeLists.txt" <<'END'
add_executable(app main.cpp)
add_migrations(app ${KEYWORDS})
palindrome_can_read_cpp(can_read)
message(STATUS "reads C++: ${can_read}")
END
common=(-D PALINDROME_BUILD_CLANG=OFF -D "CMAKE_BUILD_TYPE=$PALINDROME_BUILD_TYPE"
        -D "CMAKE_CXX_FLAGS_DEBUG=$PALINDROME_DEBUG_FLAGS"
        -D "PALINDROME_SANITIZE=$PALINDROME_SANITIZE"
        -D "PALINDROME_DEVELOPER_MODE=$PALINDROME_DEVELOPER_MODE"
        -D "CMAKE_CXX_COMPILER_LAUNCHER=$LAUNCHER")
if [ -n "${LAUNCHER:-}" ]; then
  known_to_ccache "$palindrome"
fi

configure() {
  "$1" "$CMAKE" -G Ninja -S "$folder" -B "$build" "${common[@]}" \
    -D "KEYWORDS=$2"
}
configure run ''
logged 'reads C++: FALSE'
run "$CMAKE" --build "$build" --target app
run "$build/app/app"
logged 'notes notes.id'
run "$CMAKE" --build "$build" --target app
logged 'no work to do'

# Nothing of Palindrome's own tests or examples reaches the other project.
run "$CMAKE" --build "$build" --target help
not_logged taskboard
not_logged _test

step='what needs Clang'
missing='built without Clang'"'"'s development files (libclang-19-dev and libclang-cpp19-dev'
touch "$folder/app/models.h"
configure run_failing 'MODELS;models.h'
logged "MODELS: this Palindrome cannot read C++, for it was $missing"
configure run_failing CHECK_QUERIES
logged "CHECK_QUERIES: this Palindrome cannot read C++, for it was $missing"
program=$build/palindrome/compiler/driver/palindrome
cd "$folder/app"
for arguments in 'models models.h' 'models --check models.h' 'queries main.cpp' \
  'revision --autogenerate -m message --models models.h'; do
  # shellcheck disable=SC2086
  run_failing "$program" $arguments -- -std=c++20
  logged 'this Palindrome cannot read C++, for there is no'
  logged 'libclang-19-dev'
done
echo 'CREATE TABLE notes (id INTEGER PRIMARY KEY);' >schema.sql
configure run 'MODELS;schema.sql'
run "$CMAKE" --build "$build" --target app
logged 'Comparing the models of app with its migrations'
