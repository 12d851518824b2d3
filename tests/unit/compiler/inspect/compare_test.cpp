#include "compiler/inspect/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/binary_files.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"

namespace palindrome::inspect {
namespace {

using palindrome::testing::Chained;
using palindrome::testing::Elf;
using palindrome::testing::HistoryRow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

HistoryRow Row(const std::string& revision,
               const std::vector<std::string>& parents,
               const std::string& checksum = "") {
  HistoryRow row;
  row.revision = revision;
  row.parents = parents;
  row.checksum = checksum;
  return row;
}

std::vector<History> ReadTable(const std::string& table) {
  return palindrome::testing::Read(
      palindrome::testing::MakeElf(table, Elf::k64Little));
}

std::vector<History> Make(const std::vector<HistoryRow>& rows,
                          const std::string& name = "board") {
  return ReadTable(palindrome::testing::TableOf(name, Chained(rows)));
}

std::vector<std::string> Told(const HistoryUpdate& update) {
  std::vector<std::string> told;
  for (const Rewritten& each : update.rewritten) {
    told.push_back(each.revision + ": " + each.what);
  }
  for (const std::size_t step : update.steps) {
    told.push_back("+" + update.after->loaded.graph.node(step).id);
  }
  return told;
}

std::vector<std::string> Compare(const std::vector<History>& before,
                                 const std::vector<History>& after) {
  auto updates = CompareHistories(before, after);
  if (!updates) {
    return {llvm::toString(updates.takeError())};
  }
  EXPECT_EQ(updates->size(), 1U);
  return Told(updates->front());
}

TEST(CompareTest, NewRevisionsAreSteps) {
  const auto before = Make({Row("a", {}), Row("b", {"a"})});
  EXPECT_THAT(Compare(before, before), IsEmpty());
  EXPECT_THAT(Compare(before, Make({Row("a", {}), Row("b", {"a"}),
                                    Row("c", {"b"}), Row("d", {"c"})})),
              ElementsAre("+c", "+d"));
  // A branch, and a merge.
  EXPECT_THAT(Compare(before, Make({Row("a", {}), Row("x", {"a"}),
                                    Row("b", {"a"}), Row("m", {"b", "x"})})),
              ElementsAre("+x", "+m"));
}

TEST(CompareTest, AnEditedRevisionIsRewritten) {
  const auto before = Make({Row("a", {}), Row("b", {"a"})});
  EXPECT_THAT(
      Compare(before, Make({Row("a", {}, "t1:other"), Row("b", {"a"})})),
      ElementsAre("a: its checksum differs"));
}

TEST(CompareTest, ARevisionThatMovedIsRewritten) {
  const auto before = Make({Row("a", {}), Row("b", {"a"})});
  EXPECT_THAT(
      Compare(before, Make({Row("a", {}), Row("n", {"a"}), Row("b", {"n"})})),
      ElementsAre("b: it has other parents or dependencies", "+n"));
  auto moved = Row("b", {"a"});
  moved.depends_on = {"n"};
  EXPECT_THAT(Compare(before, Make({Row("a", {}), Row("n", {}), moved})),
              ElementsAre("b: it has other parents or dependencies", "+n"));
}

TEST(CompareTest, AShortenedHistoryIsRewritten) {
  const auto before = Make({Row("a", {}), Row("b", {"a"})});
  EXPECT_THAT(Compare(before, Make({Row("a", {})})),
              ElementsAre("b: it is not there any more"));
  EXPECT_THAT(Compare(before, Make({})),
              ElementsAre("a: it is not there any more",
                          "b: it is not there any more"));
}

// The revisions that a squash stands for stay, and may not be edited.
TEST(CompareTest, ASquashHidesNothing) {
  const auto before =
      Make({Row("a", {}), Row("b", {"a"}), Row("c", {"b"}), Row("d", {"c"})});
  const auto squashed = [](std::vector<HistoryRow> rows) {
    palindrome::testing::HistoryBlob blob("board", Chained(std::move(rows)));
    blob.row(2).squashes_from = blob.row(1).revision;
    blob.row(2).squashes_to = blob.row(2).revision;
    return ReadTable(palindrome::testing::BytesOf(blob));
  };
  EXPECT_THAT(Compare(before, squashed({Row("a", {}), Row("b", {"a"}),
                                        Row("c", {"b"}), Row("d", {"c"})})),
              IsEmpty());
  HistoryRow edited = Row("b", {"a"});
  edited.checksum = "t1:other";
  EXPECT_THAT(Compare(before, squashed({Row("a", {}), edited, Row("c", {"b"}),
                                        Row("d", {"c"})})),
              ElementsAre("b: its checksum differs"));
  EXPECT_THAT(Compare(before, squashed({Row("a", {}), Row("b", {"a"}),
                                        Row("d", {"b"})})),
              ElementsAre("c: it is not there any more",
                          "d: it has other parents or dependencies"));
}

TEST(CompareTest, HistoriesComeAndGo) {
  const auto before = Make({Row("a", {})}, "board");
  const auto after = Make({Row("x", {})}, "shop");
  auto updates = CompareHistories(before, after);
  ASSERT_TRUE(static_cast<bool>(updates));
  ASSERT_EQ(updates->size(), 2U);
  EXPECT_EQ((*updates)[0].name, "board");
  EXPECT_EQ((*updates)[0].after, nullptr);
  EXPECT_EQ((*updates)[1].before, nullptr);
  EXPECT_THAT(Told((*updates)[1]), ElementsAre("+x"));
}

TEST(CompareTest, TwoHistoriesOfOneNameCannotBeCompared) {
  auto before = Make({Row("a", {})});
  auto other = Make({Row("b", {})});
  before.push_back(std::move(other.front()));
  EXPECT_THAT(Compare(before, Make({})),
              ElementsAre(::testing::HasSubstr("several times")));
}

TEST(CompareTest, RebuiltTables) {
  Program program;
  program.statements = {
      {0, "ALTER TABLE a RENAME TO b"},
      {table::kLegacyAlterTable, "ALTER TABLE _palindrome_new_x RENAME TO x"},
      {table::kLegacyAlterTable, "ALTER TABLE n RENAME TO \"of \"\"all\"\"\""},
      {table::kLegacyAlterTable, "ALTER TABLE _palindrome_new_x RENAME TO x"},
      {table::kLegacyAlterTable, ""}};
  EXPECT_THAT(RebuiltTables(program), ElementsAre("x", "of \"all\""));
}

}  // namespace
}  // namespace palindrome::inspect
