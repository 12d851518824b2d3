// A slice holds what a statement can change and what it needs, and no more.
#include "compiler/catalog/slice.h"

#include <gtest/gtest.h>

#include "tests/support/simulation.h"

namespace palindrome::catalog {
namespace {

using ::palindrome::testing::SimulateStatements;
using Names = std::vector<std::string>;

constexpr char kSchema[] = R"sql(
  CREATE TABLE hub (id INTEGER PRIMARY KEY, code TEXT);
  CREATE UNIQUE INDEX hub_code ON hub (code);
  CREATE TABLE one (id INTEGER PRIMARY KEY, hub INTEGER REFERENCES hub (id));
  CREATE INDEX one_hub ON one (hub);
  CREATE TABLE two (id INTEGER PRIMARY KEY, hub INTEGER REFERENCES hub (id));
  CREATE TABLE log (line TEXT);
  CREATE TABLE logs_of_log (line TEXT);
  CREATE VIEW hubs AS SELECT id FROM hub;
  CREATE VIEW more AS SELECT id FROM hubs;
  CREATE TRIGGER one_log AFTER INSERT ON one
    BEGIN INSERT INTO log VALUES (new.id); END;
  CREATE TRIGGER two_log AFTER INSERT ON two
    BEGIN INSERT INTO log VALUES (new.id); END;
  CREATE TRIGGER log_log AFTER INSERT ON log
    BEGIN INSERT INTO logs_of_log VALUES (new.line); END;
)sql";

// The names of the slice around the statement, in the order of its making.
Names SliceOf(const std::string& statement) {
  const auto schema = SimulateStatements(kSchema);
  const auto change = SimulateStatements(statement, schema->simulation.after);
  Names names;
  for (const ObjectPtr& object : SliceAround(
           schema->simulation.after,
           MentionsOf(change->simulation.steps.front().item->statement))) {
    names.push_back(object->name());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Slice, AReferenceBringsTheTableAlone) {
  EXPECT_EQ(SliceOf("CREATE TABLE three (hub INTEGER REFERENCES hub (id));"),
            (Names{"hub", "hub_code"}));
}

TEST(Slice, AViewBringsWhatItReads) {
  EXPECT_EQ(SliceOf("CREATE VIEW most AS SELECT id FROM more;"),
            (Names{"hub", "hub_code", "hubs", "more"}));
}

TEST(Slice, AChangedTableBringsAllThatUsesIt) {
  EXPECT_EQ(
      SliceOf("ALTER TABLE hub ADD COLUMN colour TEXT;"),
      (Names{"hub", "hub_code", "hubs", "more", "one", "one_hub", "two"}));
  EXPECT_EQ(
      SliceOf("DROP INDEX hub_code;"),
      (Names{"hub", "hub_code", "hubs", "more", "one", "one_hub", "two"}));
}

TEST(Slice, AConversionBringsWhatItReads) {
  EXPECT_EQ(SliceOf("ALTER TABLE log ALTER COLUMN line TYPE INTEGER"
                    " USING (SELECT id FROM hubs WHERE id = line);"),
            (Names{"hub", "hub_code", "hubs", "log", "log_log", "logs_of_log",
                   "one", "one_hub", "one_log", "two", "two_log"}));
}

TEST(Slice, ARenamedTableBringsBothNames) {
  EXPECT_EQ(SliceOf("ALTER TABLE logs_of_log RENAME TO old_logs;"),
            (Names{"log", "log_log", "logs_of_log"}));
}

TEST(Slice, TheCountersBringWhatIsCounted) {
  const auto schema = SimulateStatements(
      "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);"
      "CREATE TABLE plain (id INTEGER PRIMARY KEY);");
  const auto change =
      SimulateStatements("DELETE FROM SQLITE_SEQUENCE WHERE name = 'counted';",
                         schema->simulation.after);
  EXPECT_EQ(::palindrome::testing::Messages(change->simulation), "");
}

TEST(Slice, ADataStatementBringsWhatItFires) {
  EXPECT_EQ(SliceOf("INSERT INTO one (hub) VALUES (NULL);"),
            (Names{"hub", "hub_code", "hubs", "log", "log_log", "logs_of_log",
                   "more", "one", "one_hub", "one_log", "two"}));
}

}  // namespace
}  // namespace palindrome::catalog
