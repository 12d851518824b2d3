#!/usr/bin/env bash
# MODELS: a build fails where structs, or a schema in SQL, and migrations differ.
# Arguments: the work folder, the generator.
source "$(dirname "$0")/lib.sh"
use_generator "$1"
project_head CXX >"$folder/CMakeLists.txt"
cat >>"$folder/CMakeLists.txt" <<'END'
add_executable(my-app main.cpp)
target_link_libraries(my-app PRIVATE SQLite::SQLite3 kinds)
add_migrations(my-app MODELS ${MODELS})
END
program my_app my-app_migrations.h >"$folder/main.cpp"
history="$folder/migrations"
migration "$history" 20250101_000000 create_notes aaaaaaaaaaaa NONE \
  'CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);' \
  'DROP TABLE notes;'
configure() {
  run "$CMAKE" -G "$generator" -S "$folder" -B "$build" "${common[@]}" \
    -D "MODELS=$1"
}
# The message, after the path of the file.
expect_message() { grep -qxF -- "$folder/$1" "$log" || fail "not said: $1"; }

step='a schema in SQL'
echo 'CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);' \
  >"$folder/schema.sql"
configure schema.sql
build
logged 'Comparing the models of my-app with its migrations'
expect_nothing Comparing
cat >"$folder/schema.sql" <<'END'
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  body TEXT
);
END
fails
expect_message 'schema.sql:3:3: error: column `body` of table `notes` is `body TEXT`, and in the history `body TEXT NOT NULL`; `palindrome revision --autogenerate` writes the migration [model-drift]'

if [ ! -x "$(dirname "$PALINDROME_TOOL")/palindrome-clang" ]; then
  exit 0
fi

step='structs'
cat >"$folder/include/kinds.h" <<'END'
#include <string>
using Body = std::string;
END
cat >"$folder/models.h" <<'END'
#include <cstdint>
#include <kinds.h>
#include <palindrome/model.h>

struct PALINDROME_TABLE(NOTES) Note {
  PALINDROME_PRIMARY_KEY std::int64_t id;
  Body body;
};
END
configure models.h
build
logged 'Comparing the models of my-app with its migrations'
expect_nothing Comparing

step='a field that is added'
sed -i 's/  Body body;/  Body body;\n  double size;/' "$folder/models.h"
fails
expect_message 'models.h:8:10: error: column `size` of table `notes` is not in the history; `palindrome revision --autogenerate` writes the migration [model-drift]'
command=$(sed -n 's/.*the migration is written by `\(.*\)`$/\1/p' "$log")
[ -n "$command" ] || fail 'no command is named'
fails
expect_message 'models.h:8:10: error: column `size` of table `notes` is not in the history; `palindrome revision --autogenerate` writes the migration [model-drift]'

step='the command that is named'
PATH="$(dirname "$PALINDROME_TOOL"):$PATH" run bash -c \
  "${command/MESSAGE/\'add size to notes\'}"
written=$(echo "$history"/*_add_size_to_notes.sql)
grep -q DRAFT "$written" || fail 'it is no draft'
fails
logged 'error: `<value>` is left to be filled in; write what shall stand there [syntax-error]'
sed -i 's/<value>/length(body)/' "$written"
fails
logged '[draft-not-reviewed]'
sed -i '/DRAFT;/d; s/^  CREATED.*/&;/; /^--/d' "$written"
sed -i '1i-- Notes say how long they are.' "$written"
build
expect_nothing Comparing

step='a header that is included'
sed -i 's/std::string/int/' "$folder/include/kinds.h"
fails
expect_message 'models.h:7:8: error: column `body` of table `notes` is `body INTEGER NOT NULL`, and in the history `body TEXT NOT NULL`; `palindrome revision --autogenerate` writes the migration [model-drift]'
sed -i 's/int/std::string/' "$folder/include/kinds.h"
build
expect_nothing Comparing

step='C++ that is wrong'
sed -i 's/  Body body;/  Bodie body;/' "$folder/models.h"
fails
logged 'models.h:7:3: error: unknown type name'
logged '[cpp-error]'
sed -i 's/Bodie/Body/' "$folder/models.h"
build

step='a migration that is changed'
sed -i 's/ADD COLUMN size/ADD COLUMN sise/; s/size =/sise =/; s/COLUMN size/COLUMN sise/' "$written"
fails
logged 'column `sise` of table `notes` is in the history alone'
