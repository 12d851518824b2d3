// Rebuilds that become one: which do, and that they leave behind what each by
// itself leaves behind, and refuse what each refuses.
#include "compiler/lower/sqlite/merge.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "palindrome/migration.h"
#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::test {
namespace {

constexpr char kTable[] =
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, "
    "b INTEGER, c TEXT UNIQUE, parent INTEGER REFERENCES t (id));"
    "CREATE INDEX ix_a ON t (a) WHERE b > 0;"
    "CREATE TABLE log (what TEXT);"
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES "
    "(new.a); END;";
constexpr char kRows[] =
    "INSERT INTO t VALUES (1, 'x', 5, 'p', NULL), (7, NULL, NULL, 'q', 1),"
    "(9, '12', -3, NULL, 7);"
    "DELETE FROM t WHERE id = 9;";

std::size_t Copies(const lower::Program& program) {
  return static_cast<std::size_t>(
      std::count_if(program.statements.begin(), program.statements.end(),
                    [](const lower::Statement& statement) {
                      return (statement.flags & table::kCopiesRows) != 0;
                    }));
}

std::optional<lower::Program> Merge(const Lowered& lowered) {
  return lower::sqlite::MergeWithin({&lowered.change, &lowered.program});
}

std::vector<std::string> ContentsOf(Database& database) {
  std::vector<std::string> contents = database.Query("SELECT rowid, * FROM t");
  for (const char* query :
       {"SELECT * FROM log", "SELECT name, seq FROM sqlite_sequence",
        "SELECT type, name, sql FROM sqlite_master"}) {
    const auto more = database.Query(query);
    contents.insert(contents.end(), more.begin(), more.end());
  }
  return contents;
}

// Findings of rules do not matter here.
Lowered Lower(const std::string& given, const std::string& change) {
  return LowerChange(given, change, lower::sqlite::kDefaultMinimum,
                     /*allow_findings=*/true);
}

// The number of copies that are left of the change's; it leaves the same
// behind.
std::size_t CopiesLeft(const std::string& change) {
  const Lowered lowered = Lower(kTable, change);
  const auto merged = Merge(lowered);
  if (!merged) {
    return Copies(lowered.program);
  }
  const auto plain = Given(lowered, kRows);
  const auto taken = Given(lowered, kRows);
  EXPECT_EQ(plain->Apply(lowered.program), "");
  EXPECT_EQ(taken->Apply(*merged), "");
  EXPECT_EQ(ContentsOf(*taken), ContentsOf(*plain)) << change;
  return Copies(*merged);
}

TEST(Merge, RebuildsOfOneTableAreOne) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';"
                       "ALTER TABLE t ALTER COLUMN b SET DEFAULT 3;"
                       "ALTER TABLE t ADD CONSTRAINT ck CHECK (b < 100);"
                       "ALTER TABLE t ADD CONSTRAINT un UNIQUE (a, b);"
                       "ALTER TABLE t DROP CONSTRAINT un;"
                       "ALTER TABLE t ALTER COLUMN a DROP DEFAULT;"),
            2U);
}

TEST(Merge, ANewColumnKeepsItsDefault) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ADD COLUMN d TEXT DEFAULT (1 + 1);"
                       "ALTER TABLE t ALTER COLUMN d SET DEFAULT 'later';"
                       "ALTER TABLE t ALTER COLUMN d SET NOT NULL;"),
            1U);
}

TEST(Merge, AConversionReadsTheOldValues) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ALTER COLUMN b SET DEFAULT 3;"
                       "ALTER TABLE t ALTER COLUMN b TYPE TEXT;"
                       "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';"),
            1U);
}

// What is stored in between depends on the type, though nothing is computed.
TEST(Merge, ATypeThatStoresOtherwiseIsAConversion) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ADD COLUMN d INT DEFAULT ('1' || '2');"
                       "ALTER TABLE t ALTER COLUMN d TYPE BLOB;"),
            2U);
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ADD COLUMN d INT DEFAULT ('1' || '2');"
                       "ALTER TABLE t ALTER COLUMN d TYPE BIGINT;"),
            1U);
  const Lowered lowered = Lower("CREATE TABLE t (a TEXT, b ANY) STRICT;",
                                "ALTER TABLE t ALTER COLUMN a TYPE BLOB;"
                                "ALTER TABLE t ALTER COLUMN a TYPE ANY;");
  EXPECT_FALSE(Merge(lowered).has_value());
}

// The second would read what the first has made.
TEST(Merge, ASecondConversionOfAColumnIsARebuildOfItsOwn) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ALTER COLUMN b TYPE TEXT;"
                       "ALTER TABLE t ALTER COLUMN b TYPE INTEGER;"),
            2U);
}

