#include "runtime/src/schema_facts.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

SchemaObject Table() {
  return {"table",
          "Tasks",
          "",
          {{"column `a`", "INTEGER"}, {"primary key", "(a)"}},
          {"a"}};
}

SchemaObject Index() {
  return {"index", "ix", "tasks", {{"columns", "(a)"}}, {}};
}

TEST(ObjectDigest, DoesNotSeeCaseOfNamesOrOrder) {
  SchemaObject other = Table();
  other.name = "TASKS";
  other.facts = {other.facts[1], other.facts[0]};
  other.column_order = {"b"};
  EXPECT_EQ(ObjectDigest(Table()), ObjectDigest(other));
}

TEST(ObjectDigest, SeesEverythingElse) {
  const std::string digest = ObjectDigest(Index());
  SchemaObject other = Index();
  other.kind = "view";
  EXPECT_NE(ObjectDigest(other), digest);
  other = Index();
  other.table = "users";
  EXPECT_NE(ObjectDigest(other), digest);
  other = Index();
  other.facts[0].value = "(a DESC)";
  EXPECT_NE(ObjectDigest(other), digest);
  other = Index();
  other.facts.push_back(other.facts[0]);
  EXPECT_NE(ObjectDigest(other), digest);
  // Fields cannot run into each other.
  other = Index();
  other.facts = {{"columns(a", ")"}};
  EXPECT_NE(ObjectDigest(other), digest);
}

TEST(CatalogDigest, IsTheSameByEitherWay) {
  const SchemaObjects objects = {Index(), Table()};
  const std::vector<NamedDigest> named = {
      {"table", "Tasks", ObjectDigest(Table())},
      {"index", "IX", ObjectDigest(Index())}};
  EXPECT_EQ(CatalogDigest(objects), CatalogDigest(named));
  std::vector<std::string> buckets(kDigestBuckets);
  for (const NamedDigest& object : named) {
    buckets[DigestBucket(object.kind, object.name)] = BucketDigest({object});
  }
  EXPECT_EQ(CatalogDigest(objects), CatalogDigest(buckets));
}

TEST(CatalogDigest, EmptyBucketsDoNotCount) {
  EXPECT_EQ(BucketDigest({}), "");
  EXPECT_EQ(CatalogDigest(SchemaObjects()),
            CatalogDigest(std::vector<std::string>(kDigestBuckets)));
  EXPECT_NE(CatalogDigest(SchemaObjects()),
            CatalogDigest(SchemaObjects{Index()}));
}

// The format is final, and these values with it; they were computed apart
// from this code, from runtime/docs/catalog_digest.md.
TEST(CatalogDigest, KeepsItsFormat) {
  EXPECT_EQ(CatalogDigest(SchemaObjects()),
            "s1:"
            "94801af728d6a97c1490daf441f236e98a16c5b793c75b0f9aa306c2ffcba1d4");
  EXPECT_EQ(ObjectDigest(Table()),
            "s1:"
            "684175c0077074d87a44af2926a7fe10ca74ae8437cb7572166fdfb26973cd36");
  EXPECT_EQ(CatalogDigest(SchemaObjects{Index(), Table()}),
            "s1:"
            "09a16cea62775cc51392d7ff5a6764c2a7e13e7973e8bf1029880f812acc8167");
}

std::vector<std::string> Described(const SchemaObjects& left,
                                   const SchemaObjects& right) {
  std::vector<std::string> lines;
  for (const SchemaDifference& difference : CompareSchemas(left, right)) {
    lines.push_back(DescribeDifference(difference));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(CompareSchemas, IsEmptyForEqualSchemas) {
  EXPECT_EQ(Described({Table(), Index()}, {Index(), Table()}), Lines());
}

TEST(CompareSchemas, NamesObjectsAndFacts) {
  SchemaObject changed = Table();
  changed.facts = {{"column `a`", "TEXT"}, {"column `b`", "TEXT"}};
  EXPECT_EQ(Described({Table(), Index()}, {changed}),
            Lines({"index `ix` is missing",
                   "column `a` of table `Tasks` is `TEXT`, not `INTEGER`",
                   "column `b` of table `Tasks` is not expected",
                   "primary key of table `Tasks` is missing"}));
  EXPECT_EQ(Described({}, {Index()}), Lines({"index `ix` is not expected"}));
}

TEST(CompareSchemas, CountsEqualKeys) {
  SchemaObject twice = Table();
  twice.facts.push_back({"primary key", "(a)"});
  EXPECT_EQ(Described({Table()}, {twice}),
            Lines({"primary key of table `Tasks` is not expected"}));
}

TEST(CompareSchemas, SeesAnotherTable) {
  SchemaObject moved = Index();
  moved.table = "users";
  EXPECT_EQ(Described({Index()}, {moved}),
            Lines({"table of index `ix` is `users`, not `tasks`"}));
}

}  // namespace
}  // namespace palindrome
