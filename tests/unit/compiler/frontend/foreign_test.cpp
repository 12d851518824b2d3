// What other databases write: the message says what is written here instead.
#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::parse {
namespace {

using frontend_test::Parsed;
using frontend_test::WithUpgrade;

struct Foreign {
  const char* text;
  const char* error;
  // With the first fix, which is for a person if a `?` stands before it. Empty:
  // there is none.
  std::string mended;
};

std::string Mended(const Parsed& parsed) {
  const auto& found = parsed.emitter.diagnostics();
  if (found.size() != 1 || found[0].fixes.empty()) {
    return "";
  }
  const diagnostics::Fix& fix = found[0].fixes[0];
  std::string text(parsed.file->text());
  for (auto edit = fix.edits.rbegin(); edit != fix.edits.rend(); ++edit) {
    const source::Range range = edit->location.range;
    text.replace(range.begin, range.end - range.begin, edit->text);
  }
  const std::string before = WithUpgrade("");
  const std::size_t begin = before.find("\n\nEND") + 1;
  const std::string mended = text.substr(begin, text.rfind("\nEND;") - begin);
  return (fix.mechanical ? "" : "?") + mended;
}

void ExpectEach(std::initializer_list<Foreign> all) {
  for (const Foreign& each : all) {
    const Parsed parsed(WithUpgrade(each.text));
    EXPECT_EQ(parsed.errors, std::string("3:") + each.error + "\n")
        << each.text;
    EXPECT_EQ(Mended(parsed), each.mended) << each.text;
  }
}

TEST(Foreign, ChangesOfTables) {
  ExpectEach({
      {"RENAME TABLE a TO b;",
       "1: `RENAME TABLE` is no statement of SQLite; write `ALTER TABLE a "
       "RENAME TO b` [syntax-error]",
       "ALTER TABLE a RENAME TO b;"},
      {"rename table main.\"a b\" to c;",
       "1: `RENAME TABLE` is no statement of SQLite; write `ALTER TABLE "
       "main.\"a b\" RENAME TO c` [syntax-error]",
       "ALTER TABLE main.\"a b\" RENAME to c;"},
      {"RENAME TABLE a TO b, c TO d;",
       "1: `RENAME TABLE` is no statement of SQLite; write `ALTER TABLE name "
       "RENAME TO name` [syntax-error]",
       ""},
      {"ALTER TABLE t MODIFY a TEXT NOT NULL;",
       "15: `MODIFY` is no change of the language; write `ALTER COLUMN a` with "
       "`TYPE …`, `SET NOT NULL` or `SET DEFAULT …` [syntax-error]",
       ""},
      {"ALTER TABLE t CHANGE COLUMN a b TEXT;",
       "15: `CHANGE` is no change of the language; write `RENAME COLUMN a TO "
       "b`, and `ALTER COLUMN b TYPE …` for its type [syntax-error]",
       ""},
      {"ALTER TABLE t CHANGE a a TEXT;",
       "15: `MODIFY` is no change of the language; write `ALTER COLUMN a` with "
       "`TYPE …`, `SET NOT NULL` or `SET DEFAULT …` [syntax-error]",
       ""},
      {"ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT;",
       "33: a second change in one ALTER TABLE; write `;` and `ALTER TABLE t` "
       "before it [syntax-error]",
       "ALTER TABLE t ADD COLUMN a INT; ALTER TABLE t ADD COLUMN b INT;"},
      {"ALTER TABLE t DROP a, DROP b;",
       "23: a second change in one ALTER TABLE; write `;` and `ALTER TABLE t` "
       "before it [syntax-error]",
       "?ALTER TABLE t DROP a; ALTER TABLE t DROP b;"},
  });
}

TEST(Foreign, IndexesOfTables) {
  ExpectEach({
      {"ALTER TABLE t ADD INDEX x (a, b DESC);",
       "15: an index is no part of a table; write `CREATE INDEX name ON t "
       "(…)`, a statement of its own [syntax-error]",
       "CREATE INDEX x ON t (a, b DESC);"},
      {"ALTER TABLE main.t ADD UNIQUE KEY `x y` (a);",
       "20: an index is no part of a table; write `CREATE UNIQUE INDEX name ON "
       "main.t (…)`, a statement of its own [syntax-error]",
       "CREATE UNIQUE INDEX `x y` ON main.t (a);"},
      {"ALTER TABLE t ADD INDEX (a);",
       "15: an index is no part of a table; write `CREATE INDEX name ON t "
       "(…)`, a statement of its own [syntax-error]",
       ""},
      {"ALTER TABLE t DROP INDEX x;",
       "15: an index is no part of a table; write `DROP INDEX x`, a statement "
       "of its own [syntax-error]",
       "?DROP INDEX x;"},
      {"CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);",
       "21: `CONCURRENTLY` is not SQLite's, which has one writer at a time; "
       "remove it [syntax-error]",
       "CREATE UNIQUE INDEX i ON t (a);"},
      {"DROP INDEX CONCURRENTLY i;",
       "12: `CONCURRENTLY` is not SQLite's, which has one writer at a time; "
       "remove it [syntax-error]",
       "DROP INDEX i;"},
      {"ALTER TABLE t RENAME INDEX a TO b;",
       "15: SQLite changes no index that is there; drop it and create it again "
       "[syntax-error]",
       ""},
      {"ALTER VIEW v RENAME TO w;",
       "7: SQLite changes no view that is there; drop it and create it again "
       "[syntax-error]",
       ""},
      {"DROP INDEX i ON main.t;",
       "14: an index is dropped by its name alone; remove `ON main.t` "
       "[syntax-error]",
       "?DROP INDEX i;"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, KEY x (id));",
       "41: an index is no part of a table; write `CREATE INDEX name ON table "
       "(…)`, a statement of its own [syntax-error]",
       ""},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, UNIQUE INDEX (id));",
       "41: an index is no part of a table; write `CREATE INDEX name ON table "
       "(…)`, a statement of its own [syntax-error]",
       ""},
  });
}

