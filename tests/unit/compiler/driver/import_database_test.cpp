// A project without migrations starts with the schema that it has.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/golden/world.h"
#include <unistd.h>

namespace palindrome::driver {
namespace {

class ImportDatabaseTest : public ::testing::Test {
 protected:
  ~ImportDatabaseTest() override { unlink(path_.c_str()); }

  void Make(const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
    char* message = nullptr;
    sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
    EXPECT_EQ(message, nullptr) << message;
    sqlite3_free(message);
    sqlite3_close(handle);
  }

  testing::Outcome Import() {
    return world_.Run({"import", "--from", "database", path_});
  }

  testing::World world_;
  const std::string path_ =
      ::testing::TempDir() + "import_" + std::to_string(getpid()) + ".db";
};

TEST_F(ImportDatabaseTest, TheSchemaBecomesOneMigration) {
  Make(
      "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT UNIQUE);"
      "CREATE VIEW v AS SELECT n FROM a;"
      "CREATE TABLE b (a INTEGER REFERENCES a (id));"
      "CREATE INDEX b_a ON b (a) WHERE a IS NOT NULL;"
      "CREATE TRIGGER t AFTER INSERT ON b BEGIN DELETE FROM a; END;"
      "INSERT INTO a (n) VALUES ('x');"
      "CREATE TABLE palindrome_applied (revision TEXT);");
  const testing::Outcome outcome = Import();
  EXPECT_EQ(outcome.status, kSuccess) << outcome.out << outcome.err;
  ASSERT_EQ(outcome.written.size(), 2U);
  const std::string& text = outcome.written[0].content;
  EXPECT_NE(text.find(R"(
UPGRADE BEGIN
CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT UNIQUE);
)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(
DOWNGRADE BEGIN
DROP VIEW v;
DROP TABLE b;
DROP TABLE a;
END;
)"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("palindrome_applied"), std::string::npos);
  // What was written builds.
  const testing::Outcome check = world_.Run({"check"});
  EXPECT_EQ(check.status, kSuccess) << check.err;
}

TEST_F(ImportDatabaseTest, TheLedgerOfTheToolBeforeStaysOut) {
  Make(
      "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY, version_id INT);"
      "CREATE INDEX g ON goose_db_version (version_id);"
      "CREATE TABLE a (n TEXT);");
  const testing::Outcome outcome = Import();
  EXPECT_EQ(outcome.status, kSuccess) << outcome.out << outcome.err;
  EXPECT_NE(
      outcome.out.find(
          "table `goose_db_version` is the ledger of goose and stays out"),
      std::string::npos)
      << outcome.out;
  const std::string& text = outcome.written[0].content;
  EXPECT_EQ(text.find("goose"), std::string::npos) << text;
  EXPECT_EQ(text.find("INDEX"), std::string::npos) << text;
}

TEST_F(ImportDatabaseTest, NothingIsWrittenOfWhatIsNoDatabase) {
  testing::Outcome outcome = Import();
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("cannot be read"), std::string::npos);
  Make("SELECT 1");
  outcome = Import();
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.out.find("the database has no schema"), std::string::npos);
  EXPECT_TRUE(outcome.written.empty());
}

}  // namespace
}  // namespace palindrome::driver
