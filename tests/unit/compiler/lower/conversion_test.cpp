// ALTER COLUMN TYPE: a value that would change or be lost stops the migration.
#include <gtest/gtest.h>

#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::test {
namespace {

using Rows = std::vector<std::string>;

struct Case {
  std::string from;
  std::string to;
  std::string value;
  std::string result;  // quote() of it; empty: refused.
};

class Conversion : public testing::TestWithParam<Case> {};

TEST_P(Conversion, KeepsOrRefuses) {
  const Case& param = GetParam();
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (k INTEGER PRIMARY KEY, c " + param.from + ");",
      "ALTER TABLE t ALTER COLUMN c SET DATA TYPE " + param.to + ";");
  const auto database =
      Given(lowered, "INSERT INTO t (c) VALUES (NULL), (" + param.value + ")");
  const Rows before = database->Query("SELECT k, quote(c) FROM t");
  const std::string wrong = database->Apply(lowered.program);
  if (param.result.empty()) {
    EXPECT_EQ(wrong.rfind("column `t`.`c` holds ", 0), 0U) << wrong;
    EXPECT_NE(wrong.find("conversion to `" + param.to + "`"), std::string::npos)
        << wrong;
    EXPECT_EQ(database->Query("SELECT k, quote(c) FROM t"), before);
    ExpectSchema(*database, lowered.given.after);
  } else {
    EXPECT_EQ(wrong, "");
    EXPECT_EQ(database->Query("SELECT k, quote(c) FROM t"),
              (Rows{"1|NULL", "2|" + param.result}));
    ExpectSchema(*database, lowered.change.after);
  }
}

INSTANTIATE_TEST_SUITE_P(
    TextToNumber, Conversion,
    testing::Values(
        Case{"TEXT", "INTEGER", "'12'", "12"},
        Case{"TEXT", "INTEGER", "'-5'", "-5"},
        Case{"TEXT", "INTEGER", "'9223372036854775807'", "9223372036854775807"},
        Case{"TEXT", "INTEGER", "'9223372036854775808'", ""},
        Case{"TEXT", "INTEGER", "'zzz'", ""}, Case{"TEXT", "INTEGER", "''", ""},
        Case{"TEXT", "INTEGER", "'012'", ""},
        Case{"TEXT", "INTEGER", "' 12'", ""},
        Case{"TEXT COLLATE RTRIM", "INTEGER", "'12 '", ""},
        Case{"TEXT", "INTEGER", "'1e3'", ""},
        Case{"TEXT", "INTEGER", "'1.0'", ""},
        Case{"TEXT", "INTEGER", "'\xc3\xa9'", ""},
        Case{"TEXT", "INTEGER", "'0x10'", ""},
        Case{"TEXT", "INTEGER", "'12' || char(0)", ""},
        Case{"TEXT", "INTEGER", "x'ff'", ""},
        Case{"TEXT", "REAL", "'1.5'", "1.5"}, Case{"TEXT", "REAL", "'zzz'", ""},
        Case{"TEXT COLLATE NOCASE", "REAL", "'1.0E+300'", ""},
        Case{"TEXT", "BOOLEAN", "'1'", "1"},
        Case{"TEXT", "BOOLEAN", "'yes'", ""},
        Case{"TEXT", "DECIMAL(10, 2)", "'1.10'", ""},
        Case{"TEXT", "DECIMAL(10, 2)", "'1.5'", "1.5"}));

INSTANTIATE_TEST_SUITE_P(
    NumberToNumber, Conversion,
    testing::Values(
        Case{"REAL", "INTEGER", "1.5", ""}, Case{"REAL", "INTEGER", "2.0", "2"},
        Case{"REAL", "INTEGER", "1e300", ""},
        Case{"REAL", "INTEGER", "9223372036854775808.0", ""},
        Case{"REAL", "INTEGER", "9e999", ""},
        Case{"INTEGER", "REAL", "7", "7.0"},
        Case{"INTEGER", "REAL", "562949953421312", "562949953421312.0"},
        Case{"INTEGER", "REAL", "9007199254740993", ""},
        Case{"INTEGER", "REAL", "9223372036854775807", ""},
        Case{"INTEGER", "BIGINT", "'zzz'", "'zzz'"},
        Case{"NUMERIC", "INTEGER", "1.5", ""}, Case{"", "INTEGER", "2.0", "2"},
        Case{"", "INTEGER", "'x'", ""}));

INSTANTIATE_TEST_SUITE_P(
    ToText, Conversion,
    testing::Values(
        Case{"INTEGER", "TEXT", "9223372036854775807", "'9223372036854775807'"},
        Case{"REAL", "TEXT", "2.0", "'2.0'"},
        Case{"REAL", "TEXT", "1 / 3.0", ""}, Case{"REAL", "TEXT", "9e999", ""},
        Case{"VARCHAR(5)", "TEXT", "'longer than 5'", "'longer than 5'"}));

