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
