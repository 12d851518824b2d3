// Violations that a migration brings are refused, and old ones never are.
#include <gtest/gtest.h>

#include "runtime/src/foreign_key_check.h"
#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// Users and `tables`; the next migration is `up`, with a check.
std::vector<Migration> WithCheckedStep(const std::vector<std::string>& tables,
                                       const std::vector<std::string>& up) {
  std::vector<Migration> migrations = {
      {"a1",
       {},
       Sql({"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"}),
       Sql({"DROP TABLE users"})},
      {"b2", {"a1"}, Sql(up), Sql({})},
  };
  for (const std::string& table : tables) {
    migrations[0].up.push_back({0, table});
  }
  for (ProgramStatement& statement : migrations[1].up) {
    statement.flags = table::kCheckForeignKeys;
  }
  migrations[1].proof = table::Proof::kNone;
  return migrations;
}

constexpr char kTasks[] =
    "CREATE TABLE tasks (id INTEGER PRIMARY KEY, "
    "owner INTEGER REFERENCES users (id) ON DELETE CASCADE)";
constexpr char kTasksWithoutRowid[] =
    "CREATE TABLE tasks (id TEXT PRIMARY KEY, "
    "owner INTEGER REFERENCES users (id)) WITHOUT ROWID";
const std::vector<std::string> kRebuildUsers = {
    "CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "INSERT INTO users_new SELECT id, name FROM users WHERE name IS NOT NULL",
    "DROP TABLE users", "ALTER TABLE users_new RENAME TO users"};

class ForeignKeys : public ::testing::TestWithParam<const char*> {};

TEST_P(ForeignKeys, NewViolationIsRefusedWithAnExample) {
  const HistoryBlob blob =
      Compile("board", WithCheckedStep({GetParam()}, kRebuildUsers));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute(
      "INSERT INTO users VALUES (1, 'ann'), (42, NULL); "
      "INSERT INTO tasks VALUES (1, 1), (2, 42)");
  const std::string before = database.Dump();
  const Status status = Upgrade(database, blob);
  EXPECT_EQ(status.code(), StatusCode::kForeignKeyViolation);
  for (const char* word : {"`tasks`", "`owner`", "`42`", "`users`"}) {
    EXPECT_NE(status.message().find(word), std::string::npos)
        << status.ToString();
  }
  EXPECT_EQ(status.details().revision, "b2");
  EXPECT_EQ(database.Dump(), before);
}

TEST_P(ForeignKeys, OldViolationsDoNotBlock) {
  const HistoryBlob blob =
      Compile("board", WithCheckedStep({GetParam()}, kRebuildUsers));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute(
      "INSERT INTO users VALUES (1, 'ann'); "
      "INSERT INTO tasks VALUES (1, 1), (2, 7), (3, 7)");
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_EQ(database.Query("SELECT id, owner FROM tasks ORDER BY id"),
            "1|1\n2|7\n3|7\n");
}

TEST_P(ForeignKeys, AnotherViolationOfTheSameValueIsNew) {
  const HistoryBlob blob = Compile(
      "board",
      WithCheckedStep({GetParam()}, {"INSERT INTO tasks VALUES (9, 7)"}));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute("INSERT INTO tasks VALUES (2, 7)");
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kForeignKeyViolation);
}

TEST_P(ForeignKeys, AViolationThatGoesDoesNotPayForOneThatComes) {
  const HistoryBlob blob = Compile(
      "board", WithCheckedStep({GetParam()}, {"UPDATE tasks SET owner = 8"}));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute("INSERT INTO tasks VALUES (2, 7)");
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kForeignKeyViolation);
}

TEST_P(ForeignKeys, OldViolationsDoNotBlockAnotherType) {
  std::string text(GetParam());
  text.replace(text.find("owner INTEGER"), 13, "owner TEXT");
  for (const auto& [from, to] : {std::pair{text, std::string(GetParam())},
                                 std::pair{std::string(GetParam()), text}}) {
    const HistoryBlob blob = Compile(
        "board", WithCheckedStep({from}, {"ALTER TABLE tasks RENAME TO old", to,
                                          "INSERT INTO tasks SELECT * FROM old",
                                          "DROP TABLE old"}));
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob, "a1"));
    database.Execute(
        "INSERT INTO users VALUES (1, 'ann'); "
        "INSERT INTO tasks VALUES (1, 1), (2, 99), (3, 99), (4, -1)");
    ASSERT_OK(Upgrade(database, blob));
    EXPECT_EQ(database.Query("SELECT id, owner FROM tasks ORDER BY id"),
              "1|1\n2|99\n3|99\n4|-1\n");
  }
}

