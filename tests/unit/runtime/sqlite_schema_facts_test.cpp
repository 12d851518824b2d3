#include "runtime/drivers/sqlite/sqlite_schema_facts.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace palindrome::sqlite {
namespace {

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

// The facts after `sql` on a new database in memory.
SchemaObjects Read(const std::string& sql) {
  sqlite3* opened = nullptr;
  EXPECT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
  const std::unique_ptr<sqlite3, Close> connection(opened);
  EXPECT_EQ(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr),
            SQLITE_OK)
      << sqlite3_errmsg(opened) << ": " << sql;
  auto schema = ReadSchema(opened);
  EXPECT_TRUE(schema.ok()) << schema.status().ToString();
  return schema.ok() ? std::move(schema).value() : SchemaObjects();
}

std::vector<std::string> Lines(const std::string& sql) {
  std::vector<std::string> lines;
  for (const SchemaObject& object : Read(sql)) {
    for (const SchemaFact& fact : object.facts) {
      lines.push_back(object.kind + ' ' + object.name + ": " + fact.key +
                      " = " + fact.value);
    }
  }
  return lines;
}

using List = std::vector<std::string>;

TEST(ReadSchema, ReadsAColumnInParenthesesAsTheColumn) {
  const List bare = Lines(
      "CREATE TABLE t (a, b, PRIMARY KEY (a), UNIQUE (a, b COLLATE NOCASE));"
      "CREATE INDEX i ON t (a, b COLLATE NOCASE DESC)");
  for (const char* same :
       {"CREATE TABLE t (a, b, PRIMARY KEY ((a)),"
        " UNIQUE ((a), (b COLLATE NOCASE)));"
        "CREATE INDEX i ON t ((a), ((b)) COLLATE NOCASE DESC)",
        "CREATE TABLE t (a, b, PRIMARY KEY (((a))),"
        " UNIQUE ((\"a\"), (b) COLLATE BINARY COLLATE NOCASE));"
        "CREATE INDEX i ON t (('a') ASC, (b COLLATE NOCASE) DESC)"}) {
    EXPECT_EQ(Lines(same), bare) << same;
  }
  EXPECT_EQ(Lines("CREATE TABLE t (a, b);"
                  "CREATE INDEX i ON t ((a) || (b), (a || b) COLLATE NOCASE)"),
            List({"index i: columns = ((a) || (b), (a || b) COLLATE nocase)",
                  "table t: column `a` = (no type)",
                  "table t: column `b` = (no type)"}));
}

TEST(ReadSchema, ReadsColumns) {
  EXPECT_EQ(
      Lines("CREATE TABLE t (a, b varchar ( 20 ) NOT NULL DEFAULT 'Pending',"
            " c unsigned  big int NOT NULL ON CONFLICT IGNORE DEFAULT -1"
            " COLLATE NOCASE, d TEXT DEFAULT (lower( 'X' )),"
            " e INT GENERATED ALWAYS AS (A + 1) STORED,"
            " f INT AS (a) , g DECIMAL(10, 2) NULL DEFAULT (1.50),"
            " h TEXT DEFAULT word)"),
      List({"table t: column `a` = (no type)",
            "table t: column `b` = VARCHAR(20) NOT NULL DEFAULT 'Pending'",
            "table t: column `c` = UNSIGNED BIG INT NOT NULL ON CONFLICT "
            "ignore DEFAULT -1 COLLATE nocase",
            "table t: column `d` = TEXT DEFAULT (lower('X'))",
            "table t: column `e` = INT GENERATED ALWAYS AS (a + 1) STORED",
            "table t: column `f` = INT GENERATED ALWAYS AS (a) VIRTUAL",
            "table t: column `g` = DECIMAL(10,2) DEFAULT 1.50",
            "table t: column `h` = TEXT DEFAULT 'word'"}));
}

