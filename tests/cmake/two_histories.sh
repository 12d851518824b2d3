#!/usr/bin/env bash
# Two libraries with a history each, linked into one program and kept in one
# database: neither knows of the other.
source "$(dirname "$0")/lib.sh"
folder=$work/project
mkdir -p "$folder"
migration "$folder/accounts" 20250101_000000 create_users aaaaaaaaaaaa NONE \
  'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);' \
  'DROP TABLE users;'
migration "$folder/accounts" 20250102_000000 add_email bbbbbbbbbbbb \
  aaaaaaaaaaaa 'ALTER TABLE users ADD COLUMN email TEXT;' \
  'ALTER TABLE users DROP COLUMN email;'
# The same revision as in the other: a namespace tells them apart.
migration "$folder/notes" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);' 'DROP TABLE notes;'
migration "$folder/notes" 20250103_000000 index_notes cccccccccccc \
  aaaaaaaaaaaa 'CREATE INDEX ix_notes_body ON notes (body);' \
  'DROP INDEX ix_notes_body;'

cat >"$folder/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.21)
project(TwoHistories LANGUAGES CXX)
find_package(Palindrome REQUIRED)
foreach(library IN ITEMS accounts notes)
  add_library(${library} STATIC ${library}.cpp)
  target_compile_features(${library} PUBLIC cxx_std_20)
  add_migrations(${library} DIRECTORY ${library} NAMESPACE shop::${library})
endforeach()
add_executable(shop main.cpp)
target_link_libraries(shop PRIVATE accounts notes)
END
for library in accounts notes; do
  cat >"$folder/$library.cpp" <<END
#include "${library}_migrations.h"

const palindrome::History& ${library}_history() {
  return shop::$library::migrations;
}
END
done
cat >"$folder/main.cpp" <<'END'
// shop DATABASE LIBRARY:COMMAND[:TARGET]...
#include <chrono>
#include <iostream>
#include <string>

#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>
#include <sqlite3.h>

#include "accounts_migrations.h"
#include "notes_migrations.h"

namespace {

palindrome::Status Run(palindrome::Migrator& migrator,
                       const std::string& command, const std::string& target) {
  if (command == "upgrade") {
    return migrator.Upgrade(target);
  }
  if (command == "downgrade") {
    return migrator.Downgrade(target);
  }
  if (command == "stamp") {
    return migrator.Stamp(target);
  }
  const auto verification = migrator.Verify();
  if (verification.ok()) {
    for (const auto& revision : verification->current) {
      std::cout << revision.revision << ' ';
    }
    std::cout << verification->applied << '\n';
  }
  return verification.status();
}

}  // namespace

int main(int argc, char** argv) {
  sqlite3* connection = nullptr;
  sqlite3_open(argv[1], &connection);
  bool worked = true;
  {
    palindrome::sqlite::Database database(connection);
    palindrome::Options options;
    options.lock_timeout = std::chrono::minutes(2);
    // Both at once, on one connection.
    palindrome::Migrator accounts(shop::accounts::migrations, database, options);
    palindrome::Migrator notes(shop::notes::migrations, database, options);
    for (int i = 2; i < argc && worked; ++i) {
      const std::string word = argv[i];
      const std::size_t first = word.find(':');
      const std::size_t second = word.find(':', first + 1);
      const std::string target =
          second == std::string::npos ? "head" : word.substr(second + 1);
      const auto status =
          Run(word.substr(0, first) == "accounts" ? accounts : notes,
              word.substr(first + 1, second - first - 1), target);
      if (!status.ok()) {
        std::cerr << status.ToString() << '\n';
        worked = false;
      }
    }
  }
  sqlite3_close(connection);
  return worked ? 0 : 1;
}
END
run "$CMAKE" -G Ninja -S "$folder" -B "$work/build" "${common[@]}"
run "$CMAKE" --build "$work/build" -j2
shop=$work/build/shop

step='one after the other'
run "$shop" "$work/a.db" accounts:upgrade notes:upgrade accounts:verify \
  notes:verify
logged 'bbbbbbbbbbbb 2 cccccccccccc 2'
run "$shop" "$work/a.db" accounts:downgrade:-1 notes:verify accounts:verify
logged 'cccccccccccc 2 aaaaaaaaaaaa 1'
run "$shop" "$work/a.db" notes:downgrade:base accounts:verify notes:verify
logged 'aaaaaaaaaaaa 1 0'
run "$shop" "$work/a.db" accounts:upgrade notes:upgrade:+1 accounts:verify
logged 'bbbbbbbbbbbb 2'

step='interleaved'
run "$shop" "$work/b.db" notes:upgrade:+1 accounts:upgrade:+1 notes:upgrade \
  accounts:upgrade notes:verify accounts:verify
logged 'cccccccccccc 2 bbbbbbbbbbbb 2'

step='stamps'
run "$shop" "$work/b.db" notes:stamp:-1 accounts:verify
logged 'bbbbbbbbbbbb 2'
run_failing "$shop" "$work/b.db" notes:verify
logged 'drifted schema'
run "$shop" "$work/b.db" notes:stamp:head notes:verify accounts:verify
logged 'cccccccccccc 2 bbbbbbbbbbbb 2'

step='processes at once'
processes=()
for i in 1 2 3 4 5 6 7 8; do
  if [ $((i % 2)) = 0 ]; then
    words=(accounts:upgrade notes:upgrade)
  else
    words=(notes:upgrade accounts:upgrade)
  fi
  "$shop" "$work/c.db" "${words[@]}" >"$work/process$i" 2>&1 &
  processes+=($!)
done
for process in "${processes[@]}"; do
  wait "$process" || fail "a process failed: $(cat "$work"/process*)"
done
run "$shop" "$work/c.db" notes:verify accounts:verify
logged 'cccccccccccc 2 bbbbbbbbbbbb 2'
