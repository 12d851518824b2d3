#include "tests/unit/migrator/offline_script.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include <gtest/gtest.h>

#include "runtime/src/sql_lexer.h"
#include "tests/support/files.h"
#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>
#include <sys/wait.h>

namespace palindrome::testing {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

// Up if that changes something, else down.
Status Migrate(const TestDatabase& database, const History& history,
               const std::string& target) {
  sqlite::Database driver(database.handle());
  Migrator migrator(history, driver);
  const auto plan = migrator.Plan(target);
  return plan.ok() && !plan->empty() ? migrator.Upgrade(target)
                                     : migrator.Downgrade(target);
}

void Fill(const TestDatabase& database, const std::vector<std::string>& fill) {
  for (const std::string& sql : fill) {
    sqlite3_exec(database.handle(), sql.c_str(), nullptr, nullptr, nullptr);
  }
}

// From `from` to `to` on copies of one file.
void ExpectSame(const History& history, const std::string& from,
                const std::string& to, const std::vector<std::string>& fill) {
  SCOPED_TRACE("from " + from + " to " + to);
  const TemporaryFolder folder;
  const std::string by_migrator = folder.File("migrator.db");
  const std::string by_script = folder.File("script.db");
  const TestDatabase database(by_migrator);
  database.Execute("PRAGMA synchronous = OFF");
  if (from != "base") {
    const Status status = Migrate(database, history, from);
    ASSERT_TRUE(status.ok()) << status.ToString();
  }
  Fill(database, fill);
  std::filesystem::copy_file(by_migrator, by_script);
  const auto script = sqlite::OfflineSql(history, from + ":" + to);
  const Status status = Migrate(database, history, to);
  ASSERT_TRUE(script.ok()) << script.status().ToString();
  const ShellOutcome outcome =
      RunShell(*script, by_script, "-bail -cmd 'PRAGMA synchronous = OFF'");
  if (!status.ok()) {
    EXPECT_NE(outcome.exit_status, 0) << status.ToString();
    const TestDatabase other(by_script);
    EXPECT_EQ(Everything(other), Everything(database));
    return;
  }
  ASSERT_EQ(outcome.exit_status, 0) << outcome.output << *script;
  const TestDatabase other(by_script);
  ASSERT_EQ(Everything(other), Everything(database)) << *script;
  sqlite::Database driver(other.handle());
  Migrator migrator(history, driver);
  const auto verified = migrator.Verify();
  EXPECT_TRUE(verified.ok()) << verified.status().ToString();
  const Status on = Migrate(other, history, "heads");
  EXPECT_TRUE(on.ok()) << on.ToString();
}

}  // namespace

ShellOutcome RunShell(const std::string& script, const std::string& file,
                      const std::string& options) {
  const TemporaryFolder folder;
  std::ofstream(folder.File("script.sql"), std::ios::binary) << script;
  const std::string command = std::string("'") + PALINDROME_SQLITE3_SHELL +
                              "' " + options + " '" + file + "' < '" +
                              folder.File("script.sql") + "' > '" +
                              folder.File("output") + "' 2>&1";
  const int status = std::system(command.c_str());  // NOLINT(cert-env33-c)
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          testing::ReadFile(folder.File("output"))};
}

std::string Everything(const TestDatabase& database) {
  std::string text = database.Query(
      "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid");
  for (const std::string& table : Lines(
           database.Query("SELECT name FROM sqlite_master WHERE type = 'table' "
                          "ORDER BY name"))) {
    std::string columns;
    for (const std::string& column : Lines(database.Query(
             "SELECT name FROM pragma_table_xinfo(" + sql::QuoteString(table) +
             ") WHERE name <> 'applied_at' AND hidden <> 1 ORDER BY cid"))) {
      columns += (columns.empty() ? "quote(" : ", quote(") +
                 sql::QuoteName(column) + ")";
    }
    text += table + ":\n" +
            database.Query("SELECT " + columns + " FROM " +
                           sql::QuoteName(table) + " ORDER BY " + columns);
  }
  return text;
}

void ExpectSameByScript(const History& history,
                        const std::vector<std::string>& places,
                        const std::vector<std::string>& fill) {
  for (const std::string& from : places) {
    for (const std::string& to : places) {
      if (from != to) {
        ExpectSame(history, from, to, fill);
      }
    }
  }
}

}  // namespace palindrome::testing