TEST(ReadSchema, ReadsConstraintsOfBothFormsAlike) {
  const std::string columns =
      "CREATE TABLE p (k PRIMARY KEY);"
      "CREATE TABLE t (a INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT,"
      " b UNIQUE ON CONFLICT REPLACE, c CONSTRAINT pos CHECK (c > 0),"
      " d CHECK (\"d\" < 9), e REFERENCES p (k) ON DELETE CASCADE"
      " DEFERRABLE INITIALLY DEFERRED)";
  const std::string table =
      "CREATE TABLE p (k, PRIMARY KEY (k));"
      "CREATE TABLE t (a INTEGER, b, c, d, e,"
      " CONSTRAINT pk PRIMARY KEY (a AUTOINCREMENT)"
      " UNIQUE (b) ON CONFLICT REPLACE, CONSTRAINT pos CHECK (c > 0),"
      " CHECK (D<9), FOREIGN KEY (e) REFERENCES p(k) ON UPDATE NO ACTION"
      " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)";
  EXPECT_EQ(Lines(columns), Lines(table));
  EXPECT_EQ(
      Lines(columns),
      List(
          {"table p: column `k` = (no type)", "table p: primary key = (k)",
           "table t: check (c > 0) = (c > 0) CONSTRAINT pos",
           "table t: check (d < 9) = (d < 9)", "table t: column `a` = INTEGER",
           "table t: column `b` = (no type)", "table t: column `c` = (no type)",
           "table t: column `d` = (no type)", "table t: column `e` = (no type)",
           "table t: foreign key (`e`) = REFERENCES p ON DELETE "
           "cascade DEFERRABLE INITIALLY deferred (k)",
           "table t: primary key = (a) AUTOINCREMENT CONSTRAINT pk",
           "table t: unique (`b`) = (b) ON CONFLICT replace"}));
}

TEST(ReadSchema, ReadsOptionsIndexesViewsAndTriggers) {
  EXPECT_EQ(
      Lines("CREATE TABLE T (A TEXT PRIMARY KEY, b INT) WITHOUT ROWID, STRICT;"
            "CREATE UNIQUE INDEX i ON t (a COLLATE nocase DESC, lower(\"B\"))"
            " WHERE b IS NOT NULL;"
            "CREATE VIEW v (x) AS SELECT [a] FROM t -- c\n;"
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM T; END;"),
      List({"index i: columns = (a COLLATE nocase DESC, lower(b))",
            "index i: unique = UNIQUE", "index i: where = b is not null",
            "table T: column `a` = TEXT", "table T: column `b` = INT",
            "table T: option = STRICT", "table T: option = WITHOUT ROWID",
            "table T: primary key = (a)",
            "trigger g: definition = after insert on t begin delete from t; "
            "end",
            "view v: definition = (x) as select a from t"}));
}

TEST(ReadSchema, KeepsTheColumnLevelDescApart) {
  EXPECT_NE(Lines("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)"),
            Lines("CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))"));
}

TEST(ReadSchema, LeavesOutWhatIsNotTheUsers) {
  EXPECT_EQ(Lines("CREATE TABLE palindrome_x (a UNIQUE);"
                  "CREATE TABLE Palindrome_Y (a INTEGER PRIMARY KEY"
                  " AUTOINCREMENT);"
                  "CREATE INDEX PALINDROME_i ON palindrome_x (a);"),
            List());
}

TEST(ReadSchema, ReadsVirtualTablesWithoutTheirShadows) {
  EXPECT_EQ(Lines("CREATE VIRTUAL TABLE d USING fts5(Body, content='')"),
            List({"table d: virtual = using fts5(body, content = '')"}));
}

TEST(ReadSchema, ReadsATableThatASelectMade) {
  EXPECT_EQ(
      Lines("CREATE TABLE t (a INT, b TEXT);"
            "CREATE TABLE u AS SELECT a, b AS \"B c\" FROM t"),
      List({"table t: column `a` = INT", "table t: column `b` = TEXT",
            "table u: column `a` = INT", "table u: column `b c` = TEXT"}));
}

TEST(ReadSchema, ReportsTheOrderOfColumnsBesideTheFacts) {
  const SchemaObjects one = Read("CREATE TABLE t (a, B)");
  const SchemaObjects two = Read("CREATE TABLE t (b, a)");
  EXPECT_EQ(one[0].facts, two[0].facts);
  EXPECT_EQ(one[0].column_order, List({"a", "B"}));
  EXPECT_EQ(two[0].column_order, List({"b", "a"}));
}

// Each pair is one schema to SQLite.
TEST(ReadSchema, DoesNotSeeHowItIsWritten) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"CREATE TABLE \"Order\" (\"A\" int)", "create table [order](`a` INT)"},
      {"CREATE TABLE t (a DEFAULT ('x'))", "CREATE TABLE t (a DEFAULT 'x')"},
      {"CREATE TABLE t (a DEFAULT (-1))", "CREATE TABLE t (a DEFAULT - 1)"},
      {"CREATE TABLE t (a COLLATE BINARY)", "CREATE TABLE t (a)"},
      {"CREATE TABLE t (a NOT NULL ON CONFLICT ABORT)",
       "CREATE TABLE t (a NOT NULL)"},
      {"CREATE TABLE t (a NULL)", "CREATE TABLE t (a)"},
      {"CREATE TABLE t (a); CREATE INDEX i ON t (a ASC)",
       "CREATE TABLE t (a); CREATE INDEX I ON T ('a')"},
      {"CREATE TABLE t (a, b); ALTER TABLE t ADD COLUMN c INT",
       "CREATE TABLE t (a, b, c INT)"},
      {"CREATE TABLE t (a, b, CHECK (a > 0)); ALTER TABLE t ADD COLUMN c INT",
       "CREATE TABLE t (a, b, c INT, CHECK (a > 0))"}};
  for (const auto& [left, right] : pairs) {
    EXPECT_EQ(CatalogDigest(Read(left)), CatalogDigest(Read(right)))
        << left << '\n'
        << right;
  }
}

