// The rows that a rehearsal makes up, and what it says of them.
#include <algorithm>

#include <gtest/gtest.h>

#include "compiler/rehearse/rehearse.h"
#include "compiler/rehearse/sqlite/synthesize.h"
#include "tests/unit/compiler/rehearse/rehearse_test_support.h"

namespace palindrome::rehearse {
namespace {

using Strings = std::vector<std::string>;

struct Made {
  std::unique_ptr<sqlite::Connection> connection;
  sqlite::SyntheticRows rows;
};

Made Fill(const std::string& schema, const Literals& literals = {}) {
  const test::Lowered lowered =
      test::LowerChange("", schema, lower::sqlite::kDefaultMinimum, true);
  const catalog::Slice slice = SliceOf(lowered.change.after);
  Made made;
  made.connection = std::make_unique<sqlite::Connection>(nullptr);
  EXPECT_FALSE(made.connection->Create(slice));
  made.rows = sqlite::Synthesize(slice, literals, 1, /*with_limits=*/true,
                                 *made.connection);
  return made;
}

Strings Query(Made& made, const std::string& sql) {
  Strings rows;
  const auto error =
      made.connection->RunTrusted(sql, [&rows](std::string_view row) {
        rows.emplace_back(row);
        return true;
      });
  EXPECT_FALSE(error) << error->message;
  return rows;
}

TEST(Synthesize, EveryStyleHasItsRow) {
  Made made = Fill("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);");
  EXPECT_EQ(made.rows.rows.size(), kPlainStyles);
  EXPECT_EQ(made.rows.empty, Strings{});
  EXPECT_EQ(Query(made, "SELECT count(*) FROM t WHERE a IS NULL AND b IS NULL"),
            Strings{"1"});
  EXPECT_EQ(Query(made, "SELECT count(*) FROM t WHERE a = ''"), Strings{"1"});
  EXPECT_EQ(Query(made, "SELECT count(*) FROM t WHERE length(a) > 200"),
            Strings{"1"});
  EXPECT_EQ(Query(made, "SELECT count(*) FROM t WHERE b = 9223372036854775807"),
            Strings{"1"});
}

// What a change of the type makes a number, and its way back leaves one.
TEST(Synthesize, AColumnOfAnythingHasATextOfDigits) {
  for (const char* type : {"", "BLOB"}) {
    Made made = Fill(std::string("CREATE TABLE t (a ") + type + ");");
    EXPECT_EQ(Query(made,
                    "SELECT count(*) FROM t WHERE typeof(a) = 'text' AND a = "
                    "CAST(CAST(a AS INTEGER) AS TEXT)"),
              Strings{"1"});
  }
}

// The word of a CHECK takes not every row.
TEST(Synthesize, ACheckedColumnOfAnythingHasNumbers) {
  Made made = Fill("CREATE TABLE t (a NOT NULL CHECK (typeof(a) <> 'blob'));");
  EXPECT_EQ(Query(made, "SELECT count(*) FROM t WHERE typeof(a) = 'integer'"),
            Strings{"1"});
}

TEST(Synthesize, ForeignKeysAreFollowed) {
  const std::string kSchemas[] = {
      "CREATE TABLE p (a INT, b TEXT, PRIMARY KEY (a, b));"
      "CREATE TABLE c (id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT NOT NULL,"
      " FOREIGN KEY (a, b) REFERENCES p);",
      // A table that refers to itself.
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES c);",
      // A circle.
      "CREATE TABLE p (id INTEGER PRIMARY KEY, c INT NOT NULL REFERENCES c);"
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p);",
      "CREATE TABLE p (id TEXT PRIMARY KEY) WITHOUT ROWID;"
      "CREATE TABLE c (p TEXT NOT NULL UNIQUE REFERENCES p (id)) STRICT;",
  };
  for (const std::string& schema : kSchemas) {
    SCOPED_TRACE(schema);
    Made made = Fill(schema);
    EXPECT_EQ(made.rows.empty, Strings{});
    EXPECT_EQ(Query(made, "SELECT count(*) >= 2 FROM c"), Strings{"1"});
    EXPECT_EQ(Query(made, "SELECT \"table\" FROM pragma_foreign_key_check"),
              Strings{});
  }
}

