// The table in memory holds what the history does.
#include "compiler/codegen/image.h"

#include <gtest/gtest.h>

#include "runtime/src/history_table.h"

namespace palindrome::codegen {
namespace {

TEST(ImageTest, HoldsTheHistory) {
  CompiledHistory history;
  history.name = "board";
  for (const char* revision : {"a1", "b2", "c3"}) {
    CompiledMigration migration;
    migration.revision = revision;
    migration.title = std::string("the ") + revision;
    migration.checksum = "t1:" + std::string(64, '0');
    migration.chain = "c1:" + std::string(64, '0');
    migration.branch_labels = {std::string("label ") + revision};
    migration.allowed = {{"rule", "why\n"}};
    migration.up = {{table::kDataStatement, 7, "SELECT 1"}, {0, 0, ""}};
    migration.down = {{0, 3, std::string("\0'", 2)}};
    if (!history.migrations.empty()) {
      migration.parents = {history.migrations.back().revision};
    }
    history.migrations.push_back(migration);
  }
  llvm::Expected<TableImage> image = TableImage::Make(history);
  ASSERT_TRUE(static_cast<bool>(image));
  const auto table = HistoryTable::Open(image->history());
  ASSERT_TRUE(table.ok()) << table.status().ToString();
  EXPECT_EQ(table->name(), "board");
  ASSERT_EQ(table->size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i) {
    const CompiledMigration& migration = history.migrations[i];
    const table::Row row = table->Row(i);
    EXPECT_EQ(table->Text(row.revision), migration.revision);
    EXPECT_EQ(table->Text(row.title), migration.title);
    EXPECT_EQ(table->Links(row.parents).size(), migration.parents.size());
    EXPECT_EQ(table->Links(row.branch_labels).at(0),
              migration.branch_labels[0]);
    EXPECT_EQ(table->Text(table->Allowed(row.allowed).at(0).reason), "why\n");
    const auto program = table->FindProgram(row, table::Dialect::kSqlite);
    ASSERT_TRUE(program);
    const Program up = table->Statements(program->up);
    ASSERT_EQ(up.statements.size(), 2U);
    EXPECT_EQ(up.statements[0].sql, "SELECT 1");
    EXPECT_EQ(up.statements[0].flags, table::kDataStatement);
    EXPECT_EQ(table->Statements(program->down).statements[0].sql,
              std::string("\0'", 2));
  }
  EXPECT_TRUE(table->IsLinear());
}

TEST(ImageTest, MayBeEmpty) {
  CompiledHistory history;
  history.name = "board";
  llvm::Expected<TableImage> image = TableImage::Make(history);
  ASSERT_TRUE(static_cast<bool>(image));
  const auto table = HistoryTable::Open(image->history());
  ASSERT_TRUE(table.ok()) << table.status().ToString();
  EXPECT_TRUE(table->Validate().ok()) << table->Validate().ToString();
  EXPECT_EQ(table->size(), 0U);
}

}  // namespace
}  // namespace palindrome::codegen