INSTANTIATE_TEST_SUITE_P(
    FromBytes, Conversion,
    testing::Values(Case{"BLOB", "TEXT", "x'3132'", ""},
                    Case{"BLOB", "TEXT", "x'ff'", ""},
                    Case{"BLOB", "TEXT", "x''", ""},
                    Case{"BLOB", "INTEGER", "x'3432'", ""},
                    Case{"TEXT", "INTEGER", "x'3432'", ""},
                    Case{"TEXT", "REAL", "x'312e35'", ""},
                    Case{"TEXT", "DECIMAL(10, 2)", "x'3432'", ""},
                    Case{"INTEGER", "TEXT", "x'3432'", ""},
                    Case{"TEXT", "DATE", "x'3432'", "X'3432'"},
                    Case{"TEXT", "VARCHAR(9)", "x'3432'", "X'3432'"},
                    Case{"TEXT", "BLOB", "x'3432'", "X'3432'"},
                    Case{"BLOB", "TEXT", "'12'", "'12'"}));

INSTANTIATE_TEST_SUITE_P(
    Kept, Conversion,
    testing::Values(Case{"TEXT", "BLOB", "'012'", "'012'"},
                    Case{"INTEGER", "BLOB", "5", "5"},
                    Case{"TEXT", "DATE", "'2024-01-31'", "'2024-01-31'"},
                    Case{"TEXT", "DATETIME", "'20240131'", "20240131"},
                    Case{"TEXT", "DATE", "'007'", ""},
                    Case{"TEXT", "DATE", "'1e3'", ""},
                    Case{"", "DATE", "'007'", ""},
                    Case{"DATE", "TEXT", "'2024-01-31'", "'2024-01-31'"},
                    Case{"DATE", "INTEGER", "'2024-01-31'", ""}));

TEST(ConversionUsing, AnExpressionIsTheAuthorsWord) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (c TEXT, d TEXT);",
                  "ALTER TABLE t ALTER COLUMN c TYPE INTEGER USING"
                  " CASE t.c WHEN 'yes' THEN length(d) ELSE NULL END;");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES ('yes', 'abc'), ('no', 'x')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT quote(c), d FROM t"),
            (Rows{"3|abc", "NULL|x"}));
  ExpectSchema(*database, lowered.change.after);
}

TEST(ConversionUsing, AMereCastIsGuarded) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (c TEXT);",
                  "ALTER TABLE t ALTER COLUMN c TYPE INTEGER USING"
                  " CAST (\"C\" AS BIGINT);");
  const auto database = Given(lowered, "INSERT INTO t VALUES ('zzz')");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `t`.`c` holds 'zzz', which the conversion to `INTEGER` "
            "would change");
}

TEST(ConversionUsing, ACastMayTakeBytesForText) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (c BLOB);",
      "ALTER TABLE t ALTER COLUMN c TYPE TEXT USING CAST(c AS TEXT);");
  const auto database = Given(lowered, "INSERT INTO t VALUES (x'3132')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT quote(c) FROM t"), Rows{"'12'"});
}

TEST(ConversionStrict, AnyKeepsAndTypesAreChecked) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (c TEXT, d ANY) STRICT;",
                  "ALTER TABLE t ALTER COLUMN c TYPE ANY;"
                  "ALTER TABLE t ALTER COLUMN d TYPE INTEGER;");
  const auto database = Given(lowered, "INSERT INTO t VALUES ('012', '12')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT quote(c), quote(d) FROM t"),
            Rows{"'012'|12"});
  ExpectSchema(*database, lowered.change.after);
}

TEST(ConversionKeys, AConvertedParentKeyMustMatchItsChildren) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE p (id TEXT PRIMARY KEY);"
      "CREATE TABLE c (pid TEXT REFERENCES p (id));",
      "ALTER TABLE p ALTER COLUMN id TYPE BLOB;",
      lower::sqlite::kDefaultMinimum, /*allow_findings=*/true);
  const auto database =
      Given(lowered, "INSERT INTO p VALUES ('1'); INSERT INTO c VALUES ('1')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT quote(pid) FROM c"), Rows{"'1'"});
}

TEST(ConversionKeys, AKeyThatBecomesTheRowidHoldsNoNull) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (id INT PRIMARY KEY, a);",
                  "ALTER TABLE t ALTER COLUMN id TYPE INTEGER;");
  const auto database = Given(lowered, "INSERT INTO t VALUES (NULL, 'x')");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `t`.`id` holds NULL in 1 row");
  database->Execute("UPDATE t SET id = 7");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT rowid, id FROM t"), Rows{"7|7"});
}

}  // namespace
}  // namespace palindrome::test
