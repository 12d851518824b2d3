#!/usr/bin/env bash
# Every kind of target, in one project below a path with spaces.
# Arguments: the work folder, the generator.
source "$(dirname "$0")/lib.sh"
generator=$1
folder="$work/a project [of] kinds"
mkdir -p "$folder"
cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(Kinds LANGUAGES CXX)
find_package(Palindrome REQUIRED COMPONENTS runtime sqlite compiler)
find_package(SQLite3 REQUIRED)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
link_libraries(SQLite::SQLite3)

# Two histories in one program, each in a library of its kind.
file(WRITE "${CMAKE_BINARY_DIR}/nothing.cpp" "")
foreach(kind IN ITEMS STATIC SHARED OBJECT)
  string(TOLOWER "${kind}" name)
  add_library(${name}-lib ${kind} "${CMAKE_BINARY_DIR}/nothing.cpp")
  add_migrations(${name}-lib DIRECTORY "first history" NAMESPACE kinds::in_${name})
  add_executable(use_${name} use_${name}.cpp)
  target_link_libraries(use_${name} PRIVATE ${name}-lib)
endforeach()

# Without a keyword, before and after.
add_executable(plain plain.cpp)
target_link_libraries(plain Threads::Threads)
add_migrations(plain DIRECTORY "first history")
target_link_libraries(plain ${CMAKE_DL_LIBS})

# All sources in one translation unit, with two histories linked.
add_executable(unity-1.0 unity.cpp one.cpp)
set_target_properties(unity-1.0 PROPERTIES UNITY_BUILD ON)
add_migrations(unity-1.0 DIRECTORY "first history")
add_library(other STATIC other.cpp)
set_target_properties(other PROPERTIES UNITY_BUILD ON)
add_migrations(other DIRECTORY "second history")
target_link_libraries(unity-1.0 PRIVATE other)

# Called from below, for a target of below.
add_subdirectory(below)
END
sed -i '/^find_package(SQLite3/a find_package(Threads REQUIRED)' \
  "$folder/CMakeLists.txt"
mkdir -p "$folder/below"
cat >"$folder/below/CMakeLists.txt" <<'END'
add_executable(below ../below.cpp)
add_migrations(below DIRECTORY "../second history" MINIMUM sqlite 3.31
               RULES slug-not-imperative=error hygiene=error REHEARSE schema
               DIALECTS sqlite WARNINGS_AS_ERRORS)
END
for kind in static shared object; do
  program "kinds::in_$kind" "$kind-lib_migrations.h" >"$folder/use_$kind.cpp"
done
program plain plain_migrations.h >"$folder/plain.cpp"
program below below_migrations.h >"$folder/below.cpp"
program unity_1_0 unity-1.0_migrations.h >"$folder/unity.cpp"
sed -i '1i #include "other_migrations.h"' "$folder/unity.cpp"
echo 'static int one = 1; int One() { return one; }' >"$folder/one.cpp"
echo '#include "other_migrations.h"' >"$folder/other.cpp"
migration "$folder/first history" 20250101_000000 create_notes aaaaaaaaaaaa \
  NONE 'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'
migration "$folder/second history" 20250101_000000 create_items aaaaaaaaaaaa \
  NONE 'CREATE TABLE items (id INTEGER PRIMARY KEY);' 'DROP TABLE items;'

run "$CMAKE" -G "$generator" -S "$folder" -B "$work/build" "${common[@]}"
run "$CMAKE" --build "$work/build" -j2
for program in use_static use_shared use_object plain unity-1.0; do
  run "$work/build/$program"
  logged 'notes notes.id'
done
run "$work/build/below/below"
logged items
run "$CMAKE" --build "$work/build" -j2
not_logged Compiling
not_logged Linking

# The generated files alone.
run "$CMAKE" --build "$work/build" --target clean
run "$CMAKE" --build "$work/build" --target other_migrations
[ -s "$work/build/palindrome_generated/other/other_migrations.h" ] ||
  fail 'other_migrations generates nothing'