INSTANTIATE_TEST_SUITE_P(Tables, ForeignKeys,
                         ::testing::Values(kTasks, kTasksWithoutRowid));

// The message does not carry a megabyte, nor half a character.
TEST(ForeignKeys, ALongValueIsCutShort) {
  const HistoryBlob blob = Compile(
      "board", WithCheckedStep({"CREATE TABLE tasks (id INTEGER PRIMARY KEY, "
                                "owner TEXT REFERENCES users (id))"},
                               {"INSERT INTO tasks SELECT 1, "
                                "replace(hex(zeroblob(1000)), '0', 'é')"}));
  const TestDatabase database;
  const Status status = Upgrade(database, blob);
  EXPECT_EQ(status.code(), StatusCode::kForeignKeyViolation);
  EXPECT_LT(status.message().size(), 300U);
  EXPECT_NE(status.message().find("éé…`"), std::string::npos)
      << status.ToString();
}

TEST(ForeignKeys, KeysOfSeveralColumnsAreToldApart) {
  const HistoryBlob blob = Compile(
      "board",
      WithCheckedStep({"CREATE TABLE tasks (id INTEGER PRIMARY KEY, a TEXT, "
                       "b TEXT, FOREIGN KEY (a, b) REFERENCES pairs (a, b))",
                       "CREATE TABLE pairs (a TEXT, b TEXT, "
                       "PRIMARY KEY (a, b))"},
                      {"UPDATE tasks SET a = 'x', b = 'y, z'"}));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute("INSERT INTO tasks VALUES (1, 'x, y', 'z')");
  const Status status = Upgrade(database, blob);
  EXPECT_EQ(status.code(), StatusCode::kForeignKeyViolation);
  EXPECT_NE(status.message().find("`a`, `b` `'x', 'y, z'`"), std::string::npos)
      << status.ToString();
}

TEST(ForeignKeys, ChildrenOfARebuiltParentStay) {
  const HistoryBlob blob =
      Compile("board", WithCheckedStep({kTasks}, kRebuildUsers));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute(
      "PRAGMA foreign_keys = ON; "
      "INSERT INTO users VALUES (1, 'ann'); "
      "INSERT INTO tasks VALUES (5, 1)");
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_EQ(database.Query("SELECT id, owner FROM tasks"), "5|1\n");
  EXPECT_EQ(database.Query("PRAGMA foreign_keys"), "1\n");
}

TEST(ForeignKeys, AKeyThatCannotBeCheckedIsNoReasonIfItWasThere) {
  const HistoryBlob blob = Compile(
      "board", WithCheckedStep({"CREATE TABLE tasks (id INTEGER PRIMARY KEY, "
                                "owner TEXT REFERENCES users (name))"},
                               kRebuildUsers));
  const TestDatabase database;
  EXPECT_OK(Upgrade(database, blob));
}

TEST(ForeignKeys, AKeyThatCannotBeCheckedAnyMoreIsRefused) {
  const HistoryBlob blob = Compile(
      "board", WithCheckedStep(
                   {"CREATE TABLE tasks (id INTEGER PRIMARY KEY, "
                    "owner INTEGER REFERENCES users (id))"},
                   {"CREATE TABLE users_new (id INTEGER)", "DROP TABLE users",
                    "ALTER TABLE users_new RENAME TO users"}));
  const TestDatabase database;
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kForeignKeyViolation);
}

// A look at `keys` that found `violations`.
ForeignKeyReport Report(std::vector<ForeignKeyReport::Key> keys,
                        std::vector<ForeignKeyViolation> violations) {
  return {std::move(keys), std::move(violations)};
}

