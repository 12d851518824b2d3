// Names that a statement defines, renames or takes from a trigger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/lsp/answers.h"
#include "tests/unit/compiler/lsp/histories.h"

namespace palindrome::lsp {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

// Of a body with a `^` at the place.
std::string DefinitionOf(const std::string& upgrade) {
  return DefinitionIn(NewMigration(upgrade));
}

std::vector<std::string> LabelsOf(const std::string& upgrade) {
  return LabelsIn(NewMigration(upgrade));
}

TEST(DefinitionTest, OfARenamedColumnIsItsRename) {
  const std::string file = kNewFile;
  const std::string rename =
      "  ALTER TABLE users RENAME COLUMN name TO label;\n";
  EXPECT_EQ(DefinitionOf(rename + "  UPDATE users SET lab^el = 'x';\n"),
            file + ":6:42");
  EXPECT_EQ(DefinitionOf("  ALTER TABLE users RENAME name TO la^bel;\n"),
            file + ":6:35");
  // What it was called before is where it was made.
  EXPECT_EQ(DefinitionOf("  ALTER TABLE users RENAME na^me TO label;\n"),
            std::string(kUsersFile) + ":9:4");
  // The table may be renamed as well, and other columns are where they were.
  EXPECT_EQ(DefinitionOf(rename + "  ALTER TABLE users RENAME TO people;\n"
                                  "  UPDATE people SET lab^el = 'x';\n"),
            file + ":6:42");
  EXPECT_EQ(DefinitionOf(rename + "  UPDATE users SET i^d = 1;\n"),
            std::string(kUsersFile) + ":8:4");
  // A table of the same name that is made later has its own.
  EXPECT_EQ(DefinitionOf(rename + "  DROP TABLE users;\n"
                                  "  CREATE TABLE users (label TEXT);\n"
                                  "  UPDATE users SET lab^el = 'x';\n"),
            file + ":8:22");
}

TEST(CompletionTest, RowsOfATriggerAreThoseOfItsTable) {
  const std::string log = "  CREATE TABLE log (at TEXT, what TEXT);\n";
  const std::string trigger =
      "  CREATE TRIGGER t AFTER UPDATE OF name ON users BEGIN\n";
  for (const char* body :
       {"    INSERT INTO log (at) VALUES (NEW.^);\n  END;\n",
        "    INSERT INTO log (at) SELECT l.at FROM log l;\n"
        "    UPDATE log SET what = old.^\n  END;\n",
        "    DELETE FROM log WHERE at = new.^ AND what = 1;\n  END;\n"}) {
    EXPECT_THAT(LabelsOf(log + trigger + body),
                ElementsAre("id", "name", "email"))
        << body;
  }
  EXPECT_THAT(LabelsOf(log + "  CREATE TEMP TRIGGER t AFTER INSERT ON main.log "
                             "BEGIN\n    DELETE FROM users WHERE id = "
                             "NEW.^;\n  END;\n"),
              ElementsAre("at", "what"));
  // Outside of one there are none.
  EXPECT_THAT(LabelsOf("  UPDATE users SET name = new.^;\n"), IsEmpty());
}

TEST(CompletionTest, KnowsWhatTheStatementDefines) {
  EXPECT_THAT(LabelsOf("  CREATE VIEW v AS SELECT s.^ FROM users AS s;\n"),
              ElementsAre("id", "name", "email"));
  EXPECT_THAT(LabelsOf("  CREATE VIEW v AS SELECT s.^\n"
                       "    FROM users AS s JOIN users o ON o.id = s.id;\n"),
              ElementsAre("id", "name", "email"));
  EXPECT_THAT(LabelsOf("  CREATE VIEW v AS WITH x AS (SELECT id AS q, name "
                       "FROM users) SELECT ^ FROM x;\n"),
              IsSupersetOf({"q", "name"}));
  EXPECT_THAT(LabelsOf("  CREATE VIEW v AS WITH x AS (SELECT id AS q, name, id "
                       "+ 1 FROM users) SELECT y.^ FROM x AS y;\n"),
              ElementsAre("q", "name"));
  EXPECT_THAT(LabelsOf("  WITH RECURSIVE n (i, j) AS (SELECT 1, 2 UNION ALL "
                       "SELECT i + 1, j FROM n), m AS (SELECT * FROM n)\n"
                       "  INSERT INTO users (id) SELECT m.^ FROM m;\n"),
              ElementsAre("i", "j"));
  EXPECT_THAT(LabelsOf("  CREATE VIEW v AS SELECT s.^ FROM (SELECT id AS q "
                       "FROM users) AS s;\n"),
              ElementsAre("q"));
}

TEST(CompletionTest, KnowsTheColumnsOfAView) {
  EXPECT_THAT(LabelsOf("  CREATE VIEW v AS SELECT id, name AS n FROM users;\n"
                       "  CREATE VIEW w AS SELECT v.^ FROM v;\n"),
              ElementsAre("id", "n"));
}

}  // namespace
}  // namespace palindrome::lsp
