#include "runtime/src/history_table.h"

#include <cstring>
#include <span>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/unit/runtime/table_blob.h"

namespace palindrome {
namespace {

using Views = std::vector<std::string_view>;

std::vector<testing::BlobRow> TwoRows() {
  testing::BlobRow first;
  first.revision = "a1";
  first.title = "create tasks";
  first.branch_labels = {"core"};
  testing::BlobProgram program;
  program.up.statements = {{0, "CREATE TABLE tasks (id INTEGER)", 7},
                           {table::kDataStatement, "DELETE FROM old", 8}};
  program.down.statements = {{0, "DROP TABLE tasks", 0}};
  testing::BlobProgram other;
  other.dialect = table::Dialect::kPostgresql;
  other.minimum_engine = 140000;
  first.programs = {other, program};
  testing::BlobRow second;
  second.revision = "b2";
  second.title = "drop cache";
  second.parents = {"a1"};
  second.depends_on = {"a1", "a1"};
  second.allowed = {{"drop-column-unarchived", "a cache"}};
  second.proof = table::Proof::kNone;
  second.loss = table::Loss::kSigned;
  second.compatibility = table::kClassified | table::kBreaksReads;
  return {first, second};
}

TEST(HistoryTable, ReadsWhatTheCompilerWrites) {
  const testing::TableBlob blob("board", TwoRows());
  const Result<HistoryTable> table = HistoryTable::Open(blob.history());
  ASSERT_TRUE(table.ok()) << table.status().ToString();
  EXPECT_TRUE(table->Validate().ok()) << table->Validate().ToString();
  EXPECT_EQ(table->name(), "board");
  ASSERT_EQ(table->size(), 2U);

  const table::Row first = table->Row(0);
  EXPECT_EQ(table->Text(first.revision), "a1");
  EXPECT_EQ(table->Text(first.title), "create tasks");
  EXPECT_EQ(table->Text(first.checksum), "t1:a1");
  EXPECT_EQ(table->Text(first.digest_after), "");
  EXPECT_EQ(table->Links(first.parents), Views{});
  EXPECT_EQ(table->Links(first.branch_labels), Views{"core"});

  const table::Row second = table->Row(1);
  EXPECT_EQ(table->Links(second.parents), Views{"a1"});
  EXPECT_EQ(table->Links(second.depends_on), (Views{"a1", "a1"}));
  const std::vector<table::Allowed> allowed = table->Allowed(second.allowed);
  ASSERT_EQ(allowed.size(), 1U);
  EXPECT_EQ(table->Text(allowed[0].rule), "drop-column-unarchived");
  EXPECT_EQ(table->Text(allowed[0].reason), "a cache");
  EXPECT_EQ(second.proof, table::Proof::kNone);
  EXPECT_EQ(second.loss, table::Loss::kSigned);
  EXPECT_EQ(second.compatibility, table::kClassified | table::kBreaksReads);
}

TEST(HistoryTable, FindsTheProgramOfADialect) {
  const testing::TableBlob blob("board", TwoRows());
  const Result<HistoryTable> table = HistoryTable::Open(blob.history());
  ASSERT_TRUE(table.ok());
  const auto program =
      table->FindProgram(table->Row(0), table::Dialect::kSqlite);
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->minimum_engine, 3035000U);
  const Program up = table->Statements(program->up);
  ASSERT_EQ(up.statements.size(), 2U);
  EXPECT_EQ(up.statements[1].flags, table::kDataStatement);
  EXPECT_EQ(up.statements[1].line, 8U);
  EXPECT_EQ(up.statements[1].sql, "DELETE FROM old");
  const Program down = table->Statements(program->down);
  ASSERT_EQ(down.statements.size(), 1U);
  EXPECT_EQ(down.statements[0].sql, "DROP TABLE tasks");
  EXPECT_EQ(table->FindProgram(table->Row(1), table::Dialect::kSqlite),
            std::nullopt);
}

TEST(HistoryTable, ReadsAnEmptyHistory) {
  const testing::TableBlob blob("empty", {});
  const Result<HistoryTable> table = HistoryTable::Open(blob.history());
  ASSERT_TRUE(table.ok()) << table.status().ToString();
  EXPECT_TRUE(table->Validate().ok()) << table->Validate().ToString();
  EXPECT_EQ(table->size(), 0U);
}

// As a section of a file: at any place, and followed by other bytes.
TEST(HistoryTable, MayLieAnywhere) {
  const testing::TableBlob blob("board", TwoRows());
  for (std::size_t shift = 0; shift < sizeof(std::uint32_t); ++shift) {
    std::vector<std::byte> bytes(shift + blob.size() + 100, std::byte{0xff});
    std::memcpy(bytes.data() + shift, blob.bytes(), blob.size());
    const Result<HistoryTable> table =
        HistoryTable::Open(std::span(bytes).subspan(shift));
    ASSERT_TRUE(table.ok()) << table.status().ToString();
    EXPECT_TRUE(table->Validate().ok());
    EXPECT_EQ(table->Text(table->Row(1).revision), "b2");
  }
}

TEST(HistoryTable, OutOfBoundsThereIsNothing) {
  const testing::TableBlob blob("board", TwoRows());
  const Result<HistoryTable> table = HistoryTable::Open(blob.history());
  ASSERT_TRUE(table.ok());
  constexpr std::uint32_t kHuge = 0xffffffff;
  EXPECT_EQ(table->Row(2).revision.size, 0U);
  EXPECT_EQ(table->Row(kHuge).revision.size, 0U);
  EXPECT_EQ(table->Text({kHuge, kHuge}), "");
  EXPECT_EQ(table->Text({0, kHuge}), "");
  EXPECT_TRUE(table->Links({0, kHuge}).empty());
  EXPECT_TRUE(table->Allowed({1, 1}).empty());
  EXPECT_TRUE(table->Statements({kHuge, 1}).statements.empty());
  table::Row row = table->Row(0);
  row.programs = {kHuge, kHuge};
  EXPECT_EQ(table->FindProgram(row, table::Dialect::kSqlite), std::nullopt);
}

testing::BlobRow NodeOf(std::string revision, std::vector<std::string> parents,
                        std::vector<std::string> depends_on = {}) {
  testing::BlobRow row;
  row.revision = std::move(revision);
  row.parents = std::move(parents);
  row.depends_on = std::move(depends_on);
  return row;
}

bool IsLinear(const std::vector<testing::BlobRow>& rows) {
  const testing::TableBlob blob("board", rows);
  const Result<HistoryTable> table = HistoryTable::Open(blob.history());
  EXPECT_TRUE(table.ok());
  return table.ok() && table->IsLinear();
}

TEST(HistoryTable, KnowsALine) {
  EXPECT_TRUE(IsLinear({}));
  EXPECT_TRUE(IsLinear({NodeOf("a", {})}));
  EXPECT_TRUE(IsLinear(
      {NodeOf("a", {}), NodeOf("b", {"a"}), NodeOf("c", {"a"}, {"b"})}));
  EXPECT_FALSE(IsLinear({NodeOf("a", {}), NodeOf("b", {})}));
  EXPECT_FALSE(
      IsLinear({NodeOf("a", {}), NodeOf("b", {"a"}), NodeOf("c", {"a"})}));
}

}  // namespace
}  // namespace palindrome
