// The engine version that statements and tables need.
#include "compiler/lower/sqlite/features.h"

#include <gtest/gtest.h>

#include "compiler/lower/sqlite/table_facts.h"

namespace palindrome::lower::sqlite {
namespace {

struct Case {
  const char* sql;
  std::uint32_t needed;
};

class NeededBySql : public testing::TestWithParam<Case> {};

TEST_P(NeededBySql, IsReadFromItsTokens) {
  EXPECT_EQ(NeededBy(std::string_view(GetParam().sql)), GetParam().needed);
}

INSTANTIATE_TEST_SUITE_P(
    Features, NeededBySql,
    testing::Values(
        Case{"INSERT INTO t VALUES (1)", 0},
        Case{"INSERT INTO t VALUES (1) RETURNING a", 3035000},
        Case{"DELETE FROM t WHERE a = 1 returning *", 3035000},
        Case{"UPDATE t SET returning = 1", 0},
        Case{"UPDATE t SET a = returning WHERE returning = 2", 0},
        Case{"INSERT INTO t (returning) VALUES (1)", 0},
        Case{"INSERT INTO t VALUES ('RETURNING a')", 0},
        Case{"INSERT INTO t VALUES (1) -- RETURNING a", 0},
        Case{"UPDATE t SET a = b ->> '$.c'", 3038000},
        Case{"UPDATE t SET a = b -> 'c'", 3038000},
        Case{"UPDATE t SET a = 1 WHERE a IS NOT DISTINCT FROM b", 3039000},
        Case{"INSERT INTO t SELECT * FROM a FULL OUTER JOIN b", 3039000},
        Case{"INSERT INTO t SELECT * FROM a LEFT JOIN b", 0},
        Case{"UPDATE t SET a = iif(b, 1, 2)", 3032000},
        Case{"CREATE VIEW v AS SELECT a FROM t ORDER BY a NULLS LAST", 3030000},
        Case{"CREATE VIEW v AS SELECT count(*) FILTER (WHERE a) FROM t",
             3030000},
        Case{"WITH x AS NOT MATERIALIZED (SELECT 1) DELETE FROM t", 3035000}));

INSTANTIATE_TEST_SUITE_P(
    Clauses, NeededBySql,
    testing::Values(
        Case{"UPDATE t SET a = u.a FROM u WHERE u.id = t.id", 3033000},
        Case{"WITH x AS (SELECT 1) UPDATE t SET (a, b) = (1, 2) FROM x",
             3033000},
        Case{"UPDATE t SET a = (SELECT a FROM u) WHERE b IN (SELECT b FROM u)",
             0},
        Case{"CREATE TRIGGER r AFTER UPDATE ON t BEGIN DELETE FROM u; END", 0},
        Case{"CREATE TRIGGER r AFTER UPDATE ON t BEGIN UPDATE u SET a = 1; "
             "DELETE FROM u; END",
             0},
        Case{"CREATE TRIGGER r AFTER DELETE ON t BEGIN UPDATE u SET a = x.a "
             "FROM x; END",
             3033000},
        Case{"INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING", 0},
        Case{"INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", 0},
        Case{"INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", 0},
        Case{"INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 2",
             3035000},
        Case{"INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING "
             "ON CONFLICT (b) DO NOTHING",
             3035000},
        Case{"CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE, "
             "b UNIQUE ON CONFLICT FAIL)",
             0},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER (ORDER BY a GROUPS BETWEEN 1 "
             "PRECEDING AND CURRENT ROW) FROM t",
             3028000},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER (ORDER BY a GROUPS 2 "
             "PRECEDING) FROM t",
             3028000},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER (ORDER BY a ROWS UNBOUNDED "
             "PRECEDING EXCLUDE TIES) FROM t",
             3028000},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER (PARTITION BY b ORDER BY a) "
             "FROM t",
             0},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER w FROM t WINDOW w AS "
             "(ORDER BY a)",
             0},
        Case{"CREATE VIEW v AS SELECT groups, exclude FROM t", 0},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN 5 "
             "PRECEDING AND CURRENT ROW) FROM t",
             3028000},
        Case{"CREATE VIEW v AS SELECT sum(a) OVER (ORDER BY a RANGE UNBOUNDED "
             "PRECEDING) FROM t",
             0},
        Case{"CREATE VIEW v AS SELECT range, (range) FROM t", 0},
        Case{"INSERT INTO t VALUES (1_000)", 3046000},
        Case{"INSERT INTO t_1 VALUES (1000, '1_000')", 0},
        Case{"CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'trigram "
             "case_sensitive 1')",
             3034000},
        Case{"CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'porter')", 0},
        Case{"CREATE VIRTUAL TABLE f USING fts5(a, content = '', "
             "contentless_delete = 1)",
             3043000},
        Case{"CREATE VIEW v AS SELECT group_concat(a, ',' ORDER BY b) FROM t",
             3044000},
        Case{"CREATE VIEW v AS SELECT a FROM (SELECT a FROM t ORDER BY a)", 0},
        Case{"CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT RAISE(ABORT, "
             "'no'); END",
             0},
        Case{"CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT RAISE(ABORT, "
             "'no ' || OLD.a); END",
             3047000}));