TEST(Synthesize, ConstraintsAreSatisfied) {
  const std::string kColumns[] = {
      "a TEXT NOT NULL CHECK (a IN ('new', 'old'))",
      "a INT CHECK (a BETWEEN 5000 AND 5003) NOT NULL",
      "a TEXT CHECK (length(a) = 36) NOT NULL",
      "a TEXT NOT NULL CHECK (json_valid(a))",
      "a INT, b INT, CHECK ((a IS NULL) <> (b IS NULL))",
      "a TEXT UNIQUE NOT NULL, b INT UNIQUE NOT NULL",
      "a BOOLEAN NOT NULL CHECK (a IN (0, 1))",
      "a BLOB NOT NULL, b AS (json_extract(a, '$.x')) STORED",
  };
  for (const std::string& columns : kColumns) {
    SCOPED_TRACE(columns);
    Made made =
        Fill("CREATE TABLE t (id INTEGER PRIMARY KEY, " + columns + ");");
    EXPECT_EQ(made.rows.empty, Strings{});
  }
}

TEST(Synthesize, ATableWithoutRowsIsNamed) {
  Made made = Fill(
      "CREATE TABLE t (a TEXT NOT NULL CHECK (a GLOB 'q?[0-9]'));"
      "CREATE TABLE u (a);");
  EXPECT_EQ(made.rows.empty, Strings{"t"});
}

TEST(Synthesize, NeitherTriggersNorConflictClausesAct) {
  Made made = Fill(
      "CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE);"
      "CREATE TABLE log (a);"
      "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END;");
  EXPECT_EQ(Query(made, "SELECT count(*) > 3 FROM t"), Strings{"1"});
}

TEST(Synthesize, LiteralsOfStatementsAreAmongTheValues) {
  Made made = Fill("CREATE TABLE t (id INTEGER PRIMARY KEY, status TEXT);",
                   {{"status", {"'spam'"}}});
  EXPECT_EQ(Query(made, "SELECT count(*) > 0 FROM t WHERE status = 'spam'"),
            Strings{"1"});
}

TEST(Synthesize, EachOfAFewLiteralsHasARow) {
  const Strings kWords = {"'a'", "'b'", "'c'", "'d'", "'e'", "'f'", "'g'"};
  for (const char* type : {"TEXT", "TEXT NOT NULL", "VARCHAR(9) UNIQUE"}) {
    for (std::size_t count = 1; count <= kWords.size(); ++count) {
      const auto end = kWords.begin() + static_cast<std::ptrdiff_t>(count);
      Made made =
          Fill(std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, word ") +
                   type + ");",
               {{"word", Strings(kWords.begin(), end)}});
      EXPECT_EQ(Query(made,
                      "SELECT count(DISTINCT word) FROM t WHERE "
                      "length(word) = 1"),
                Strings{std::to_string(count)})
          << type;
    }
  }
}

// What a parent that takes no row keeps from its children.
TEST(Synthesize, NothingRefersToATableWithoutRows) {
  Made made = Fill(
      "CREATE TABLE p (id TEXT PRIMARY KEY NOT NULL CHECK (id GLOB 'Q[7-8]!'));"
      "CREATE TABLE c (id INTEGER PRIMARY KEY, p TEXT NOT NULL REFERENCES p);"
      "CREATE TABLE d (id INTEGER PRIMARY KEY, p TEXT REFERENCES p);");
  EXPECT_EQ(made.rows.empty, (Strings{"p", "c"}));
  EXPECT_EQ(Query(made, "SELECT count(*) > 2 FROM d"), Strings{"1"});
  EXPECT_EQ(Query(made, "SELECT count(*) FROM d WHERE p IS NOT NULL"),
            Strings{"0"});
}

TEST(Synthesize, ABlobHasTheLengthThatACheckAsksFor) {
  Made made = Fill(
      "CREATE TABLE t (id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16)) "
      "STRICT;");
  EXPECT_EQ(Query(made,
                  "SELECT count(*) > 0 FROM t WHERE typeof(id) = "
                  "'blob' AND length(id) = 16"),
            Strings{"1"});
}

TEST(Synthesize, TheSameSeedGivesTheSameRows) {
  const char* schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b);";
  const Made one = Fill(schema);
  const Made other = Fill(schema);
  ASSERT_EQ(one.rows.rows.size(), other.rows.rows.size());
  for (std::size_t i = 0; i < one.rows.rows.size(); ++i) {
    EXPECT_EQ(one.rows.rows[i].insert, other.rows.rows[i].insert);
  }
}

constexpr char kUsers[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, size INT);";

