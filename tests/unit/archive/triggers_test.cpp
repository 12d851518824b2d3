// Triggers that write the table whose rows are kept.

#include <gtest/gtest.h>

#include "tests/unit/archive/archived_history.h"

namespace palindrome::testing {
namespace {

std::string ProblemsWith(const std::string& trigger,
                         const std::string& statement) {
  return ArchivedHistory::ProblemsOf(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);"
       "CREATE TRIGGER r " +
           trigger + " END;",
       "PRESERVE " + statement + ";"});
}

TEST(ArchiveTriggers, MayNotWriteWhatTheArchiveDoesNotHold) {
  const std::string kept =
      " table `t` as well, which `PRESERVE` before it does not keep; drop them "
      "before the statement and create them again behind it\n";
  EXPECT_EQ(ProblemsWith("AFTER DELETE ON t BEGIN UPDATE t SET n = n - 1 WHERE "
                         "n > OLD.n;",
                         "DELETE FROM t WHERE id = 1"),
            "triggers that `DELETE` fires update rows of" + kept);
  EXPECT_EQ(ProblemsWith("AFTER INSERT ON t BEGIN UPDATE t SET n = n + 1 WHERE "
                         "id <> NEW.id;",
                         "INSERT INTO t VALUES (7, 0)"),
            "triggers that `INSERT` fires update rows of" + kept);
  EXPECT_EQ(ProblemsWith("AFTER INSERT ON t BEGIN DELETE FROM t WHERE n > 9;",
                         "INSERT INTO t VALUES (7, 0)"),
            "triggers that `INSERT` fires delete rows of" + kept);
  EXPECT_EQ(ProblemsWith("AFTER UPDATE ON t BEGIN INSERT INTO t (n) VALUES "
                         "(OLD.n);",
                         "UPDATE t SET n = 0"),
            "triggers that `UPDATE` fires add rows to" + kept);
  EXPECT_EQ(ProblemsWith("AFTER UPDATE OF id ON t BEGIN DELETE FROM t;",
                         "UPDATE t SET n = 0"),
            "");
}

TEST(ArchiveTriggers, OfOtherTablesThatWriteThisOneAreFollowed) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, a, n INTEGER DEFAULT 0);"
       "CREATE TABLE log (id);"
       "CREATE TRIGGER r1 AFTER UPDATE OF a ON t BEGIN "
       "INSERT INTO log VALUES (NEW.id); END;"
       "CREATE TRIGGER r2 AFTER INSERT ON log BEGIN "
       "UPDATE t SET n = n + 1 WHERE id = NEW.id; END;",
       "PRESERVE UPDATE t SET a = 5;"});
  history.To(1);
  history.Execute("INSERT INTO t (id, a) VALUES (1, 1)");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|5|1\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|1|0\n");
}

TEST(ArchiveTriggers, DoNotRefuseWhatComesBack) {
  for (const char* action : {"IGNORE", "ABORT, 'locked'"}) {
    ArchivedHistory history(
        {std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, locked);"
                     "CREATE TRIGGER locks BEFORE UPDATE ON t WHEN OLD.locked "
                     "BEGIN SELECT RAISE(") +
             action +
             "); END;"
             "CREATE TRIGGER stays BEFORE DELETE ON t BEGIN SELECT RAISE(" +
             action + "); END;",
         "PRESERVE UPDATE t SET locked = 1 WHERE NOT locked;"
         "PRESERVE INSERT INTO t VALUES (9, 1);"});
    history.To(1);
    history.Execute("INSERT INTO t VALUES (1, 0), (2, 1)");
    history.To(2);
    EXPECT_EQ(history.Query("SELECT * FROM t"), "1|1\n2|1\n9|1\n");
    history.To(1);
    EXPECT_EQ(history.Query("SELECT * FROM t"), "1|0\n2|1\n");
    EXPECT_EQ(history.Query("SELECT name FROM sqlite_master WHERE type = "
                            "'trigger' ORDER BY name"),
              "locks\nstays\n");
  }
}

TEST(ArchiveTriggers, FireForRowsThatComeBackAlone) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, v);"
       "CREATE TABLE seen (id INTEGER PRIMARY KEY, t);"
       "CREATE TRIGGER see AFTER UPDATE ON t BEGIN "
       "INSERT INTO seen (t) VALUES (NEW.id); END;",
       "PRESERVE UPDATE t SET v = 5;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 1), (2, 5), (3, 3)");
  history.To(2);
  history.Execute("UPDATE t SET v = 7 WHERE id = 3; DELETE FROM seen;");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|1\n2|5\n3|7\n");
  EXPECT_EQ(history.Query("SELECT t FROM seen"), "1\n");
}

}  // namespace
}  // namespace palindrome::testing