TEST(Foreign, Drops) {
  ExpectEach({
      {"ALTER TABLE t DROP PRIMARY KEY;",
       "15: `DROP PRIMARY KEY` is no change of the language; write `DROP "
       "CONSTRAINT` and the name of the key [syntax-error]",
       ""},
      {"ALTER TABLE t DROP FOREIGN KEY k;",
       "15: `DROP FOREIGN KEY` is no change of the language; write `DROP "
       "CONSTRAINT k` [syntax-error]",
       "?ALTER TABLE t DROP CONSTRAINT k;"},
      {"DROP TABLE t CASCADE;",
       "14: `CASCADE` is no part of a DROP in SQLite; drop what uses it "
       "before, each by a statement of its own [syntax-error]",
       ""},
      {"DROP VIEW v RESTRICT;",
       "13: `RESTRICT` is no part of a DROP in SQLite; remove it, since "
       "nothing that is used can be dropped [syntax-error]",
       "DROP VIEW v;"},
  });
}

TEST(Foreign, PartsOfTables) {
  ExpectEach({
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, a ENUM('x', 'y') NOT NULL);",
       "43: `ENUM` is no type of SQLite; write `TEXT CHECK (… IN (…))` "
       "[syntax-error]",
       ""},
      {"ALTER TABLE t ADD COLUMN a TEXT NOT NULL DEFAULT '' AFTER b;",
       "53: `AFTER b` says where the column stands, and SQLite adds it behind "
       "the others; remove it [syntax-error]",
       "?ALTER TABLE t ADD COLUMN a TEXT NOT NULL DEFAULT '';"},
      {"ALTER TABLE t ADD COLUMN a TEXT AFTER b;",
       "33: `AFTER b` says where the column stands, and SQLite adds it behind "
       "the others; remove it [syntax-error]",
       "?ALTER TABLE t ADD COLUMN a TEXT;"},
      {"ALTER TABLE t ADD a VARCHAR(9) FIRST;",
       "32: `FIRST` says where the column stands, and SQLite adds it behind "
       "the others; remove it [syntax-error]",
       "?ALTER TABLE t ADD a VARCHAR(9);"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY) ENGINE=InnoDB DEFAULT CHARSET "
       "= utf8;",
       "41: `ENGINE` is an option of another database's tables; remove it "
       "[syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY);"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY) DEFAULT CHARACTER SET utf8;",
       "41: `DEFAULT` is an option of another database's tables; remove it "
       "[syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY);"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY) ENGINE=InnoDB COMMENT='x';",
       "41: `ENGINE` is an option of another database's tables; remove it "
       "[syntax-error]",
       "?CREATE TABLE t (id INTEGER PRIMARY KEY);"},
  });
}

