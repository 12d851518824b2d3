#!/usr/bin/env bash
# Palindrome as a folder of another project, compiler and all.
source "$(dirname "$0")/lib.sh"
folder=$work/project
mkdir -p "$folder/app"
migration "$folder/app/migrations" 20250101_000000 create_notes aaaaaaaaaaaa \
  NONE 'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'
program app app_migrations.h >"$folder/app/main.cpp"
cat >"$folder/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.21)
project(Consumer LANGUAGES CXX)
add_subdirectory("$PALINDROME_SOURCE" palindrome)
add_subdirectory(app)
END
cat >"$folder/app/CMakeLists.txt" <<'END'
add_executable(app main.cpp)
add_migrations(app)
END
common=(-D "CMAKE_BUILD_TYPE=$PALINDROME_BUILD_TYPE"
        -D "CMAKE_CXX_FLAGS_DEBUG=$PALINDROME_DEBUG_FLAGS"
        -D "PALINDROME_SANITIZE=$PALINDROME_SANITIZE"
        -D "PALINDROME_DEVELOPER_MODE=$PALINDROME_DEVELOPER_MODE"
        -D "CMAKE_CXX_COMPILER_LAUNCHER=$LAUNCHER")
export CCACHE_NOHASHDIR=1

run "$CMAKE" -G Ninja -S "$folder" -B "$work/build" "${common[@]}"
run "$CMAKE" --build "$work/build" --target app
run "$work/build/app/app"
logged 'notes notes.id'
run "$CMAKE" --build "$work/build" --target app
logged 'no work to do'

# Nothing of Palindrome's own tests or examples reaches the other project.
run "$CMAKE" --build "$work/build" --target help
not_logged taskboard
not_logged _test