// Names of constraints, parent columns, MATCH.
TEST(ReadSchema, KeepsWhatIsNotDigestedApart) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"(a INT PRIMARY KEY)", "(a INT CONSTRAINT k PRIMARY KEY)"},
      {"(a INT UNIQUE)", "(a INT CONSTRAINT u UNIQUE)"},
      {"(a INT, CONSTRAINT u UNIQUE (a))", "(a INT, CONSTRAINT v UNIQUE (a))"},
      {"(a INT CHECK (a > 0))", "(a INT CONSTRAINT c CHECK (a > 0))"},
      {"(a INT CONSTRAINT b CHECK (a > 0) CONSTRAINT c CHECK (a > 1))",
       "(a INT CONSTRAINT c CHECK (a > 0) CONSTRAINT b CHECK (a > 1))"},
      {"(a INT REFERENCES t)", "(a INT CONSTRAINT f REFERENCES t)"},
      {"(a INT REFERENCES t)", "(a INT REFERENCES t (a))"},
      {"(a INT REFERENCES t)", "(a INT REFERENCES t MATCH FULL)"}};
  for (const auto& [one, other] : pairs) {
    const SchemaObjects left = Read("CREATE TABLE t " + one);
    const SchemaObjects right = Read("CREATE TABLE t " + other);
    EXPECT_EQ(CatalogDigest(left), CatalogDigest(right)) << other;
    EXPECT_FALSE(CompareSchemas(left, right).empty()) << other;
    EXPECT_TRUE(CompareSchemas(AsDigested(left), AsDigested(right)).empty())
        << other;
  }
}

// SQLite rewrites texts, and quotes names, when something is renamed.
TEST(ReadSchema, IsStableUnderRenames) {
  const std::string schema =
      "CREATE TABLE p (id INTEGER PRIMARY KEY, n TEXT CHECK (p.n <> ''));"
      "CREATE TABLE c (a REFERENCES p (id), b, FOREIGN KEY (b) REFERENCES p);"
      "CREATE INDEX i ON p (n, lower(n)) WHERE n > 'a';"
      "CREATE VIEW v AS SELECT p.n, id FROM p WHERE p.id > 1;"
      "CREATE TRIGGER g AFTER UPDATE OF n ON p BEGIN"
      " UPDATE c SET a = new.id WHERE a = old.id; END;";
  const std::string digest = CatalogDigest(Read(schema));
  EXPECT_EQ(CatalogDigest(Read(schema + "ALTER TABLE p RENAME TO q;"
                                        "ALTER TABLE q RENAME TO p;")),
            digest);
  EXPECT_EQ(CatalogDigest(Read(schema + "ALTER TABLE p RENAME COLUMN n TO m;"
                                        "ALTER TABLE p RENAME COLUMN m TO n;")),
            digest);
  EXPECT_NE(CatalogDigest(Read(schema + "ALTER TABLE p RENAME TO q;")), digest);
}