TEST(NewViolations, CountsAsMultisets) {
  const ForeignKeyViolation seven = {"tasks", "`owner`", "7", "users"};
  const ForeignKeyViolation eight = {"tasks", "`owner`", "8", "users"};
  const auto new_ones = [](std::vector<ForeignKeyViolation> before,
                           std::vector<ForeignKeyViolation> after) {
    const std::vector<ForeignKeyReport::Key> keys = {{"tasks", "`owner`"}};
    return NewViolations(Report(keys, std::move(before)),
                         Report(keys, std::move(after)));
  };
  EXPECT_TRUE(new_ones({seven, eight}, {eight, seven}).empty());
  EXPECT_TRUE(new_ones({seven, seven}, {seven}).empty());
  EXPECT_EQ(new_ones({seven}, {seven, seven}).size(), 1U);
  const auto found = new_ones({seven}, {eight});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].values, "8");
}

// A column's new type changes how its values are stored, not what they are.
TEST(NewViolations, SeesValuesThroughTheirTypes) {
  const auto is_new = [](const std::string& before, const std::string& after) {
    const std::vector<ForeignKeyReport::Key> keys = {{"tasks", "`owner`"}};
    return !NewViolations(Report(keys, {{"tasks", "`owner`", before, "users"}}),
                          Report(keys, {{"tasks", "`owner`", after, "users"}}))
                .empty();
  };
  for (const auto& [one, other] :
       {std::pair{"'99'", "99"}, std::pair{"99", "99.0"},
        std::pair{"'99.0'", "99"}, std::pair{"X'3939'", "'99'"},
        std::pair{"-5", "'-5'"}, std::pair{"-5.0", "-5"}, std::pair{"0", "0.0"},
        std::pair{"100", "'100'"},
        std::pair{"9007199254740992", "9.00719925474099200000e+15"},
        std::pair{"'1.5', 7", "1.5, '7'"}, std::pair{"1.0e-07", "'1.0e-07'"},
        std::pair{"'it''s'", "X'69742773'"}}) {
    EXPECT_FALSE(is_new(one, other)) << one << " " << other;
    EXPECT_FALSE(is_new(other, one)) << one << " " << other;
  }
  for (const auto& [one, other] :
       {std::pair{"'099'", "99"}, std::pair{"' 99'", "99"},
        std::pair{"'99x'", "99"}, std::pair{"5", "-5"}, std::pair{"1", "10"},
        std::pair{"9007199254740992", "9007199254740993"},
        std::pair{"'1', '2'", "'12', ''"}, std::pair{"1, 2", "2, 1"},
        std::pair{"'A'", "'a'"}, std::pair{"'-'", "''"}, std::pair{"'1e'", "1"},
        std::pair{"NULL", "'NULL'"}}) {
    EXPECT_TRUE(is_new(one, other)) << one << " " << other;
    EXPECT_TRUE(is_new(other, one)) << one << " " << other;
  }
}

TEST(NewViolations, FollowsRenames) {
  const ForeignKeyReport before =
      Report({{"tasks", "`owner`"}}, {{"tasks", "`owner`", "7", "users"}});
  const std::vector<ForeignKeyViolation> moved = {
      {"TASKS", "`OWNER`", "7", "people"},
      {"tasks", "`holder`", "7", "users"},
      {"jobs", "`owner`", "7", "users"},
      {"jobs", "`holder`", "7", "users"}};
  for (const ForeignKeyViolation& violation : moved) {
    const ForeignKeyReport after =
        Report({{violation.table, violation.columns}}, {violation});
    EXPECT_TRUE(NewViolations(before, after).empty()) << violation.table;
    ForeignKeyReport another = after;
    another.violations[0].values = "8";
    EXPECT_EQ(NewViolations(before, another).size(), 1U) << violation.table;
  }
}

TEST(NewViolations, AnotherKeyDoesNotPay) {
  const ForeignKeyViolation old = {"tasks", "`owner`", "7", "users"};
  const ForeignKeyViolation other = {"notes", "`owner`", "7", "users"};
  const std::vector<ForeignKeyReport::Key> keys = {{"tasks", "`owner`"},
                                                   {"notes", "`owner`"}};
  EXPECT_EQ(NewViolations(Report(keys, {old}), Report(keys, {other})).size(),
            1U);
  // One that was there all along is no renamed one.
  EXPECT_EQ(
      NewViolations(Report(keys, {old}), Report({keys[1]}, {other})).size(),
      1U);
  // Nor is a new one what became of one that is still there.
  EXPECT_EQ(
      NewViolations(Report({keys[0]}, {old}), Report(keys, {other})).size(),
      1U);
}

}  // namespace
}  // namespace palindrome::testing
