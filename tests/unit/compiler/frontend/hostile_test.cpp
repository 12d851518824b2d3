#include <chrono>
#include <random>
#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"
#include "tests/support/parse_properties.h"

namespace palindrome::parse {
namespace {

using frontend_test::kHeader;
using frontend_test::Parsed;
using frontend_test::WithUpgrade;

std::string Repeat(const std::string& text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t count = 0; count < times; ++count) {
    result += text;
  }
  return result;
}

TEST(Hostile, DeepNestingIsAnError) {
  constexpr std::size_t kDeep = 100000;
  const std::string open = Repeat("(", kDeep);
  const std::string nested = open + "1" + Repeat(")", kDeep);
  for (const std::string& body :
       {"CREATE TABLE t (a CHECK " + nested + ");",
        "UPDATE t SET a = " + nested + ";",
        "CREATE VIEW v AS SELECT " + nested + ";",
        "CREATE INDEX i ON t (" + open + ";",
        "FOR sqlite BEGIN ANALYZE " + nested + "; END;"}) {
    const Parsed parsed(WithUpgrade(body));
    ASSERT_EQ(parsed.emitter.diagnostics().size(), 1U);
    EXPECT_EQ(parsed.emitter.diagnostics()[0].message,
              "the parentheses nest too deeply");
  }
  diagnostics::Emitter emitter;
  const source::File file("s.sql", "CREATE VIEW v AS SELECT " + nested);
  EXPECT_FALSE(ParseStatement(file, emitter).has_value());
}

TEST(Hostile, ManyBlocksAndCases) {
  const Parsed cases(
      WithUpgrade("UPDATE t SET a = " + Repeat("CASE 1 WHEN ", 100000) + ";"));
  EXPECT_TRUE(cases.migration.upgrade.items.size() <= 1);
  const Parsed begins(kHeader + ("UPGRADE " + Repeat("BEGIN ", 100000)));
  EXPECT_FALSE(begins.migration.body_ok);
  const Parsed fors(kHeader +
                    ("UPGRADE BEGIN " + Repeat("FOR sqlite BEGIN ", 100000)));
  EXPECT_FALSE(fors.migration.body_ok);
}

TEST(Hostile, StopsAfterTooManyErrors) {
  const Parsed parsed(WithUpgrade(Repeat("1;", 100000)));
  const auto& all = parsed.emitter.diagnostics();
  ASSERT_EQ(all.size(), 501U);
  EXPECT_NE(parsed.errors.find("more than 499 errors"), std::string::npos);
}

TEST(Hostile, BytesThatAreNoText) {
  EXPECT_FALSE(Parsed(WithUpgrade(std::string("DROP \0 TABLE t;", 15)))
                   .migration.body_ok);
  const Parsed latin(WithUpgrade("CREATE TABLE \xE4\xFF (a);"));
  EXPECT_EQ(latin.errors, "");
  const Parsed cut(WithUpgrade("DROP \xC3"));
  EXPECT_FALSE(cut.migration.body_ok);
}

const std::string& ValidFile() {
  static const std::string kText =
      "-- Doc.\nMIGRATION 'it''s' REVISION 'a' REVISES 'b', 'c' DRAFT\n"
      "  ALLOW x-y BECAUSE 'z';\n"
      "UPGRADE BEGIN\n"
      "  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x' "
      "CHECK (a <> ''), b INT REFERENCES u (v) ON DELETE CASCADE, UNIQUE (a, "
      "b)) STRICT;\n"
      "  CREATE UNIQUE INDEX i ON t (a COLLATE nocase DESC) WHERE b > 0;\n"
      "  ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(10) USING trim(a);\n"
      "  CREATE TRIGGER r AFTER UPDATE OF a ON t WHEN new.a > 1 BEGIN UPDATE "
      "t SET b = CASE WHEN 1 THEN 2 END; END;\n"
      "  FOR sqlite BEGIN ANALYZE t; END;\n"
      "  UPDATE t SET a = \"b\" || [c] || `d`, e = x'00';\n"
      "END;\n"
      "DOWNGRADE BEGIN /* c */ DROP TABLE t; END;\n";
  return kText;
}

void ParseAnything(const std::string& text) {
  EXPECT_EQ(testing::FindMigrationFault(text), "") << text;
}

TEST(Hostile, EveryPrefixOfAFile) {
  const std::string& text = ValidFile();
  ASSERT_EQ(Parsed(text).errors, "");
  for (std::size_t size = 0; size < text.size(); ++size) {
    ParseAnything(text.substr(0, size));
  }
}

TEST(Hostile, EveryTokenLeftOut) {
  const source::File file("m.sql", ValidFile());
  diagnostics::Emitter emitter;
  const auto buffer = lex::Lex(file, emitter);
  for (const sql::Token& token : buffer.tokens) {
    std::string text = ValidFile();
    text.erase(token.offset, token.spelling.size());
    ParseAnything(text);
  }
}

TEST(Hostile, RandomMutations) {
  std::mt19937 random(20250115);  // NOLINT: the same tests in every run
  const std::string bytes("'\"`[];(),.-/*#\0\n\xC3 aE0", 21);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  for (int round = 0; round < 3000; ++round) {
    std::string text = ValidFile();
    const std::size_t edits = 1 + below(6);
    for (std::size_t edit = 0; edit < edits; ++edit) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0:
          text.erase(at, 1 + below(20));
          break;
        case 1:
          text.insert(at, 1, bytes[below(bytes.size())]);
          break;
        case 2:
          text[at] = bytes[below(bytes.size())];
          break;
        default:
          text.insert(at, ValidFile().substr(below(ValidFile().size()), 30));
          break;
      }
    }
    ParseAnything(text);
  }
}

double SecondsFor(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  const Parsed parsed(text);
  EXPECT_EQ(parsed.errors, "");
  const std::chrono::duration<double> taken =
      std::chrono::steady_clock::now() - begin;
  return taken.count();
}

TEST(Hostile, LargeFilesTakeLinearTime) {
  const std::string row =
      "INSERT INTO t (a, b) VALUES (1, 'some text that is not short');\n";
  const double small = SecondsFor(WithUpgrade(Repeat(row, 2000)));
  const double large = SecondsFor(WithUpgrade(Repeat(row, 160000)));
  // Eighty times the text; anything quadratic takes thousands of times longer.
  EXPECT_LT(large, 80 * 10 * small + 1);
}

TEST(Hostile, OneLargeStatement) {
  std::string values = "(1, 'x')";
  values += Repeat(",\n(1, 'x')", 500000);
  EXPECT_EQ(Parsed(WithUpgrade("INSERT INTO t VALUES " + values + ";")).errors,
            "");
}

}  // namespace
}  // namespace palindrome::parse
