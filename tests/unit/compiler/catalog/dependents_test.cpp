// What uses a column or table keeps it from being dropped, renamed or retyped.

#include <algorithm>

#include <gtest/gtest.h>

#include "compiler/catalog/slice.h"
#include "tests/support/simulation.h"

namespace palindrome::catalog {
namespace {

using ::palindrome::testing::Messages;
using ::palindrome::testing::SimulateStatements;

constexpr char kSchema[] = R"sql(
  CREATE TABLE author (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT,
                       born TEXT, upper_name TEXT AS (upper(name)),
                       CONSTRAINT born_ck CHECK (born <> ''));
  CREATE TABLE book (id INTEGER PRIMARY KEY,
                     author_id INTEGER CONSTRAINT book_author
                         REFERENCES author (id),
                     author_code TEXT REFERENCES author (code),
                     title TEXT, isbn TEXT, lang TEXT,
                     UNIQUE (title, lang));
  CREATE INDEX ix_isbn ON book (isbn);
  CREATE INDEX ix_born ON author (id) WHERE born IS NOT NULL;
  CREATE VIEW titles AS SELECT title AS t FROM book;
  CREATE VIEW nested AS SELECT t FROM titles;
  CREATE TABLE log (line TEXT);
  CREATE TRIGGER lang_log AFTER UPDATE OF lang ON book
    BEGIN INSERT INTO log (line) VALUES (new.id); END;
)sql";

class DependentsTest : public ::testing::Test {
 protected:
  DependentsTest() : schema_(SimulateStatements(kSchema)) {}

  std::string Problems(const std::string& statement) {
    return Messages(
        SimulateStatements(statement, schema_->simulation.after)->simulation);
  }

  std::unique_ptr<testing::Simulated> schema_;
};

TEST_F(DependentsTest, TheSchemaItselfIsFine) {
  EXPECT_EQ(Messages(schema_->simulation), "");
}

// Every kind of user is named for every kind of change, but for those that
// follow a rename.
TEST_F(DependentsTest, EveryUserOfAColumnIsNamed) {
  const std::pair<std::pair<const char*, const char*>, const char*> kCases[] = {
      {{"book", "isbn"}, "index `ix_isbn`"},
      {{"author", "born"}, "index `ix_born`"},
      {{"author", "born"}, "constraint `born_ck`"},
      {{"author", "name"}, "generated column `upper_name`"},
      {{"author", "id"}, "foreign key `book_author` of table `book`"},
      {{"author", "code"}, "the foreign key on `author_code` of table `book`"},
      {{"book", "title"}, "view `titles`"},
      {{"book", "title"}, "a UNIQUE constraint of table `book`"},
      {{"book", "lang"}, "trigger `lang_log`"},
      {{"book", "id"}, "trigger `lang_log`"},
      {{"log", "line"}, "trigger `lang_log`"},
  };
  for (const auto& [column, user] : kCases) {
    const std::string table = "ALTER TABLE " + std::string(column.first);
    const std::string name = column.second;
    for (const std::string& change :
         {" DROP COLUMN " + name, " RENAME COLUMN " + name + " TO other",
          " ALTER COLUMN " + name + " TYPE BLOB"}) {
      if (std::string(column.first) == "log" &&
          change.find("DROP") != std::string::npos) {
        continue;  // It is the only column.
      }
      const bool follows = change.find("DROP") == std::string::npos &&
                           std::string(user).find("view") != 0 &&
                           std::string(user).find("trigger") != 0;
      EXPECT_EQ(Problems(table + change + ";").find(user) == std::string::npos,
                follows)
          << table << change << "\n"
          << Problems(table + change + ";");
    }
  }
}

// A word of a trigger's body is a column that it writes only in the list of an
// INSERT, or behind `excluded`.
TEST(TriggerInserts, OtherNamesAreFree) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, other);"
      "CREATE TABLE log (line, extra, note, mark UNIQUE);"
      "CREATE TABLE notes (note);"
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN"
      "  INSERT INTO log (line) SELECT other FROM t AS extra WHERE 1"
      "    ON CONFLICT (mark) DO NOTHING;"
      "  INSERT INTO notes (note) VALUES (1);"
      "END;");
  const auto problems = [&](const std::string& sql) {
    return Messages(
        SimulateStatements(sql, before->simulation.after)->simulation);
  };
  EXPECT_EQ(problems("ALTER TABLE log DROP COLUMN extra;"), "");
  EXPECT_EQ(problems("ALTER TABLE log DROP COLUMN note;"), "");
  EXPECT_NE(problems("ALTER TABLE log DROP COLUMN line;"), "");
  EXPECT_NE(problems("ALTER TABLE log DROP COLUMN mark;"), "");
  EXPECT_NE(problems("ALTER TABLE log RENAME COLUMN mark TO m;"), "");
}

