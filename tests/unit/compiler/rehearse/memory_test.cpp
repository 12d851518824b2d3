// Statements of strangers, which are stopped before they take all there is.
#include "compiler/rehearse/sqlite/memory.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/existing.h"

namespace palindrome::rehearse::sqlite {
namespace {

std::string Failure(const std::vector<std::string>& statements) {
  Program program;
  for (const std::string& statement : statements) {
    program.statements.push_back({0, statement});
  }
  auto objects = RunPrograms({program}, {});
  return objects ? "" : llvm::toString(objects.takeError());
}

std::string Numbers(std::size_t count) {
  return "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c "
         "LIMIT " +
         std::to_string(count) + ") ";
}

TEST(MemoryTest, WhatIsSortedHasALimit) {
  const std::string query =
      "SELECT count(DISTINCT i || hex(zeroblob(10000000))) FROM c";
  EXPECT_EQ(Failure({"CREATE TABLE t AS " + Numbers(5) + query}), "");
  EXPECT_EQ(Failure({"CREATE TABLE t AS " + Numbers(500) + query}),
            "out of memory");
}

// By the engine's own count of references, or by the memory that they take.
TEST(MemoryTest, ViewsInOneAnotherHaveALimit) {
  std::vector<std::string> statements = {"CREATE VIEW v0 AS SELECT 1 AS a"};
  for (int i = 1; i <= 40; ++i) {
    const std::string inner = "v" + std::to_string(i - 1);
    statements.push_back("CREATE VIEW v" + std::to_string(i) +
                         " AS SELECT x.a FROM " + inner + " AS x, " + inner +
                         " AS y");
  }
  statements.push_back("CREATE TABLE t AS SELECT a FROM v40");
  EXPECT_NE(Failure(statements), "");
}

TEST(MemoryTest, TheLimitIsOfAStatement) {
  Connection connection(nullptr);
  const std::string large =
      Numbers(10) +
      "SELECT count(DISTINCT i || hex(zeroblob(10000000))) FROM c";
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(connection.Run(large).has_value());
  }
}

// Whether the engine gets so much more.
bool Gets(std::int64_t size) {
  const std::unique_ptr<void, decltype(&sqlite3_free)> memory(
      sqlite3_malloc64(static_cast<sqlite3_uint64>(size)), sqlite3_free);
  return memory != nullptr;
}

TEST(MemoryTest, ALimitWithinAnotherLeavesItInPlace) {
  {
    const MemoryLimit outer;
    const std::unique_ptr<void, decltype(&sqlite3_free)> most(
        sqlite3_malloc64(kMaxMemory / 2), sqlite3_free);
    EXPECT_NE(most, nullptr);
    {
      const MemoryLimit inner;
      EXPECT_FALSE(Gets(kMaxMemory / 2 + 1));
    }
    EXPECT_FALSE(Gets(kMaxMemory / 2 + 1));
    EXPECT_TRUE(Gets(kMaxMemory / 4));
  }
  EXPECT_TRUE(Gets(kMaxMemory + 1));
}

TEST(MemoryTest, WhatAnotherThreadTookMayBeFreedHere) {
  void* memory = nullptr;
  std::thread([&memory] { memory = sqlite3_malloc(1 << 20); }).join();
  ASSERT_NE(memory, nullptr);
  std::thread([memory] {
    sqlite3_free(memory);
    EXPECT_TRUE(Gets(1));
    void* grown = sqlite3_malloc(1);
    grown = sqlite3_realloc(grown, 1 << 10);
    EXPECT_NE(grown, nullptr);
    sqlite3_free(grown);
    const MemoryLimit limit;
    EXPECT_TRUE(Gets(1));
    EXPECT_FALSE(Gets(kMaxMemory + 1));
  }).join();
}

TEST(MemoryTest, AllStatementsTogetherHaveALimit) {
  // Each of them is fine.
  const std::string busy =
      "INSERT INTO t " + Numbers(900'000) + "SELECT max(i) FROM c";
  std::vector<std::string> statements = {"CREATE TABLE t (n INTEGER)"};
  for (int i = 0; i < 80; ++i) {
    statements.push_back(busy);
  }
  EXPECT_EQ(Failure(statements),
            "the statements were stopped after 400 million steps of the "
            "engine");
}

}  // namespace
}  // namespace palindrome::rehearse::sqlite