INSTANTIATE_TEST_SUITE_P(
    Functions, NeededBySql,
    testing::Values(
        Case{"UPDATE t SET a = format('%d', b)", 3038000},
        Case{"UPDATE t SET a = Unixepoch()", 3038000},
        Case{"UPDATE t SET a = pow(b, 2)", 3035000},
        Case{"CREATE INDEX i ON t (ceil(a))", 3035000},
        Case{"UPDATE t SET a = unhex(b)", 3041000},
        Case{"UPDATE t SET a = octet_length(b)", 3043000},
        Case{"UPDATE t SET a = timediff(b, c)", 3043000},
        Case{"UPDATE t SET a = concat(b, c)", 3044000},
        Case{"CREATE VIEW v AS SELECT string_agg(a, ',') FROM t", 3044000},
        Case{"UPDATE t SET a = jsonb(b)", 3045000},
        Case{"UPDATE t SET a = jsonb_set(b, '$.c', 1)", 3045000},
        Case{"UPDATE t SET a = unistr('x')", 3050000},
        Case{"UPDATE t SET a = substring(b, 1)", 3034000},
        Case{"UPDATE t SET a = iif(b, (SELECT max(1, 2)))", 3048000},
        Case{"UPDATE t SET a = iif(b, 1, c, 2, 3)", 3049000},
        Case{"UPDATE t SET a = if(b, 1, 2)", 3048000},
        Case{"INSERT INTO format (a) VALUES (1)", 0},
        Case{"INSERT INTO main.log (a) VALUES (1)", 0},
        Case{"CREATE TABLE IF NOT EXISTS log (a)", 0},
        Case{"CREATE TABLE t (a REFERENCES log (id))", 0},
        Case{"CREATE UNIQUE INDEX i ON log (a)", 0},
        Case{"WITH pow (a) AS (SELECT 1) DELETE FROM t", 0},
        Case{"UPDATE t SET a = unixepoch('now', 'SubSec')", 3042000},
        Case{"UPDATE t SET a = strftime('%s', b, 'subsec')", 3042000},
        Case{"UPDATE t SET a = datetime(b, 'auto')", 3038000},
        Case{"UPDATE t SET a = unixepoch(b, 'auto')", 3038000},
        Case{"UPDATE t SET a = date(b, '+1 month', 'floor')", 3046000},
        Case{"UPDATE t SET a = strftime('%F %H', b)", 3044000},
        Case{"UPDATE t SET a = strftime('%G', b)", 3046000},
        Case{"UPDATE t SET a = strftime('%Y-%m-%d %%F %f', b)", 0},
        Case{"UPDATE t SET a = datetime(b, 'unixepoch')", 0},
        Case{"UPDATE t SET a = trim(b, 'auto'), c = '%F'", 0},
        Case{"UPDATE t SET date = strftime", 0},
        Case{"UPDATE t SET format = log", 0},
        Case{"UPDATE t SET a = 'pow(1)'", 0}));

TEST(NeededBy, TellsFunctionsOfTheApplication) {
  const std::string_view sql = "UPDATE t SET a = concat(b), c = unhex(b)";
  EXPECT_EQ(NeededBy(sql, {"concat"}), 3041000U);
}

TEST(AffinityOf, FollowsTheFiveRules) {
  EXPECT_EQ(AffinityOf("CHARINT", false), Affinity::kInteger);
  EXPECT_EQ(AffinityOf("nVarChar(20)", false), Affinity::kText);
  EXPECT_EQ(AffinityOf("CLOB", false), Affinity::kText);
  EXPECT_EQ(AffinityOf("", false), Affinity::kBlob);
  EXPECT_EQ(AffinityOf("LONGBLOB", false), Affinity::kBlob);
  EXPECT_EQ(AffinityOf("DOUBLE PRECISION", false), Affinity::kReal);
  EXPECT_EQ(AffinityOf("FLOATING POINT", false), Affinity::kInteger);
  EXPECT_EQ(AffinityOf("STRING", false), Affinity::kNumeric);
  EXPECT_EQ(AffinityOf("ANY", false), Affinity::kNumeric);
  EXPECT_EQ(AffinityOf("ANY", true), Affinity::kBlob);
}

}  // namespace
}  // namespace palindrome::lower::sqlite