TEST_F(DependentsTest, AConstraintWrittenWithItsColumnGoesWithIt) {
  EXPECT_EQ(Problems("ALTER TABLE book DROP COLUMN author_id;"), "");
  EXPECT_EQ(Problems("ALTER TABLE book RENAME COLUMN author_id TO a;"), "");
}

TEST_F(DependentsTest, UsersOfATableAreNamed) {
  EXPECT_NE(Problems("DROP TABLE book;").find("view `titles`"),
            std::string::npos);
  EXPECT_NE(Problems("DROP TABLE author;").find("foreign key `book_author`"),
            std::string::npos);
  EXPECT_NE(Problems("DROP TABLE log;").find("trigger `lang_log`"),
            std::string::npos);
  EXPECT_NE(Problems("DROP VIEW titles;").find("view `nested`"),
            std::string::npos);
}

TEST_F(DependentsTest, ARenamedColumnTakesItsUsersAlong) {
  const auto renamed = SimulateStatements(
      "ALTER TABLE author RENAME COLUMN code TO mark;"
      "ALTER TABLE author RENAME COLUMN name TO full_name;"
      "ALTER TABLE author RENAME COLUMN born TO birth;"
      "ALTER TABLE book RENAME COLUMN isbn TO number;",
      schema_->simulation.after);
  EXPECT_EQ(Messages(renamed->simulation), "");
  const auto text = [&](ObjectKind kind, const char* name) {
    return CreateStatement(*renamed->simulation.after.Find(kind, name));
  };
  const std::string author = text(ObjectKind::kTable, "author");
  EXPECT_NE(author.find("upper(full_name)"), std::string::npos) << author;
  EXPECT_NE(author.find("birth <> ''"), std::string::npos) << author;
  const std::string book = text(ObjectKind::kTable, "book");
  EXPECT_NE(book.find("(mark)"), std::string::npos) << book;
  const std::string on_isbn = text(ObjectKind::kIndex, "ix_isbn");
  EXPECT_NE(on_isbn.find("(number)"), std::string::npos) << on_isbn;
  const std::string on_born = text(ObjectKind::kIndex, "ix_born");
  EXPECT_NE(on_born.find("birth IS NOT NULL"), std::string::npos) << on_born;
}

// The engine rewrites their bodies and references.
TEST_F(DependentsTest, ARenamedTableTakesItsUsersAlong) {
  const auto renamed = SimulateStatements(
      "ALTER TABLE book RENAME TO tome; ALTER TABLE author RENAME TO writer;"
      "ALTER TABLE log RENAME TO Protocol;",
      schema_->simulation.after);
  EXPECT_EQ(Messages(renamed->simulation), "");
  const Catalog& after = renamed->simulation.after;
  const std::pair<const char*, const char*> kNames[] = {
      {"book", "tome"}, {"author", "writer"}, {"log", "protocol"}};
  for (const auto& [from, to] : kNames) {
    EXPECT_TRUE(after.UsersOf(from).empty()) << from;
    EXPECT_EQ(after.UsersOf(to).size(),
              schema_->simulation.after.UsersOf(from).size())
        << from;
  }
}

TEST(Renames, ThatGiveTheNameAnotherMeaningAreReported) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a); CREATE TABLE other (a);"
      "CREATE VIEW v AS WITH u AS (SELECT a FROM other)"
      "  SELECT x.a FROM t AS x, u;"
      "CREATE VIEW w AS SELECT a FROM t;");
  ASSERT_EQ(Messages(before->simulation), "");
  const auto after = SimulateStatements("ALTER TABLE t RENAME TO u;",
                                        before->simulation.after);
  EXPECT_NE(Messages(after->simulation)
                .find("table `t` is renamed while view `v` uses it"),
            std::string::npos)
      << Messages(after->simulation);
}

TEST_F(DependentsTest, TheOrderInWhichTablesOfAForeignKeyAreDroppedIsFree) {
  EXPECT_EQ(Problems("DROP VIEW nested; DROP VIEW titles;"
                     "DROP TABLE author; DROP TABLE book;"),
            "");
}

