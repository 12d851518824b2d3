// What databases make of squashes.
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/unit/compiler/driver/squash_fixture.h"

namespace palindrome::driver::squash {
namespace {

class SquashDatabaseTest : public SquashTest {
 protected:
  std::string Query(const std::string& name, const std::string& sql) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(world_.DatabasePath(name).c_str(), &handle),
              SQLITE_OK);
    std::string text;
    const auto add = [](void* into, int count, char** values, char**) {
      for (int i = 0; i < count; ++i) {
        *static_cast<std::string*>(into) +=
            std::string(values[i] != nullptr ? values[i] : "NULL") + "|";
      }
      *static_cast<std::string*>(into) += "\n";
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), add, &text, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
    return text;
  }

  // Rows, counters, and the ledger but for its times.
  std::string ContentsOf(const std::string& name) {
    return Query(name, "SELECT rowid, * FROM users") +
           Query(name, "SELECT rowid, * FROM tasks") +
           Query(name, "SELECT rowid, * FROM labels") +
           Query(name, "SELECT name, seq FROM sqlite_sequence ORDER BY name") +
           Query(name,
                 "SELECT revision, parents, checksum, chain, digest, is_head, "
                 "down_program FROM palindrome_applied ORDER BY revision") +
           Query(name, "SELECT revision, action FROM palindrome_history");
  }

  void Migrate(const std::string& verb, const std::string& name,
               const std::string& target) {
    const Outcome outcome =
        world_.Run({verb, "--database", name, "--namespace", "board", target});
    EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  }
};

TEST_F(SquashDatabaseTest, DatabasesAnywhereGoOn) {
  Lock();
  for (const char* at : {"base", "a1", "b2", "c3", "d4"}) {
    const std::string name = std::string(at) + ".db";
    for (const std::string& each : {name, "plain_" + name}) {
      if (std::string(at) != "base") {
        Migrate("upgrade", each, at);
        Query(each, "INSERT INTO users (id, name) VALUES (7, 'Ada')");
      }
      if (each != name) {
        Migrate("upgrade", each, "head");
      }
    }
  }
  ASSERT_EQ(Squash("a1:c3").status, kSuccess);
  for (const char* at : {"base", "a1", "b2", "c3", "d4"}) {
    SCOPED_TRACE(at);
    const std::string name = std::string(at) + ".db";
    Migrate("upgrade", name, "head");
    EXPECT_EQ(ContentsOf(name), ContentsOf("plain_" + name));
    Migrate("downgrade", name, "b2");
    Migrate("upgrade", name, "head");
    Migrate("downgrade", "plain_" + name, "b2");
    Migrate("upgrade", "plain_" + name, "head");
    EXPECT_EQ(ContentsOf(name), ContentsOf("plain_" + name));
    EXPECT_EQ(world_.Run({"current", "--database", name}).out,
              "d4 make d4 (head)\n");
  }
}

TEST_F(SquashDatabaseTest, RowsOfAnybodyGoThroughOneInTheMiddle) {
  Lock();
  for (const std::string name : {"a.db", "b.db"}) {
    Migrate("upgrade", name, "a1");
    Query(name, "INSERT INTO users (id, name) VALUES (7, 'Ada'), (9, 'Bob')");
  }
  Migrate("upgrade", "a.db", "head");
  ASSERT_EQ(Squash("b2:d4").status, kSuccess);
  Migrate("upgrade", "b.db", "head");
  EXPECT_EQ(ContentsOf("a.db"), ContentsOf("b.db"));
}

}  // namespace
}  // namespace palindrome::driver::squash
