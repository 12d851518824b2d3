#!/usr/bin/env bash
# The runtime alone, where there is neither LLVM nor Boost nor toml++, and a
# program built on it with a compiler from elsewhere, as in a cross build.
source "$(dirname "$0")/lib.sh"
own=(-D "CMAKE_BUILD_TYPE=$PALINDROME_BUILD_TYPE"
     -D "PALINDROME_SANITIZE=$PALINDROME_SANITIZE"
     -D "PALINDROME_DEVELOPER_MODE=$PALINDROME_DEVELOPER_MODE"
     -D "CMAKE_CXX_COMPILER_LAUNCHER=$LAUNCHER")
hidden=()
for package in LLVM Clang Boost tomlplusplus; do
  hidden+=(-D "CMAKE_DISABLE_FIND_PACKAGE_$package=ON")
done
run "$CMAKE" -G Ninja -S "$PALINDROME_SOURCE" -B "$work/runtime" "${own[@]}" \
  "${hidden[@]}" -D PALINDROME_BUILD_COMPILER=OFF -D PALINDROME_BUILD_TESTS=OFF
run "$CMAKE" --build "$work/runtime"
run "$CMAKE" --install "$work/runtime" --prefix "$work/prefix"
[ ! -e "$work/prefix/bin/palindrome" ] || fail 'a compiler was installed'
if grep -rliE 'llvm|boost' "$work/prefix" >"$log"; then
  fail 'the installed runtime knows LLVM or Boost'
fi

folder=$work/project
mkdir -p "$folder"
migration "$folder/migrations" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY);' 'DROP TABLE notes;'
program app app_migrations.h >"$folder/main.cpp"
cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(Consumer LANGUAGES CXX)
find_package(Palindrome REQUIRED COMPONENTS runtime sqlite)
find_package(SQLite3 REQUIRED)
add_executable(app main.cpp)
target_link_libraries(app PRIVATE SQLite::SQLite3)
add_migrations(app)
END
configure=("$CMAKE" -G Ninja -S "$folder" -B "$work/build" "${common[@]}"
           -D "CMAKE_PREFIX_PATH=$work/prefix")
run_failing "${configure[@]}"
logged 'set PALINDROME_EXECUTABLE'
run "${configure[@]}" -D "PALINDROME_EXECUTABLE=$PALINDROME_TOOL"
run "$CMAKE" --build "$work/build"
run "$work/build/app"
logged 'notes notes.id'

# Asking for the compiler of such a package says that it is not there.
sed -i 's/COMPONENTS runtime/COMPONENTS compiler runtime/' \
  "$folder/CMakeLists.txt"
run_failing "${configure[@]}"
logged 'has no component `compiler`'
