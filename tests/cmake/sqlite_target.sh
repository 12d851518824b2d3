#!/usr/bin/env bash
# A project that brings its own SQLite: nothing else of that name is linked.
source "$(dirname "$0")/lib.sh"
folder=$work/project
mkdir -p "$folder"
migration "$folder/migrations" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'
program app app_migrations.h >"$folder/main.cpp"
cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(OwnSqlite LANGUAGES CXX)
find_library(file NAMES sqlite3 REQUIRED)
add_library(own::sqlite UNKNOWN IMPORTED)
set_target_properties(own::sqlite PROPERTIES IMPORTED_LOCATION "${file}"
  INTERFACE_COMPILE_DEFINITIONS OWN_SQLITE=1)
set(PALINDROME_SQLITE_TARGET own::sqlite)
set(CMAKE_DISABLE_FIND_PACKAGE_SQLite3 ON)
find_package(Palindrome REQUIRED)
add_executable(app main.cpp)
target_link_libraries(app PRIVATE own::sqlite)
add_migrations(app)
get_target_property(links Palindrome::sqlite INTERFACE_LINK_LIBRARIES)
if(NOT links MATCHES "own::sqlite" OR links MATCHES "SQLite::SQLite3")
  message(FATAL_ERROR "Palindrome::sqlite links ${links}")
endif()
END
run "$CMAKE" -G Ninja -S "$folder" -B "$work/build" "${common[@]}"
run "$CMAKE" --build "$work/build"
run "$work/build/app"
logged 'notes notes.id'

sed -i 's/^set(PALINDROME_SQLITE_TARGET.*/set(PALINDROME_SQLITE_TARGET no::one)/' \
  "$folder/CMakeLists.txt"
run_failing "$CMAKE" -S "$folder" -B "$work/build"
logged 'PALINDROME_SQLITE_TARGET `no::one` is no target'