TEST(Merge, AnExpressionReadsNoColumnThatWasConverted) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ALTER COLUMN b TYPE TEXT;"
                       "ALTER TABLE t ALTER COLUMN a TYPE INTEGER "
                       "USING length(typeof(b));"),
            2U);
}

// A check of the values before is no check of those after.
TEST(Merge, AConversionAfterANewConstraintIsARebuildOfItsOwn) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ADD CONSTRAINT ck CHECK (b IS NOT 'x');"
                       "ALTER TABLE t ALTER COLUMN b TYPE TEXT;"),
            2U);
}

TEST(Merge, AConstraintThatWasTestedOnNewValuesStays) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ALTER COLUMN c TYPE VARCHAR(10) "
                       "USING upper(c);"
                       "ALTER TABLE t ALTER COLUMN c SET NOT NULL;"),
            1U);
  const Lowered lowered =
      Lower("CREATE TABLE t (a TEXT, b TEXT, CONSTRAINT un UNIQUE (a));",
            "ALTER TABLE t ALTER COLUMN a TYPE TEXT USING lower(a);"
            "ALTER TABLE t DROP CONSTRAINT un;");
  EXPECT_FALSE(Merge(lowered).has_value());
}

TEST(Merge, AChangedKeyIsARebuildOfItsOwn) {
  const Lowered lowered =
      Lower("CREATE TABLE t (a INTEGER, b TEXT);",
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x';"
            "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a);");
  EXPECT_FALSE(Merge(lowered).has_value());
}

TEST(Merge, OtherStatementsStayBetween) {
  EXPECT_EQ(CopiesLeft("ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';"
                       "CREATE INDEX ix_b ON t (b);"
                       "ALTER TABLE t ALTER COLUMN b SET DEFAULT 3;"),
            2U);
  const Lowered lowered =
      Lower(kTable,
            "CREATE TABLE u (a TEXT, b TEXT);"
            "ALTER TABLE u ALTER COLUMN a SET DEFAULT 'x';"
            "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';");
  EXPECT_FALSE(Merge(lowered).has_value());
}

// Rows that a rebuild refuses are refused by the one that takes its place.
TEST(Merge, ItRefusesWhatEachRefuses) {
  for (const char* change :
       {"ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';"
        "ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
        "ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 0 AND a > '');"
        "ALTER TABLE t ADD CONSTRAINT un UNIQUE (a);",
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';"
        "ALTER TABLE t ALTER COLUMN a TYPE INTEGER;"}) {
    const Lowered lowered = Lower(kTable, change);
    const auto merged = Merge(lowered);
    ASSERT_TRUE(merged.has_value()) << change;
    const auto database = Given(
        lowered, "INSERT INTO t (a, b) VALUES (NULL, 0), ('x', 0), ('x', 0);");
    const auto before = ContentsOf(*database);
    EXPECT_NE(database->Apply(*merged), "") << change;
    EXPECT_EQ(ContentsOf(*database), before);
  }
}

TEST(Merge, AcrossMigrationsOnlyRebuildsOfOneTable) {
  const std::string first = "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';";
  const std::string second = "ALTER TABLE t ADD CONSTRAINT ck CHECK (b < 100);";
  const std::string third =
      "ALTER TABLE t ALTER COLUMN b SET DEFAULT 3;"
      "CREATE INDEX ix_b ON t (b);";
  const Lowered one = Lower(kTable, first);
  const Lowered two = Lower(kTable + first, second);
  const Lowered three = Lower(kTable + first + second, third);
  const auto merged =
      lower::sqlite::MergeAcross({{&one.change, &one.program},
                                  {&two.change, &two.program},
                                  {&three.change, &three.program}});
  EXPECT_EQ(merged.count, 2U);
  EXPECT_EQ(Copies(merged.program), 1U);
  const auto plain = Given(one, kRows);
  const auto taken = Given(one, kRows);
  EXPECT_EQ(plain->Apply(one.program), "");
  EXPECT_EQ(plain->Apply(two.program), "");
  EXPECT_EQ(taken->Apply(merged.program), "");
  EXPECT_EQ(ContentsOf(*taken), ContentsOf(*plain));

  const auto none = lower::sqlite::MergeAcross(
      {{&three.change, &three.program}, {&two.change, &two.program}});
  EXPECT_EQ(none.count, 0U);
}

// A constraint that is gone at the end would never be tested.
TEST(Merge, AcrossMigrationsAConstraintStays) {
  const std::string first = "ALTER TABLE t ADD CONSTRAINT ck CHECK (b < 100);";
  const std::string second = "ALTER TABLE t DROP CONSTRAINT ck;";
  const Lowered one = Lower(kTable, first);
  const Lowered two = Lower(kTable + first, second);
  EXPECT_EQ(lower::sqlite::MergeAcross(
                {{&one.change, &one.program}, {&two.change, &two.program}})
                .count,
            1U);
}

}  // namespace
}  // namespace palindrome::test
