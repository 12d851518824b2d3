#!/usr/bin/env bash
# BUNDLE: a program with a command line for the history of each kind of target.
# Arguments: the work folder, the generator.
source "$(dirname "$0")/lib.sh"
generator=$1
folder="$work/a project"
mkdir -p "$folder"
cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(Bundle LANGUAGES CXX)
find_package(Palindrome REQUIRED)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
file(WRITE "${CMAKE_BINARY_DIR}/nothing.cpp" "")
foreach(kind IN ITEMS STATIC SHARED OBJECT)
  string(TOLOWER "${kind}" name)
  add_library(${name}-lib ${kind} "${CMAKE_BINARY_DIR}/nothing.cpp")
  add_migrations(${name}-lib NAMESPACE bundle::in_${name} BUNDLE)
endforeach()
add_executable(app main.cpp)
add_migrations(app BUNDLE)
add_executable(plain main.cpp)
add_migrations(plain NAMESPACE app)
if(TARGET plain-migrate)
  message(FATAL_ERROR "there is a bundle that nobody asked for")
endif()
install(TARGETS app-migrate)
END
cat >"$folder/main.cpp" <<'END'
#if __has_include("app_migrations.h")
#include "app_migrations.h"
#else
#include "plain_migrations.h"
#endif
int main() { return app::migrations.table == nullptr; }
END
migration "$folder/migrations" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'

run "$CMAKE" -G "$generator" -S "$folder" -B "$work/build" "${common[@]}"
run "$CMAKE" --build "$work/build" -j2
for target in static-lib shared-lib object-lib app; do
  step=$target
  program="$work/build/$target-migrate"
  database="$work/$target.db"
  run "$program" --database "$database" upgrade
  logged 'upgraded aaaaaaaaaaaa create notes'
  run "$program" --database "$database" verify
  run "$program" --database "$database" downgrade -1
  run "$program" plan --format json
  logged '{"steps":[{"revision":"aaaaaaaaaaaa","direction":"upgrade"'
  run_failing "$program" --database "$database" upgrade zz
done
step=
run "$work/build/app"
run "$CMAKE" --build "$work/build" -j2
not_logged Compiling
not_logged Linking
run "$CMAKE" --install "$work/build" --prefix "$work/installed"
run "$work/installed/bin/app-migrate" heads
logged 'aaaaaaaaaaaa create notes'

# A change of a migration reaches the program.
migration "$folder/migrations" 20250102_000000 create_pages bbbbbbbbbbbb \
  aaaaaaaaaaaa 'CREATE TABLE pages (id INTEGER PRIMARY KEY);' \
  'DROP TABLE pages;'
run "$CMAKE" --build "$work/build" -j2
run "$work/build/app-migrate" heads
logged 'bbbbbbbbbbbb create pages'

sed -i 's/^add_executable(app/add_executable(app-migrate main.cpp)\n&/' \
  "$folder/CMakeLists.txt"
run_failing "$CMAKE" -S "$folder" -B "$work/build"
logged 'there is a target of that name already'
