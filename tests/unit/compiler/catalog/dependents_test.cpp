// What uses a column or table keeps it from being dropped, renamed or retyped.

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
