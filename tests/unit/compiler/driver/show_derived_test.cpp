#include <gtest/gtest.h>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include "compiler/checks/rule.h"
#include "compiler/driver/environment.h"
#include "tests/golden/golden_file.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::FileMap;
using testing::Outcome;
using testing::World;
using Args = std::vector<std::string>;

constexpr llvm::StringLiteral kAuto = "DOWNGRADE AUTO;\n";
// The rows of a rehearsal follow from the file's checksum.
const Args kCheck = {"check", "--rules", "column-order-not-restored=off",
                     "--rules", "data-dependent-failure=off"};

std::string RevisionOf(llvm::StringRef migration) {
  return migration.split("REVISION")
      .second.split('\'')
      .second.split('\'')
      .first.str();
}

// Puts what is derived in the place of each AUTO, and checks.
void ExpectSameFindings(const FileMap& files) {
  World world;
  world.files() = files;
  const Outcome before = world.Run(kCheck);
  ASSERT_EQ(before.status, kSuccess) << before.err;
  for (const auto& [path, text] : files) {
    const std::size_t at = text.find(kAuto);
    // Only AUTO reads an archive.
    if (at == std::string::npos ||
        text.find("PRESERVE ") != std::string::npos) {
      continue;
    }
    const Args show = {"show", "--derived", RevisionOf(text)};
    const Outcome derived = world.Run(show);
    ASSERT_EQ(derived.status, kSuccess) << path << '\n' << derived.err;
    world.files()[path] =
        std::string(text).replace(at, kAuto.size(), derived.out);
    EXPECT_EQ(world.Run(show).out, derived.out);
  }
  const Outcome after = world.Run(kCheck);
  std::string sources;
  for (const auto& [path, text] : world.files()) {
    sources += text;
  }
  EXPECT_EQ(after.out + after.err, before.out + before.err) << sources;
}

TEST(ShowDerived, StandsInThePlaceOfAuto) {
  for (const checks::Rule* rule : checks::AllRules()) {
    FileMap files;
    for (const testing::Section& section :
         testing::ParseGolden(rule->good.str()).sections) {
      if (llvm::StringRef(section.heading).ends_with(".sql")) {
        files["migrations/" + section.heading] = section.body;
      }
    }
    SCOPED_TRACE(diagnostics::Info(rule->kind).tag.str());
    ExpectSameFindings(files);
  }
}

constexpr char kCreate[] =
    "MIGRATION 'create board'\n  REVISION 'a1'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n"
    "  CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
    "    email TEXT NOT NULL COLLATE NOCASE DEFAULT 'two\nlines''',\n"
    "    score REAL DEFAULT -1.5 CHECK (score - -1 > 0), \"a name\" TEXT,\n"
    "    low TEXT GENERATED ALWAYS AS (lower(email)) VIRTUAL,\n"
    "    CONSTRAINT uq UNIQUE (email, score) ON CONFLICT IGNORE);\n"
    "  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT,\n"
    "    owner INTEGER REFERENCES users (id) ON DELETE CASCADE) STRICT;\n"
    "  CREATE TABLE log (task INTEGER, at TEXT, PRIMARY KEY (task, at))\n"
    "    WITHOUT ROWID;\n"
    "  CREATE UNIQUE INDEX ix ON tasks (title COLLATE NOCASE DESC)\n"
    "    WHERE title <> 'a\nb';\n"
    "  CREATE VIEW titles (t) AS SELECT title FROM tasks;\n"
    "  CREATE TRIGGER note AFTER UPDATE OF title ON tasks WHEN new.title > ''\n"
    "  BEGIN INSERT INTO log VALUES (new.id, 'x\ny'); END;\n"
    "  -- words\n"
    "  FOR sqlite BEGIN\n    CREATE VIRTUAL TABLE words USING fts5(word);\n"
    "  END;\nEND;\n"
    "DOWNGRADE BEGIN\n"
    "  DROP TABLE words;\n  DROP VIEW titles;\n  DROP TABLE tasks;\n"
    "  DROP TABLE log;\n  DROP TABLE users;\nEND;\n";
constexpr char kDrop[] =
    "MIGRATION 'drop board'\n  REVISION 'b2'\n  REVISES 'a1'\n"
    "  ALLOW data-loss BECAUSE 'nobody needs it'\n"
    "  ALLOW hygiene BECAUSE 'an example';\n"
    "UPGRADE BEGIN\n"
    "  DROP VIEW titles;\n  DROP TABLE tasks;\n  DROP TABLE log;\n"
    "  DROP TABLE users;\n  DROP TABLE words;\nEND;\n"
    "DOWNGRADE AUTO;\n";

TEST(ShowDerived, PrintsEveryDefinition) {
  ExpectSameFindings({{"migrations/20250101_120000_create_board.sql", kCreate},
                      {"migrations/20250102_120000_drop_board.sql", kDrop}});
}

