#include "compiler/rehearse/serialize.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/rehearse/rehearse_test_support.h"

namespace palindrome::rehearse {
namespace {

Task TaskOfThreeStatements() {
  return Make("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);",
              "INSERT INTO t VALUES (1, 'x'); UPDATE t SET b = 'y';"
              "DELETE FROM t;",
              "INSERT INTO t VALUES (1, 'x'); DELETE FROM t;")
      .task;
}

// Every member has a value of its own.
Result FullResult() {
  using Class = catalog::EngineError::Class;
  const Failure failure{
      Phase::kUp, 2, {Class::kForbidden, "message", "name", 70'000, {"known"}}};
  const SchemaDifference difference{"table", "t", "column `a`", "INTEGER",
                                    std::string("TE\0XT", 5)};
  const RowChange change{"t", "a", "id = 1", "1", "NULL", true};
  const RowChange other{"t", "", "id = 2", "", "\xff", false};
  Result result;
  result.failure = failure;
  result.in_up = StepDifference{1, difference};
  result.in_down = StepDifference{1, {"view", "v", "", "present", ""}};
  result.after_up = {difference, difference};
  result.after_down = {{"index", "i", "", "", "present"}};
  result.after_up_again = {{"trigger", "g", "definition", "x", "y"}};
  result.order_not_restored = {"t", "", std::string(300, 'n')};
  result.rows_not_restored = {change, other};
  result.rows_otherwise_again = {other};
  result.refused = Refused{failure, "t", "id = 3", 1'000'000'007};
  result.refused_later =
      Refused{{Phase::kDown, 1, {Class::kOther, "", "", {}, {}}}, "u", "", 1};
  result.changed_later = {change};
  result.without_rows = {"w"};
  result.after_digests = {{"table", "t", "s1:00"}};
  return result;
}

TEST(SerializeTest, AResultIsReadAsItWasWritten) {
  const Task task = TaskOfThreeStatements();
  for (const Result& result : {Result(), FullResult(), Rehearse(task)}) {
    const std::string bytes = Serialize(result);
    const auto read = DeserializeResult(bytes, task);
    ASSERT_TRUE(read);
    EXPECT_EQ(Serialize(*read), bytes);
  }
  const auto read = DeserializeResult(Serialize(FullResult()), task);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->failure->error.error_class,
            catalog::EngineError::Class::kForbidden);
  EXPECT_EQ(read->failure->error.offset, 70'000U);
  EXPECT_EQ(read->failure->error.known, std::vector<std::string>{"known"});
  EXPECT_EQ(read->in_up->difference.right, std::string("TE\0XT", 5));
  EXPECT_TRUE(read->rows_not_restored.front().at_limits);
  EXPECT_EQ(read->refused->count, 1'000'000'007U);
  EXPECT_EQ(read->refused_later->failure.phase, Phase::kDown);
  EXPECT_EQ(read->after_digests.front().digest, "s1:00");
}

TEST(SerializeTest, RowsAreReadAsTheyWereWritten) {
  const RowsIndex kTables = {{{"t", "r1:00"}, {"u", "r1:11"}}};
  EXPECT_EQ(DeserializeRowsIndex(Serialize(kTables)), kTables);
  // The upgrade failed, which is known as well.
  const auto failed = DeserializeRowsIndex(Serialize(RowsIndex()));
  ASSERT_TRUE(failed);
  EXPECT_FALSE(*failed);
  const std::vector<std::string> kInserts = {"INSERT 1", "", "INSERT 2"};
  EXPECT_EQ(DeserializeInserts(Serialize(kInserts)), kInserts);
}

TEST(SerializeTest, WhatIsNotWholeHasNoValue) {
  const Task task = TaskOfThreeStatements();
  const std::string bytes = Serialize(FullResult());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DeserializeResult(bytes.substr(0, size), task)) << size;
  }
  EXPECT_FALSE(DeserializeResult(bytes + '\0', task));
  EXPECT_FALSE(DeserializeRowsIndex(""));
  // A size that no memory has, and a number that does not end.
  EXPECT_FALSE(
      DeserializeRowsIndex("\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f"));
  EXPECT_FALSE(DeserializeRowsIndex("\x01" + std::string(20, '\xff')));
}

TEST(SerializeTest, AnyByteMayBeAnother) {
  const Task task = TaskOfThreeStatements();
  const std::string bytes = Serialize(FullResult());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (unsigned bit = 1; bit < 256; bit *= 2) {
      std::string damaged = bytes;
      damaged[at] =
          static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ bit);
      // Another value or none: it is read within its bounds.
      if (const auto read = DeserializeResult(damaged, task)) {
        EXPECT_TRUE(DeserializeResult(Serialize(*read), task));
      }
    }
  }
}

TEST(SerializeTest, WhatPointsOutOfTheTaskHasNoValue) {
  const Task task = TaskOfThreeStatements();
  const auto is_known = [&](const Result& result) {
    return DeserializeResult(Serialize(result), task).has_value();
  };
  for (const Phase phase : {Phase::kUp, Phase::kDown, Phase::kUpAgain}) {
    const std::size_t count =
        (phase == Phase::kDown ? *task.down : task.up).statements.size();
    Result result;
    result.failure = Failure{phase, count - 1, {}};
    EXPECT_TRUE(is_known(result));
    result.failure->statement = count;
    EXPECT_FALSE(is_known(result));
  }
  Result step;
  step.in_up = StepDifference{2, {}};
  EXPECT_TRUE(is_known(step));
  step.in_up->step = 3;
  EXPECT_FALSE(is_known(step));
  Result down;
  down.in_down = StepDifference{2, {}};
  EXPECT_FALSE(is_known(down));
  Result digests;
  digests.after_digests.resize(task.after.size() + 1);
  EXPECT_FALSE(is_known(digests));
}

}  // namespace
}  // namespace palindrome::rehearse
