# What the consumer tests share. A test sources it with the folder that it may
# fill as first argument.
set -euo pipefail

work=$1
shift
rm -rf "$work"
mkdir -p "$work"
cd "$work"
log=$work/log

# A consumer is configured as this build was, so that ccache knows its files.
common=(-D "CMAKE_PREFIX_PATH=$PALINDROME_PREFIX"
        -D "CMAKE_BUILD_TYPE=$PALINDROME_BUILD_TYPE")
if [ -n "${LAUNCHER:-}" ]; then
  common+=(-D "CMAKE_CXX_COMPILER_LAUNCHER=$LAUNCHER")
  export CCACHE_NOHASHDIR=1
fi
if [ -n "${PALINDROME_SANITIZE:-}" ]; then
  common+=(-D "CMAKE_CXX_FLAGS=-fsanitize=$PALINDROME_SANITIZE")
fi

# copy_of_project FOLDER: Palindrome's sources.
copy_of_project() {
  mkdir -p "$1"
  tar -C "$PALINDROME_SOURCE" --exclude=./build --exclude=./.git -cf - . |
    tar -C "$1" -xf -
}

# known_to_ccache FOLDER: a copy of Palindrome there that is built in a folder
# as deep as that of this build (FOLDER/build/NAME) is built by its flags, and
# so from ccache.
known_to_ccache() {
  CCACHE_DIR=$("$LAUNCHER" --get-config cache_dir 2>/dev/null || true)
  export CCACHE_DIR CCACHE_BASEDIR=$1 CCACHE_NOHASHDIR=1
  export CMAKE_CXX_COMPILER_LAUNCHER=$LAUNCHER
  export CMAKE_BUILD_TYPE=$PALINDROME_BUILD_TYPE
  export CMAKE_TOOLCHAIN_FILE=$work/flags.cmake
  cat >"$work/flags.cmake" <<END
set(CMAKE_CXX_FLAGS_DEBUG "$PALINDROME_DEBUG_FLAGS" CACHE STRING "")
set(PALINDROME_SANITIZE "${PALINDROME_SANITIZE:-}" CACHE STRING "")
set(PALINDROME_DEVELOPER_MODE $PALINDROME_DEVELOPER_MODE CACHE BOOL "")
END
}

fail() {
  printf 'FAILED: %s%s\n' "${step:+$step: }" "$*" >&2
  [ ! -s "$log" ] || sed 's/^/  | /' "$log" >&2
  exit 1
}

# run COMMAND…: it must succeed; its output is in the log.
run() {
  "$@" >"$log" 2>&1 || fail "exit $? of: $*"
}

# run_failing COMMAND…: it must fail.
run_failing() {
  if "$@" >"$log" 2>&1; then
    fail "should have failed: $*"
  fi
}

# CMake breaks its messages into lines; what they say is compared without.
logged() {
  tr -s ' \n' ' ' <"$log" | grep -qF -- "$1" || fail "not in the log: $1"
}

not_logged() {
  ! grep -qF -- "$1" "$log" || fail "should not be in the log: $1"
}

# Sets `generator`; a project of it is in `folder`, and is built in `build`.
use_generator() {
  generator=$1
  folder="$work/my app"
  build="$work/its build"
  configuration=()
  if [ "$generator" = "Ninja Multi-Config" ]; then
    configuration=(--config Release)
  fi
  mkdir -p "$folder/include"
}

# The head of that project, with a library `kinds` for what it uses.
# project_head LANGUAGE…
project_head() {
  cat <<END
cmake_minimum_required(VERSION 3.21)
project(Consumer LANGUAGES $*)
find_package(Palindrome REQUIRED)
find_package(SQLite3 REQUIRED)
add_library(kinds INTERFACE)
target_include_directories(kinds INTERFACE include)
target_compile_definitions(kinds INTERFACE "NOTES=\"notes\"")
END
}

build() { run "$CMAKE" --build "$build" "${configuration[@]}"; }
fails() { run_failing "$CMAKE" --build "$build" "${configuration[@]}"; }

# expect_nothing COMMENT: a build has nothing to do, and no such rule runs.
expect_nothing() {
  build
  not_logged "$1"
  not_logged Building
}

# migration FOLDER STAMP SLUG REVISION PARENT UPGRADE DOWNGRADE
migration() {
  local parent=NONE
  [ "$5" = NONE ] || parent="'$5'"
  mkdir -p "$1"
  cat >"$1/$2_$3.sql" <<END
-- A migration of a test.
MIGRATION '${3//_/ }'
  REVISION '$4'
  REVISES  $parent;

UPGRADE BEGIN
  $6
END;

DOWNGRADE BEGIN
  $7
END;
END
}

# A program that applies `$1::migrations`, of the header `$2`, to a new
# database and prints the names of its tables and the columns of `notes`.
program() {
  cat <<END
#include <iostream>

#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>
#include <sqlite3.h>

#include "$2"

int main() {
  sqlite3* connection = nullptr;
  sqlite3_open(":memory:", &connection);
  palindrome::sqlite::Database database(connection);
  palindrome::Migrator migrator($1::migrations, database);
  if (auto status = migrator.Upgrade("head"); !status.ok()) {
    std::cerr << status.ToString() << '\n';
    return 1;
  }
  auto print = [](void*, int, char** values, char**) {
    std::cout << values[0] << '\n';
    return 0;
  };
  sqlite3_exec(connection,
               "SELECT name FROM sqlite_schema WHERE type = 'table'"
               " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
               " AND name NOT LIKE 'palindrome!_%' ESCAPE '!'"
               " UNION ALL SELECT 'notes.' || name"
               " FROM pragma_table_info('notes')",
               print, nullptr, nullptr);
  sqlite3_close(connection);
}
END
}
