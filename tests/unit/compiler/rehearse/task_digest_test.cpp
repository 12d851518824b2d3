#include "compiler/rehearse/task_digest.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/unit/compiler/rehearse/rehearse_test_support.h"

namespace palindrome::rehearse {
namespace {

constexpr char kBase[] = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);";

Task SomeTask() {
  return Make(kBase, "ALTER TABLE t ADD COLUMN c TEXT; DELETE FROM t;",
              "ALTER TABLE t DROP COLUMN c;")
      .task;
}

Inserts Rows(std::vector<std::string> inserts) {
  return std::make_shared<const std::vector<std::string>>(std::move(inserts));
}

TEST(TaskDigestTest, EqualTasksHaveEqualDigests) {
  const Task one = SomeTask();
  Task other = SomeTask();
  TaskDigests digests("maker");
  EXPECT_EQ(digests.OfRehearsal(one), digests.OfRehearsal(other));
  EXPECT_EQ(digests.OfRehearsal(one), TaskDigests("maker").OfRehearsal(other));
  EXPECT_EQ(digests.OfRows(one), digests.OfRows(other));
  EXPECT_NE(digests.OfRehearsal(one), digests.OfRows(one));
  // It is about the statement, wherever it stands.
  other.up.statements.front().source_offset = 12'345;
  EXPECT_EQ(digests.OfRehearsal(one), digests.OfRehearsal(other));
  EXPECT_EQ(digests.OfRehearsal(one).substr(0, 3), "r1:");
}

TEST(TaskDigestTest, AnotherMakerHasOtherDigests) {
  const Task task = SomeTask();
  EXPECT_NE(TaskDigests("one").OfRehearsal(task),
            TaskDigests("two").OfRehearsal(task));
  EXPECT_NE(TaskDigests("one").OfRows(task), TaskDigests("two").OfRows(task));
}

TEST(TaskDigestTest, AllThatARehearsalDependsOnCounts) {
  static const StandIns kFunction = {{{"f", 1}}, {}};
  static const StandIns kOtherArity = {{{"f", 2}}, {}};
  static const StandIns kCollation = {{}, {"f"}};
  const catalog::Slice other =
      Make("CREATE TABLE t (a INTEGER PRIMARY KEY, b INT);", "", "")
          .task.before;
  using Change = std::function<void(Task&)>;
  const Change kForRows[] = {
      [](Task& task) { task.rows_before = {Rows({"INSERT 1"})}; },
      [](Task& task) { task.rows_before = {Rows({"INSERT 2"})}; },
      [](Task& task) {
        task.rows_before = {Rows({"INSERT 1", "INSERT 2"})};
      },
      [](Task& task) {
        task.rows_before = {Rows({"INSERT 1"}), Rows({"INSERT 2"})};
      },
      [&](Task& task) { task.before = other; },
      [](Task& task) { task.before.clear(); },
      [&](Task& task) { task.after = other; },
      [](Task& task) { task.up.statements.front().sql += ' '; },
      [](Task& task) { task.up.statements.front().flags ^= 1U; },
      [](Task& task) { ++task.up.statements.front().step; },
      [](Task& task) { task.up.statements.pop_back(); },
      [](Task& task) {
        std::swap(task.up.statements[0], task.up.statements[1]);
      },
      [](Task& task) { task.stand_ins = &kFunction; },
      [](Task& task) { task.stand_ins = &kOtherArity; },
      [](Task& task) { task.stand_ins = &kCollation; },
  };
  const Change kForRehearsal[] = {
      [](Task& task) { ++task.seed; },
      [](Task& task) { task.with_rows = !task.with_rows; },
      [](Task& task) {
        task.literals["a"] = {"1", "2"};
      },
      [](Task& task) { task.literals["a"] = {"1"}; },
      [](Task& task) { task.literals["b"] = {"1"}; },
      [](Task& task) { task.rows_after = {Rows({"INSERT 1"})}; },
      [](Task& task) { task.down.reset(); },
      [](Task& task) { task.down->statements.clear(); },
      [](Task& task) {
        task.up_changes[5] = {{{}, nullptr, nullptr}};
      },
      [&](Task& task) {
        task.up_changes[5] = {{other.front()->key(), nullptr, other.front()}};
      },
      [&](Task& task) {
        task.up_changes[5] = {{other.front()->key(), other.front(), nullptr}};
      },
      [&](Task& task) {
        task.down_changes[5] = {{other.front()->key(), nullptr, other.front()}};
      },
  };
  TaskDigests digests("maker");
  std::set<std::string> rehearsals = {digests.OfRehearsal(SomeTask())};
  std::set<std::string> rows = {digests.OfRows(SomeTask())};
  for (const Change& change : kForRows) {
    Task task = SomeTask();
    change(task);
    EXPECT_TRUE(rehearsals.insert(digests.OfRehearsal(task)).second)
        << &change - kForRows;
    EXPECT_TRUE(rows.insert(digests.OfRows(task)).second) << &change - kForRows;
  }
  for (const Change& change : kForRehearsal) {
    Task task = SomeTask();
    change(task);
    EXPECT_TRUE(rehearsals.insert(digests.OfRehearsal(task)).second)
        << &change - kForRehearsal;
    EXPECT_FALSE(rows.insert(digests.OfRows(task)).second)
        << &change - kForRehearsal;
  }
}

}  // namespace
}  // namespace palindrome::rehearse