TEST(RowsOfARehearsal, ALossIsShownByItsColumn) {
  const Case made = Make(kUsers, "UPDATE users SET name = lower(name);", "");
  const Result result = Rehearse(made.task);
  ASSERT_EQ(result.rows_not_restored.size(), 1U);
  const RowChange& change = result.rows_not_restored[0];
  EXPECT_EQ(change.table, "users");
  EXPECT_EQ(change.column, "name");
  EXPECT_FALSE(change.at_limits);
  EXPECT_NE(change.before, change.after);
}

TEST(RowsOfARehearsal, LossesAtTheLimitsAreToldApart) {
  const Case made = Make(kUsers, "UPDATE users SET size = size * 3;",
                         "UPDATE users SET size = size / 3;");
  const Result result = Rehearse(made.task);
  ASSERT_EQ(result.rows_not_restored.size(), 1U);
  EXPECT_TRUE(result.rows_not_restored[0].at_limits);
}

TEST(RowsOfARehearsal, RowsThatAreRefusedAreSetAside) {
  const Case made =
      Make(kUsers, "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
           "ALTER TABLE users ALTER COLUMN name DROP NOT NULL;");
  const Result result = Rehearse(made.task);
  EXPECT_FALSE(result.failure);
  ASSERT_TRUE(result.refused);
  EXPECT_EQ(result.refused->failure.phase, Phase::kUp);
  EXPECT_EQ(result.refused->table, "users");
  EXPECT_EQ(result.refused->count, 1U);
  EXPECT_NE(result.refused->row.find("name = NULL"), std::string::npos);
  EXPECT_FALSE(result.refused_later);
}

TEST(RowsOfARehearsal, LaterRowsMeetTheDowngrade) {
  const Case made =
      Make("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
           "ALTER TABLE users ALTER COLUMN name DROP NOT NULL;",
           "ALTER TABLE users ALTER COLUMN name SET NOT NULL;");
  const Result result = Rehearse(made.task);
  EXPECT_FALSE(result.failure);
  EXPECT_FALSE(result.refused);
  ASSERT_TRUE(result.refused_later);
  EXPECT_NE(result.refused_later->row.find("name = NULL"), std::string::npos);
}

TEST(RowsOfARehearsal, TheClockStandsStillAndChanceRepeatsItself) {
  const Case made =
      Make(kUsers,
           "ALTER TABLE users ADD COLUMN token TEXT;"
           "UPDATE users SET token = hex(randomblob(8)) || datetime('now');",
           "ALTER TABLE users DROP COLUMN token;");
  const Result result = Rehearse(made.task);
  EXPECT_FALSE(result.failure);
  EXPECT_TRUE(result.rows_otherwise_again.empty());
}

TEST(RowsOfARehearsal, WithoutRowsNothingIsMadeUp) {
  Case made = Make(kUsers, "UPDATE users SET name = lower(name);", "");
  made.task.with_rows = false;
  EXPECT_TRUE(Rehearse(made.task).rows_not_restored.empty());
}

TEST(RowsOfARehearsal, TheRowsOfTheHistoryComeAlong) {
  Case made = Make(kUsers, "DELETE FROM users WHERE name = 'root';", "");
  made.task.with_rows = false;
  made.task.rows_before = {std::make_shared<const Strings>(
      Strings{"INSERT INTO users (id, name) VALUES (1, 'root')"})};
  const Result result = Rehearse(made.task);
  ASSERT_EQ(result.rows_not_restored.size(), 1U);
  EXPECT_EQ(result.rows_not_restored[0].row, "id = 1");
  EXPECT_EQ(result.rows_not_restored[0].column, "");
  EXPECT_EQ(result.rows_not_restored[0].after, "");

  const auto after = RunForRows(made.task);
  ASSERT_TRUE(after);
  ASSERT_EQ(after->size(), 1U);
  EXPECT_EQ(after->front().inserts, Strings{});
}

// Behind a NUL byte a text goes on.
TEST(RowsOfARehearsal, ATextIsComparedToItsEnd) {
  Case made = Make(kUsers, "UPDATE users SET name = 'a' WHERE id = 1;", "");
  made.task.with_rows = false;
  made.task.rows_before = {std::make_shared<const Strings>(Strings{
      "INSERT INTO users (id, name) VALUES (1, CAST(x'610062' AS TEXT))"})};
  const Result result = Rehearse(made.task);
  ASSERT_EQ(result.rows_not_restored.size(), 1U);
  EXPECT_EQ(result.rows_not_restored[0].column, "name");
  EXPECT_EQ(result.rows_not_restored[0].before, "CAST(x'610062' AS TEXT)");
}

}  // namespace
}  // namespace palindrome::rehearse