TEST_F(DependentsTest, DroppingATableTakesItsIndexesAndTriggers) {
  const auto result =
      SimulateStatements("DROP VIEW nested; DROP VIEW titles; DROP TABLE book;",
                         schema_->simulation.after);
  EXPECT_EQ(Messages(result->simulation), "");
  EXPECT_EQ(result->simulation.after.Find(ObjectKind::kIndex, "ix_isbn"),
            nullptr);
  EXPECT_EQ(result->simulation.after.Find(ObjectKind::kTrigger, "lang_log"),
            nullptr);
}

// Views and triggers that the change breaks without using its column by name.
// A foreign key needs one key on its columns, not each of them.
TEST(DroppedKeys, AreFreeWhileAnotherOneServes) {
  const auto before = SimulateStatements(
      "CREATE TABLE p (a PRIMARY KEY, b, c,"
      "  CONSTRAINT one UNIQUE (a), CONSTRAINT two UNIQUE (a COLLATE nocase),"
      "  CONSTRAINT three UNIQUE (b, c),"
      "  CONSTRAINT four UNIQUE (c, b COLLATE nocase));"
      "CREATE TABLE q (x REFERENCES p (a), y, z,"
      "  FOREIGN KEY (y, z) REFERENCES p (c, b));");
  const auto problems = [&](const std::string& name) {
    return Messages(
        SimulateStatements("ALTER TABLE p DROP CONSTRAINT " + name + ";",
                           before->simulation.after)
            ->simulation);
  };
  EXPECT_EQ(problems("one"), "");
  EXPECT_EQ(problems("two"), "");
  EXPECT_NE(problems("three"), "");
  EXPECT_EQ(problems("four"), "");
}

TEST(BrokenBodies, AreNamed) {
  const struct {
    const char* schema;
    const char* change;
    const char* user;
  } kCases[] = {
      {"CREATE VIEW v (p, q) AS SELECT * FROM t;",
       "ALTER TABLE t ADD COLUMN c;", "view `v` fails after this"},
      {"CREATE VIEW v AS SELECT * FROM t UNION SELECT * FROM u;",
       "ALTER TABLE t ADD COLUMN c;", "view `v` fails after this"},
      {"CREATE VIEW v AS SELECT c FROM t, u2;", "ALTER TABLE t ADD COLUMN c;",
       "view `v` fails after this"},
      {"CREATE VIEW w AS SELECT * FROM t; CREATE VIEW v (p, q) AS SELECT * FROM"
       " w;",
       "ALTER TABLE t ADD COLUMN c;", "view `v` fails after this"},
      {"CREATE TRIGGER r AFTER INSERT ON u BEGIN INSERT INTO t VALUES (1, 2);"
       " END;",
       "ALTER TABLE t ADD COLUMN c;", "trigger `r` fails after this"},
      {"CREATE TRIGGER r AFTER INSERT ON u BEGIN INSERT INTO t VALUES (1, 2);"
       " END;",
       "ALTER TABLE t DROP COLUMN b;", "trigger `r` fails after this"},
      {"CREATE TRIGGER r AFTER DELETE ON u BEGIN INSERT INTO u SELECT * FROM t;"
       " END;",
       "ALTER TABLE t ADD COLUMN c;", "trigger `r` fails after this"},
      {"CREATE UNIQUE INDEX i ON t (b); CREATE TRIGGER r AFTER INSERT ON u "
       "BEGIN"
       " INSERT INTO t (b) VALUES (1) ON CONFLICT (b) DO NOTHING; END;",
       "DROP INDEX i;", "trigger `r` fails after this"},
      {"CREATE VIEW v AS SELECT d FROM t NATURAL JOIN u;",
       "ALTER TABLE t RENAME COLUMN b TO e;", "while view `v` uses it"},
      {"CREATE VIEW v AS SELECT d FROM t NATURAL JOIN u;",
       "ALTER TABLE t ADD COLUMN d;", "while view `v` uses it"},
      {"CREATE VIEW v AS SELECT d FROM t NATURAL JOIN u;",
       "ALTER TABLE t RENAME COLUMN a TO d;", "while view `v` uses it"},
      {"CREATE VIEW v AS SELECT d FROM t JOIN u USING (b);",
       "ALTER TABLE t RENAME COLUMN b TO e;", "while view `v` uses it"},
  };
  for (const auto& test : kCases) {
    const auto before = SimulateStatements(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b); CREATE TABLE u (b, d);"
        "CREATE TABLE u2 (c);" +
        std::string(test.schema));
    ASSERT_EQ(Messages(before->simulation), "");
    const std::string found = Messages(
        SimulateStatements(test.change, before->simulation.after)->simulation);
    EXPECT_NE(found.find(test.user), std::string::npos) << test.schema << "\n"
                                                        << test.change << "\n"
                                                        << found;
  }
}

