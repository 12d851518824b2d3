#!/usr/bin/env bash
# What it costs to check the SQL in C++, beside `clang -fsyntax-only` on the same
# files with as many processes: all anew, after one file was changed, and after
# none was.
#
#   queries_benchmark.sh PALINDROME COUNT...
#
# CLANG names the clang; another version than palindrome's may be faster or
# slower by itself.
set -euo pipefail
tool=$1
shift
clang=${CLANG:-clang++}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir migrations
cat >migrations/20250101_000000_create_notes.sql <<'END'
-- A table for the benchmark.
MIGRATION 'create notes'
  REVISION 'aaaaaaaaaaaa'
  REVISES  NONE;
UPGRADE BEGIN
  CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
END;
DOWNGRADE AUTO;
END

# seconds COMMAND…: how long it takes.
seconds() {
  local begin=$EPOCHREALTIME
  "$@" >/dev/null
  local end=$EPOCHREALTIME
  awk -v a="$begin" -v b="$end" 'BEGIN { printf "%.3f", b - a }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }
check() {
  "$tool" queries --compile-flags flags.txt --cache cache src/*.cpp
}
parse() {
  printf '%s\0' src/*.cpp |
    xargs -0 -P "$(nproc)" -n 1 "$clang" -std=c++20 -w -fsyntax-only
}

echo '-std=c++20' >flags.txt
for count in "$@"; do
  rm -rf src cache
  mkdir src
  for ((i = 0; i < count; ++i)); do
    cat >"src/unit_$i.cpp" <<END
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <sqlite3.h>
static bool Run(sqlite3* connection, const std::string& sql) {
  return sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) == 0;
}
std::vector<std::string> Find$i(sqlite3* connection, int id) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection, "SELECT body FROM notes WHERE id = ?", -1,
                     &statement, nullptr);
  sqlite3_bind_int(statement, 1, id);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  Run(connection, "DELETE FROM notes WHERE id = $i");
  return {};
}
END
  done
  parse_all=$(seconds parse)
  cold=$(seconds check)
  echo '// Changed.' >>src/unit_0.cpp
  edit=$(seconds check)
  warm=$(seconds check)
  echo "$count units: $clang -fsyntax-only $parse_all s"
  echo "  all anew: $cold s, ratio $(ratio "$cold" "$parse_all")"
  echo "  one changed: $edit s, ratio $(ratio "$edit" "$parse_all")"
  echo "  none changed: $warm s, ratio $(ratio "$warm" "$parse_all")"
done