TEST(ShowDerived, PrintsARebuildByHand) {
  ExpectSameFindings({{"migrations/20250101_120000_create_users.sql",
                       "MIGRATION 'create users'\n  REVISION 'a1'\n"
                       "  REVISES NONE;\nUPGRADE BEGIN\n"
                       "  CREATE TABLE users (id INTEGER PRIMARY KEY,\n"
                       "    \"select\" TEXT);\n"
                       "  CREATE INDEX ix ON users (\"select\");\nEND;\n"
                       "DOWNGRADE AUTO;\n"},
                      {"migrations/20250102_120000_rebuild_users.sql",
                       "MIGRATION 'rebuild users'\n  REVISION 'b2'\n"
                       "  REVISES 'a1';\nUPGRADE BEGIN\n"
                       "  CREATE TABLE new (id INTEGER PRIMARY KEY,\n"
                       "    \"select\" TEXT NOT NULL DEFAULT 'a');\n"
                       "  INSERT INTO new (id, \"select\")\n"
                       "    SELECT id, \"select\" FROM users;\n"
                       "  DROP TABLE users;\n"
                       "  ALTER TABLE new RENAME TO users;\n"
                       "  CREATE INDEX ix ON users (\"select\");\nEND;\n"
                       "DOWNGRADE AUTO;\n"}});
}

class SuggestTest : public ::testing::Test {
 protected:
  // A migration whose hand-written downgrade forgets all.
  void SetUpgrade(const std::string& statements) {
    world_.files()["migrations/20250101_120000_create_users.sql"] =
        "MIGRATION 'create users'\n  REVISION 'a1'\n  REVISES NONE;\n"
        "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\nEND;\n"
        "DOWNGRADE AUTO;\n";
    world_.files()["migrations/20250102_120000_change_users.sql"] =
        "MIGRATION 'change users'\n  REVISION 'b2'\n  REVISES 'a1';\n"
        "UPGRADE BEGIN\n" +
        statements + "END;\nDOWNGRADE BEGIN\nEND;\n";
  }
  llvm::json::Object RunJson(Args args) {
    args.insert(args.end(), {"--format", "json"});
    const Outcome outcome = world_.Run(args);
    EXPECT_EQ(outcome.err, "");
    status_ = outcome.status;
    auto value = llvm::json::parse(outcome.out);
    EXPECT_TRUE(static_cast<bool>(value)) << outcome.out;
    return value ? *value->getAsObject() : llvm::json::Object();
  }
  World world_;
  int status_ = kSuccess;
};

constexpr char kSection[] =
    "DOWNGRADE BEGIN\n  ALTER TABLE users DROP COLUMN email;\nEND;\n";

TEST_F(SuggestTest, ShowDerivedAsJson) {
  SetUpgrade("  ALTER TABLE users ADD COLUMN email TEXT;\n");
  EXPECT_EQ(RunJson({"show", "--derived", "b2"}),
            (llvm::json::Object{{"revision", "b2"},
                                {"derived", kSection},
                                {"refusals", llvm::json::Array{}}}));
  EXPECT_EQ(status_, kSuccess);
}

TEST_F(SuggestTest, ShowRefusalsAsJson) {
  SetUpgrade("  UPDATE users SET id = id + 1;\n");
  EXPECT_EQ(RunJson({"show", "--derived", "b2"}),
            (llvm::json::Object{
                {"revision", "b2"},
                {"derived", nullptr},
                {"refusals", llvm::json::Array{llvm::json::Object{
                                 {"line", 5},
                                 {"statement", "UPDATE"},
                                 {"reason",
                                  "nothing keeps the values that it "
                                  "overwrites, as `PRESERVE` would"}}}}}));
  EXPECT_EQ(status_, kFindings);
}

TEST_F(SuggestTest, SuggestionsAsJson) {
  SetUpgrade("  ALTER TABLE users ADD COLUMN email TEXT;\n");
  const llvm::json::Object object = RunJson({"check", "--suggest"});
  EXPECT_EQ(status_, kFindings);
  ASSERT_NE(object.getArray("findings"), nullptr);
  ASSERT_NE(object.getArray("suggestions"), nullptr);
  EXPECT_EQ(*object.getArray("suggestions"),
            (llvm::json::Array{llvm::json::Object{
                {"file", "migrations/20250102_120000_change_users.sql"},
                {"revision", "b2"},
                {"downgrade", kSection},
                {"refusals", llvm::json::Array{}}}}));
  EXPECT_EQ(RunJson({"check"}).get("suggestions"), nullptr);
}

TEST_F(SuggestTest, NothingToSuggest) {
  SetUpgrade("  ALTER TABLE users ADD COLUMN email TEXT;\n");
  world_.files().erase("migrations/20250102_120000_change_users.sql");
  EXPECT_EQ(RunJson({"check", "--suggest"}),
            (llvm::json::Object{{"findings", llvm::json::Array{}},
                                {"suggestions", llvm::json::Array{}}}));
  EXPECT_EQ(status_, kSuccess);
}

}  // namespace
}  // namespace palindrome::driver