TEST(BrokenBodies, ATriggerThatMakesAViewWritableIsUsed) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t;"
      "CREATE TRIGGER i INSTEAD OF INSERT ON v BEGIN SELECT 1; END;"
      "CREATE TRIGGER r AFTER UPDATE ON t BEGIN INSERT INTO v VALUES (1); "
      "END;");
  EXPECT_NE(
      Messages(SimulateStatements("DROP TRIGGER i;", before->simulation.after)
                   ->simulation)
          .find("trigger `r` fails after this"),
      std::string::npos);
}

// Only the columns that are joined on are used, and only tables are tables.
TEST(JoinedColumns, OthersAreFree) {
  const auto before = SimulateStatements(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, title, notes);"
      "CREATE TABLE b (id INTEGER PRIMARY KEY, title); CREATE TABLE notes (n);"
      "CREATE VIEW v AS SELECT a.id, b.title, a.notes FROM a JOIN b USING (id);"
      "CREATE VIEW ids AS SELECT id FROM a;"
      "CREATE VIEW w AS SELECT b.id FROM b NATURAL JOIN ids;");
  ASSERT_EQ(Messages(before->simulation), "");
  for (const char* change :
       {"DROP TABLE notes;", "ALTER TABLE a DROP COLUMN title;",
        "ALTER TABLE a RENAME COLUMN title TO heading;",
        "ALTER TABLE b ADD COLUMN size;"}) {
    EXPECT_EQ(
        Messages(
            SimulateStatements(change, before->simulation.after)->simulation),
        "")
        << change;
  }
}

TEST(BrokenBodies, OnesThatFollowTheTableAreNone) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b); CREATE TABLE log (m);"
      "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT a FROM v;"
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a);"
      " END;"
      "CREATE TRIGGER i INSTEAD OF INSERT ON w BEGIN INSERT INTO t (b) VALUES"
      " (new.a); END;"
      "CREATE TRIGGER o AFTER UPDATE ON log BEGIN INSERT INTO w VALUES (1);"
      " END;");
  ASSERT_EQ(Messages(before->simulation), "");
  const auto after = SimulateStatements(
      "ALTER TABLE t ADD COLUMN c; ALTER TABLE t DROP COLUMN"
      " c; ALTER TABLE log ADD COLUMN n DEFAULT 1;",
      before->simulation.after);
  const std::string found = Messages(after->simulation);
  EXPECT_NE(found.find("trigger `r` fails after this"), std::string::npos);
  EXPECT_EQ(found.find("trigger `i`"), std::string::npos) << found;
  EXPECT_EQ(found.find("trigger `o`"), std::string::npos) << found;
  EXPECT_EQ(found.find("view"), std::string::npos) << found;
}

TEST(OwnTriggers, FollowTheNameThatTheyMention) {
  const struct {
    const char* trigger;
    bool mentions;
    const char* problem;
  } kCases[] = {
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END;", true,
       ""},
      {"CREATE TRIGGER r AFTER INSERT ON t WHEN EXISTS (SELECT 1 FROM t) BEGIN "
       "DELETE FROM log; END;",
       true, ""},
      // The engine forgets this one, and refuses what it has made of it.
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1 FROM log WHERE new.a "
       "IN t; END;",
       false,
       "table `t` is renamed while trigger `r` uses it; drop what uses it "
       "before, and create it again after\n"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log (t) VALUES "
       "(new.a); END;",
       false, ""},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1 AS t; END;", false,
       ""},
  };
  for (const auto& each : kCases) {
    const auto before = SimulateStatements(
        std::string("CREATE TABLE t (a); CREATE TABLE log (t);") +
        each.trigger);
    ASSERT_EQ(Messages(before->simulation), "") << each.trigger;
    const auto after = SimulateStatements("ALTER TABLE t RENAME TO u;",
                                          before->simulation.after);
    EXPECT_EQ(Messages(after->simulation), each.problem) << each.trigger;
    const auto trigger =
        after->simulation.after.Find(ObjectKind::kTrigger, "r");
    ASSERT_TRUE(trigger) << each.trigger;
    const auto names = ast::AllNames(
        ast::WhenAndBody(std::get<ast::Trigger>(trigger->definition)));
    EXPECT_EQ(std::binary_search(names.begin(), names.end(), "u"),
              each.mentions)
        << each.trigger;
  }
}