// Each statement differs from every other.
TEST(ReadSchema, SeesEveryAttribute) {
  const std::vector<std::string> bodies = {
      "(a)",
      "(a INT)",
      "(a TEXT)",
      "(a INT NOT NULL)",
      "(a INT NOT NULL ON CONFLICT FAIL)",
      "(a INT DEFAULT 1)",
      "(a INT DEFAULT 2)",
      "(a INT DEFAULT '1')",
      "(a INT DEFAULT \"x\")",
      "(a INT DEFAULT \"X\")",
      "(a INT DEFAULT true)",
      "(a INT DEFAULT \"true\")",
      "(a INT COLLATE NOCASE)",
      "(a INT COLLATE RTRIM)",
      "(a INT PRIMARY KEY)",
      "(a INT PRIMARY KEY DESC)",
      "(a INT PRIMARY KEY ON CONFLICT FAIL)",
      "(a INTEGER PRIMARY KEY)",
      "(a INTEGER PRIMARY KEY AUTOINCREMENT)",
      "(a INT PRIMARY KEY) WITHOUT ROWID",
      "(a INT) STRICT",
      "(a INT UNIQUE)",
      "(a INT UNIQUE ON CONFLICT FAIL)",
      "(a INT, UNIQUE (a DESC))",
      "(a INT, UNIQUE (a COLLATE nocase))",
      "(a INT CHECK (a > 0))",
      "(a INT CHECK (a > 1))",
      "(a INT CHECK (a > 'X'))",
      "(a INT CHECK (a > 'x'))",
      "(a INT CHECK (a > \"X\"))",
      "(a INT REFERENCES t)",
      "(a INT REFERENCES u)",
      "(a INT REFERENCES t ON DELETE CASCADE)",
      "(a INT REFERENCES t ON DELETE SET NULL)",
      "(a INT REFERENCES t ON UPDATE CASCADE)",
      "(a INT REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
      "(a INT, b INT AS (a))",
      "(a INT, b INT AS (a) STORED)",
      "(a INT, b INT AS (a + 1))",
      "(a INT, b INT)"};
  std::vector<std::pair<std::string, std::string>> digests;
  for (const std::string& body : bodies) {
    std::string digest = CatalogDigest(Read("CREATE TABLE t " + body));
    for (const auto& [other, its_digest] : digests) {
      // SQLite takes `"X"`, where no column is called so, for 'X'.
      const bool is_same = body == "(a INT CHECK (a > \"X\"))" &&
                           other == "(a INT CHECK (a > 'X'))";
      EXPECT_EQ(digest == its_digest, is_same) << body << " and " << other;
    }
    digests.emplace_back(body, std::move(digest));
  }
}

TEST(ReadSchema, SeesEveryAttributeOfIndexes) {
  const std::vector<std::string> indexes = {"INDEX i ON t (a)",
                                            "UNIQUE INDEX i ON t (a)",
                                            "INDEX i ON t (a DESC)",
                                            "INDEX i ON t (a COLLATE nocase)",
                                            "INDEX i ON t (a COLLATE binary)",
                                            "INDEX i ON t (b)",
                                            "INDEX i ON t (a, b)",
                                            "INDEX i ON t (b, a)",
                                            "INDEX i ON t (lower(a))",
                                            "INDEX i ON t (a) WHERE a > 0",
                                            "INDEX i ON t (a) WHERE a > 1",
                                            "INDEX i ON u (a)",
                                            "INDEX j ON t (a)"};
  std::vector<std::string> digests;
  for (const std::string& index : indexes) {
    digests.push_back(CatalogDigest(
        Read("CREATE TABLE t (a, b); CREATE TABLE u (a, b); CREATE " + index)));
    for (std::size_t i = 0; i + 1 < digests.size(); ++i) {
      EXPECT_NE(digests[i], digests.back()) << indexes[i] << " and " << index;
    }
  }
}

TEST(ReadSchema, KeepsItsFormat) {
  EXPECT_EQ(
      CatalogDigest(Read("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT"
                         " NOT NULL);"
                         "CREATE INDEX ix ON users (name);"
                         "CREATE VIEW names AS SELECT name FROM users;")),
      "s1:"
      "e02f5f6f99ffdd5b12ab8162d7a00ae0d670c1688b36b65a8b47464fadfd20c5");
}

TEST(ReadSchema, RefusesWhatIsNoDatabase) {
  sqlite3* opened = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
  const std::unique_ptr<sqlite3, Close> connection(opened);
  std::string bytes(4096, 'x');
  ASSERT_EQ(sqlite3_deserialize(opened, "main",
                                reinterpret_cast<unsigned char*>(bytes.data()),
                                static_cast<sqlite3_int64>(bytes.size()),
                                static_cast<sqlite3_int64>(bytes.size()),
                                SQLITE_DESERIALIZE_READONLY),
            SQLITE_OK);
  const auto schema = ReadSchema(opened);
  ASSERT_FALSE(schema.ok());
  EXPECT_EQ(schema.status().code(), StatusCode::kNotADatabase)
      << schema.status().ToString();
}

}  // namespace
}  // namespace palindrome::sqlite