TEST(Foreign, PragmasThatCheck) {
  ExpectEach({
      {"PRAGMA foreign_key_check;\nDROP TABLE t;",
       "1: `PRAGMA foreign_key_check` in a migration; nobody reads its result, "
       "and the runtime checks the foreign keys itself [forbidden-statement]",
       "DROP TABLE t;"},
      {"PRAGMA table_info(t);\nDROP TABLE t;",
       "1: `PRAGMA table_info` in a migration; nobody reads its result "
       "[forbidden-statement]",
       "?DROP TABLE t;"},
      {"PRAGMA integrity_check;\nDROP TABLE t;",
       "1: `PRAGMA integrity_check` in a migration; nobody reads its result "
       "[forbidden-statement]",
       "?DROP TABLE t;"},
  });
}

// Names that the same words are.
TEST(Foreign, WordsAreStillNames) {
  for (const char* text : {
           "ALTER TABLE t ADD COLUMN key TEXT;",
           "ALTER TABLE t ADD key VARCHAR (10);",
           "CREATE TABLE t (key, a TEXT);",
           "CREATE TABLE t (key VARCHAR(10), a TEXT);",
           "CREATE TABLE t (id INTEGER PRIMARY KEY, key TEXT CHECK (key));",
           "ALTER TABLE t ADD after TEXT;",
           "ALTER TABLE t ADD first TEXT;",
           "ALTER TABLE t DROP COLUMN key;",
           "ALTER TABLE t DROP key;",
           "ALTER TABLE cascade DROP COLUMN restrict;",
           "CREATE INDEX concurrently ON t (a);",
           "DROP INDEX concurrently;",
           "CREATE TABLE t (first TEXT, after TEXT, modify TEXT);",
           "CREATE TABLE t (a TEXT FIRST, b TEXT AFTER c);",
       }) {
    EXPECT_EQ(Parsed(WithUpgrade(text)).errors, "") << text;
  }
}

// Two words that are written as one.
TEST(Foreign, TwoWordsInOne) {
  ExpectEach({
      {"CREATE TABLE t (id INTEGER PRIMARYKEY, a TEXT);",
       "28: expected a column constraint, `,` or `)`, found `PRIMARYKEY`; did "
       "you mean `PRIMARY KEY`? [syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"},
      {"CREATE TABLE t (id primarykey, a TEXT);",
       "20: expected a column constraint, `,` or `)`, found `primarykey`; did "
       "you mean `PRIMARY KEY`? [syntax-error]",
       "CREATE TABLE t (id primary key, a TEXT);"},
      {"CREATE TABLE t (id INTEGER PRIMARYKEY AUTOINCREMENT, a TEXT);",
       "28: expected a column constraint, `,` or `)`, found `PRIMARYKEY`; did "
       "you mean `PRIMARY KEY`? [syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, line TEXT NOTNULL);",
       "51: expected a column constraint, `,` or `)`, found `NOTNULL`; did you "
       "mean `NOT NULL`? [syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY, line TEXT NOT NULL);"},
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, line TEXT notnul UNIQUE);",
       "51: expected a column constraint, `,` or `)`, found `notnul`; did you "
       "mean `NOT NULL`? [syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY, line TEXT not null UNIQUE);"},
      {"CREATE TABLE t (id INTEGER UNIQUE PRIMARYKEY);",
       "35: expected a column constraint, `,` or `)`, found `PRIMARYKEY`; did "
       "you mean `PRIMARY KEY`? [syntax-error]",
       "CREATE TABLE t (id INTEGER UNIQUE PRIMARY KEY);"},
      {"CREATE TABLE t (id INTEGER PRIMAR KEY);",
       "28: expected a column constraint, `,` or `)`, found `PRIMAR`; did you "
       "mean `PRIMARY`? [syntax-error]",
       "CREATE TABLE t (id INTEGER PRIMARY KEY);"},
  });
}

}  // namespace
}  // namespace palindrome::parse