TEST(Stars, UseNoColumn) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w "
      "AS SELECT a FROM v;");
  ASSERT_EQ(Messages(before->simulation), "");
  for (const char* change :
       {"ALTER TABLE t ADD COLUMN c; ALTER TABLE t RENAME TO u; ALTER TABLE u "
        "RENAME TO t; ALTER TABLE t DROP COLUMN c;",
        "ALTER TABLE t DROP COLUMN b;",
        "ALTER TABLE t ALTER COLUMN b TYPE INT;"}) {
    const auto after = SimulateStatements(change, before->simulation.after);
    EXPECT_EQ(Messages(after->simulation).find("column"), std::string::npos)
        << Messages(after->simulation);
  }
  EXPECT_NE(Messages(SimulateStatements("ALTER TABLE t DROP COLUMN a;",
                                        before->simulation.after)
                         ->simulation)
                .find("while view `w` uses it"),
            std::string::npos);
}

TEST(Stars, StandForTheColumnsThatThereAreNow) {
  for (const char* change :
       {"ALTER TABLE t ADD COLUMN c; ALTER TABLE t RENAME TO s;",
        "ALTER TABLE t DROP COLUMN b; ALTER TABLE t RENAME TO s;"}) {
    const auto simulated = SimulateStatements(
        std::string("CREATE TABLE t (a, b); CREATE TABLE u (a);"
                    "CREATE VIEW v AS SELECT * FROM t;"
                    "CREATE VIEW w AS SELECT * FROM v;"
                    "CREATE TRIGGER r AFTER INSERT ON u BEGIN"
                    " SELECT * FROM t; END;") +
        change);
    EXPECT_EQ(Messages(simulated->simulation), "") << change;
  }
}

TEST(Stars, UseNoColumnThatIsCalledAsItsTable) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT * FROM t;");
  const auto after = SimulateStatements(
      "ALTER TABLE t RENAME COLUMN a TO t; ALTER TABLE t RENAME COLUMN t TO a;",
      before->simulation.after);
  EXPECT_EQ(Messages(after->simulation), "");
}

TEST(ForeignKeys, MayRestOnAUniqueIndexInstead) {
  const struct {
    const char* index;
    bool serves;
  } kCases[] = {
      {"CREATE UNIQUE INDEX i ON t (a);", true},
      {"CREATE UNIQUE INDEX i ON t (a COLLATE binary DESC);", true},
      {"CREATE UNIQUE INDEX i ON t (a COLLATE nocase);", false},
      {"CREATE UNIQUE INDEX i ON t (a) WHERE a > 0;", false},
      {"CREATE INDEX i ON t (a);", false},
  };
  for (const auto& each : kCases) {
    const auto before = SimulateStatements(
        std::string("CREATE TABLE t (a, CONSTRAINT k UNIQUE (a));") +
        each.index + "CREATE TABLE c (x REFERENCES t (a));");
    ASSERT_EQ(Messages(before->simulation), "") << each.index;
    const auto after = SimulateStatements("ALTER TABLE t DROP CONSTRAINT k;",
                                          before->simulation.after);
    EXPECT_EQ(Messages(after->simulation).empty(), each.serves) << each.index;
  }
}

TEST(Columns, AreUsedBesideZeroToo) {
  for (const char* user :
       {"CREATE TRIGGER r AFTER INSERT ON u BEGIN DELETE FROM t WHERE b = 1 "
        "AND "
        "0; END;",
        "CREATE TRIGGER r AFTER INSERT ON u BEGIN DELETE FROM t WHERE ((0x0)) "
        "AND b; END;",
        "CREATE VIEW r AS SELECT a FROM t WHERE b = 1 AND 0;"}) {
    const auto before = SimulateStatements(
        std::string("CREATE TABLE t (a, b); CREATE TABLE u (a);") + user);
    ASSERT_EQ(Messages(before->simulation), "") << user;
    const auto after = SimulateStatements("ALTER TABLE t DROP COLUMN b;",
                                          before->simulation.after);
    EXPECT_NE(Messages(after->simulation).find("`r` uses it"),
              std::string::npos)
        << user;
  }
}

}  // namespace
}  // namespace palindrome::catalog
