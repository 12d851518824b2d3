// Hover, definition, completion, formatting and quick fixes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/lsp/answers.h"
#include "tests/unit/compiler/lsp/client.h"
#include "tests/unit/compiler/lsp/histories.h"

namespace palindrome::lsp {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

// Of a body with a `^` at the place.
std::string HoverIn(const std::string& upgrade) {
  const llvm::json::Value result =
      Answer("textDocument/hover", kNewFile, NewMigration(upgrade));
  const llvm::json::Object* object = result.getAsObject();
  return object == nullptr
             ? "nothing"
             : object->getObject("contents")->getString("value")->str();
}

TEST(HoverTest, ShowsTheTableAsItStandsAtTheStatement) {
  EXPECT_EQ(HoverIn("  ALTER TABLE us^ers DROP COLUMN name;\n"),
            "```sql\n"
            "CREATE TABLE users (\n"
            "  id INTEGER PRIMARY KEY,\n"
            "  name TEXT NOT NULL,\n"
            "  email TEXT\n"
            ");\n"
            "CREATE INDEX ix_users_email ON users (email);\n"
            "```\n");
  EXPECT_THAT(HoverIn("  PRESERVE ALTER TABLE users DROP COLUMN name;\n"
                      "  UPDATE ^users SET email = '';\n"),
              Not(HasSubstr("name TEXT")));
  // What a statement creates is there after it.
  EXPECT_THAT(HoverIn("  CREATE TABLE ^tags (a TEXT);\n"),
              HasSubstr("CREATE TABLE tags"));
}

TEST(HoverTest, KnowsColumnsByTheirTables) {
  EXPECT_THAT(HoverIn("  UPDATE users SET ema^il = name;\n"),
              HasSubstr("column `email` of table `users`"));
  EXPECT_THAT(HoverIn("  CREATE VIEW v AS SELECT u.na^me FROM users AS u;\n"),
              HasSubstr("column `name` of table `users`"));
  EXPECT_THAT(HoverIn("  CREATE VIEW v AS SELECT ^u.name FROM users AS u;\n"),
              HasSubstr("CREATE TABLE users"));
  EXPECT_THAT(HoverIn("  ALTER TABLE users ADD COLUMN a^ge INTEGER;\n"),
              HasSubstr("column `age` of table `users`"));
  EXPECT_THAT(HoverIn("  DROP INDEX ix_users_em^ail;\n"),
              HasSubstr("CREATE INDEX ix_users_email"));
}

TEST(HoverTest, KnowsRevisionsAndRules) {
  const llvm::json::Value result = Answer(
      "textDocument/hover", kEmailFile,
      std::string(kEmail).replace(std::string(kEmail).find("aa11"), 2, "a^a"));
  ASSERT_NE(result.getAsObject(), nullptr);
  EXPECT_THAT(TextOf(result), HasSubstr("create users\\n\\nPeople."));
  EXPECT_THAT(HoverIn("  ALLOW drop-column-un^archived BECAUSE 'x';\n"
                      "  ALTER TABLE users DROP COLUMN name;\n"),
              HasSubstr("\n\n"));
}

TEST(HoverTest, SaysNothingOfTheRest) {
  EXPECT_EQ(HoverIn("  UPDATE users SET email = 'us^ers';\n"), "nothing");
  EXPECT_EQ(HoverIn("  -- us^ers\n  UPDATE users SET email = '';\n"),
            "nothing");
  EXPECT_EQ(HoverIn("  UPDA^TE users SET email = '';\n"), "nothing");
  EXPECT_EQ(HoverIn("  DROP TABLE nob^ody;\n"), "nothing");
}

TEST(DefinitionTest, LeadsToWhereItWasMade) {
  EXPECT_EQ(DefinitionIn(NewMigration("  DROP TABLE user^s;\n")),
            std::string(kUsersFile) + ":7:15");
  EXPECT_EQ(DefinitionIn(NewMigration("  UPDATE users SET na^me = '';\n")),
            std::string(kUsersFile) + ":9:4");
  EXPECT_THAT(DefinitionIn(NewMigration("  UPDATE users SET em^ail = '';\n")),
              HasSubstr(std::string(kEmailFile) + ":6:"));
  EXPECT_THAT(DefinitionIn(NewMigration("  DROP INDEX ^ix_users_email;\n")),
              HasSubstr(std::string(kEmailFile) + ":7:"));
  EXPECT_EQ(DefinitionIn(NewMigration("  CREATE TABLE tags (a TEXT);\n"
                                      "  CREATE INDEX i ON ta^gs (a);\n")),
            std::string(kNewFile) + ":6:15");
  std::string text = NewMigration("");
  text.insert(text.find("b22'"), "^");
  EXPECT_EQ(DefinitionIn(text), std::string(kEmailFile) + ":1:11");
  EXPECT_EQ(DefinitionIn(NewMigration("  DROP TABLE no^body;\n")), "nowhere");
}

TEST(CompletionTest, KnowsTheNamesAtTheStatement) {
  EXPECT_THAT(LabelsIn(NewMigration("  DROP TABLE ^;\n")),
              ElementsAre("users"));
  EXPECT_THAT(LabelsIn(NewMigration("  CREATE TABLE tags (a TEXT);\n"
                                    "  DROP TABLE t^\n")),
              ElementsAre("tags", "users"));
  EXPECT_THAT(LabelsIn(NewMigration("  ALTER TABLE users DROP COLUMN ^")),
              IsSupersetOf({"id", "name", "email"}));
  EXPECT_THAT(LabelsIn(NewMigration("  PRESERVE ALTER TABLE users DROP COLUMN "
                                    "name;\n  UPDATE users SET ^")),
              AllOf(Contains("email"), Not(Contains("name"))));
  EXPECT_THAT(LabelsIn(NewMigration("  CREATE VIEW v AS SELECT u.^ FROM users "
                                    "u;\n")),
              ElementsAre("id", "name", "email"));
  EXPECT_THAT(LabelsIn(NewMigration("  DROP INDEX ^;\n")),
              ElementsAre("ix_users_email"));
  EXPECT_THAT(LabelsIn(NewMigration("  ALTER TABLE users ^;\n")),
              Contains("ADD COLUMN"));
}

TEST(CompletionTest, KnowsWhatAloneCanStandThere) {
  const std::string tags = "  CREATE TABLE tags (word TEXT, tag TEXT);\n";
  const std::string next = "\n  INSERT INTO tags (word) VALUES ('x');\n";
  for (const char* head :
       {"  INSERT INTO users (^", "  INSERT INTO users (id, ^",
        "  CREATE TABLE a (b INTEGER REFERENCES users (^",
        "  CREATE INDEX i ON users (^", "  ALTER TABLE users DROP COLUMN ^",
        "  ALTER TABLE users RENAME COLUMN ^",
        "  ALTER TABLE users ALTER COLUMN na^"}) {
    EXPECT_THAT(LabelsIn(NewMigration(tags + head + next)),
                ElementsAre("id", "name", "email"))
        << head;
  }
  EXPECT_THAT(LabelsIn(NewMigration("  ALTER TABLE users ADD COLUMN ^" + next)),
              IsEmpty());
  EXPECT_THAT(LabelsIn(NewMigration(tags + "  UPDATE users SET ^" + next)),
              AllOf(Contains("email"), Not(Contains("word"))));
}

TEST(CompletionTest, OffersNoRevisionThatComesLater) {
  const auto labels = [](const std::string& name, std::string text) {
    const std::size_t at = text.find("REVISES");
    text.insert(at + std::string("REVISES  ").size(), "^");
    return LabelsIn(text, name);
  };
  EXPECT_THAT(labels(kUsersFile, kUsers), IsEmpty());
  EXPECT_THAT(labels(kEmailFile, kEmail), ElementsAre("aa11"));
}

// What the first item puts in, where that is not its label.
std::string InsertedIn(const std::string& text) {
  const llvm::json::Value result =
      Answer("textDocument/completion", kNewFile, text);
  const llvm::json::Array& items = *result.getAsObject()->getArray("items");
  return items.empty() ? "nothing"
                       : items.front()
                             .getAsObject()
                             ->getString("insertText")
                             .value_or("")
                             .str();
}

TEST(CompletionTest, QuotesRevisionsThatAreNotQuoted) {
  EXPECT_EQ(InsertedIn("MIGRATION 'x'\n  REVISES ^"), "'aa11'");
  EXPECT_EQ(InsertedIn("MIGRATION 'x'\n  REVISES a^"), "'aa11'");
  EXPECT_EQ(InsertedIn("MIGRATION 'x'\n  REVISES '^"), "");
  EXPECT_EQ(InsertedIn("MIGRATION 'x'\n  REVISES 'aa^"), "");
  EXPECT_EQ(InsertedIn("MIGRATION 'x'\n  REVISES '^'"), "");
  EXPECT_EQ(InsertedIn("MIGRATION 'x'\n  REVISES 'bb22', '^'"), "");
}

TEST(CompletionTest, KnowsTheWordsOfTheLanguage) {
  EXPECT_THAT(LabelsIn(NewMigration("  ^\n")),
              IsSupersetOf({"CREATE TABLE", "PRESERVE", "ALLOW"}));
  EXPECT_THAT(LabelsIn(NewMigration("  ALLOW drop-co^\n")),
              Contains("drop-column-unarchived"));
  EXPECT_THAT(LabelsIn("MIGRATION 'x'\n  ^"),
              IsSupersetOf({"REVISION", "REVISES"}));
  EXPECT_THAT(LabelsIn("MIGRATION 'x'\n  REVISES ^"),
              ElementsAre("aa11", "bb22"));
  EXPECT_THAT(LabelsIn(NewMigration("") + "DOWNGRADE ^"),
              ElementsAre("BEGIN", "AUTO;"));
  EXPECT_THAT(LabelsIn(NewMigration("  -- a ^\n")), IsEmpty());
  EXPECT_THAT(LabelsIn(NewMigration("  UPDATE users SET name = '^';\n")),
              IsEmpty());
}

TEST(FormattingTest, ChangesOnlyTheLinesThatDiffer) {
  std::string text = NewMigration("DROP   TABLE users;\n");
  const llvm::json::Value result =
      Answer("textDocument/formatting", kNewFile, text + "^");
  ASSERT_NE(result.getAsArray(), nullptr);
  EXPECT_EQ(ApplyEdits(text, *result.getAsArray()),
            NewMigration("  DROP TABLE users;\n"));
  EXPECT_THAT(TextOf(result),
              HasSubstr(R"("newText":"  DROP TABLE users;\n")"));
  EXPECT_EQ(Answer("textDocument/formatting", kNewFile,
                   NewMigration("  DROP TABLE users;\n") + "^"),
            llvm::json::Value(llvm::json::Array()));
  EXPECT_EQ(Answer("textDocument/formatting", kNewFile, "MIGRATION^"), nullptr);
}

// What the text becomes by each of the actions at the place, by their titles.
std::map<std::string, std::string> ActionsIn(const std::string& marked) {
  const llvm::json::Value result =
      Answer("textDocument/codeAction", kNewFile, marked);
  std::string text = marked;
  text.erase(text.find('^'), 1);
  std::map<std::string, std::string> actions;
  for (const llvm::json::Value& action : *result.getAsArray()) {
    const llvm::json::Object& object = *action.getAsObject();
    const llvm::json::Object& changes =
        *object.getObject("edit")->getObject("changes");
    actions[object.getString("title")->str()] =
        ApplyEdits(text, *changes.getArray(UriOf(kNewFile)));
  }
  return actions;
}

TEST(CodeActionTest, ChangesToWhatWasMeant) {
  EXPECT_EQ(ActionsIn(NewMigration("  UPDATE users SET email = 'x';\n"
                                   "  CREATE INDEX ix ON user^ (email);\n"))
                .at("change to `users`"),
            NewMigration("  UPDATE users SET email = 'x';\n"
                         "  CREATE INDEX ix ON users (email);\n"));
  EXPECT_EQ(
      ActionsIn(NewMigration("  DROP TABEL^ users;\n")).at("change to `TABLE`"),
      NewMigration("  DROP TABLE users;\n"));
  EXPECT_EQ(
      ActionsIn(NewMigration("  ALLOW drop-table-unarchive^ BECAUSE 'x';\n"
                             "  DROP TABLE users;\n"))
          .at("change to `drop-table-unarchived`"),
      NewMigration("  ALLOW drop-table-unarchived BECAUSE 'x';\n"
                   "  DROP TABLE users;\n"));
}

TEST(CodeActionTest, SignsAFindingOrKeepsWhatIsLost) {
  const auto actions =
      ActionsIn(NewMigration("  DROP INDEX ix_users_email;\n"
                             "  ALTER TABLE users DROP COLUMN em^ail;\n"));
  EXPECT_EQ(actions.at("allow `drop-column-unarchived` here"),
            NewMigration("  DROP INDEX ix_users_email;\n"
                         "  ALLOW drop-column-unarchived BECAUSE '';\n"
                         "  ALTER TABLE users DROP COLUMN email;\n"));
  EXPECT_EQ(actions.at("keep what is destroyed with `PRESERVE`"),
            NewMigration("  DROP INDEX ix_users_email;\n"
                         "  PRESERVE ALTER TABLE users DROP COLUMN email;\n"));
}

TEST(CodeActionTest, WritesTheDowngradeThatFollows) {
  std::string text = NewMigration("  CREATE INDEX ix ON users (name);\n");
  const std::size_t downgrade = text.find("DOWNGRADE");
  text = text.substr(0, downgrade) + "^DOWNGRADE BEGIN\nEND;\n";
  const auto actions = ActionsIn(text);
  EXPECT_EQ(
      actions.at("write the downgrade that follows from the upgrade"),
      text.substr(0, downgrade) + "DOWNGRADE BEGIN\n  DROP INDEX ix;\nEND;\n");
  EXPECT_EQ(actions.at("write `DOWNGRADE AUTO;`"),
            text.substr(0, downgrade) + "DOWNGRADE AUTO;\n");
}

}  // namespace
}  // namespace palindrome::lsp
