// `check --fix`.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "llvm/Support/JSON.h"

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;

constexpr char kFirst[] = "migrations/20250101_120000_create_users.sql";
constexpr char kSecond[] = "migrations/20250102_120000_change_users.sql";
constexpr char kLock[] = "migrations/migrations.lock";
constexpr char kToml[] = "migrations/palindrome.toml";

constexpr char kUsers[] = R"sql(MIGRATION 'create users'
  REVISION 'aa11'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    phone TEXT,
    CONSTRAINT ck_users_email CHECK (email <> '')
  );
  CREATE INDEX ix_users_email ON users (email);
  CREATE VIEW mails AS SELECT email FROM users;
  CREATE TRIGGER keep_ids AFTER UPDATE OF id ON users BEGIN
    SELECT RAISE(ABORT, 'ids stay');
  END;
END;

DOWNGRADE AUTO;
)sql";

std::string Second(const std::string& upgrade,
                   const std::string& clauses = "") {
  return "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11'" +
         clauses + ";\n\nUPGRADE BEGIN\n" + upgrade +
         "END;\n\nDOWNGRADE AUTO;\n";
}

World WithSecond(const std::string& second) {
  World world;
  world.files() = {{kFirst, kUsers}, {kSecond, second}};
  return world;
}

// A mistake, the kind that reports it, and what the file says once mended.
struct Mistake {
  const char* tag;
  std::string text;
  std::string mended;
};

// `before` and `after` of a statement in the upgrade.
Mistake InUpgrade(const char* tag, const std::string& before,
                  const std::string& after) {
  return {tag, Second(before), Second(after)};
}

// A statement that the language does not have.
std::string WithTexts(const std::string& dialect) {
  return "MIGRATION 'create texts'\n  REVISION 'bb22'\n  REVISES 'aa11';\n\n"
         "UPGRADE BEGIN\n  -- As full text is searched.\n  FOR " +
         dialect +
         " BEGIN\n    CREATE VIRTUAL TABLE texts USING fts5 (body);\n  END;\n"
         "END;\n\nDOWNGRADE BEGIN\n  DROP TABLE texts;\nEND;\n";
}

std::vector<Mistake> Mistakes() {
  const std::string kAdd = "  ALTER TABLE users ADD COLUMN age INTEGER;\n";
  const std::string kHead = "MIGRATION 'change users'\n  REVISION 'bb22'\n";
  const std::string kTail = ";\n\nUPGRADE BEGIN\n" + kAdd + "END;\n\n";
  const auto with_index = [](const std::string& columns) {
    return "  CREATE INDEX ix_users_phone ON users (" + columns + ");\n";
  };
  return {
      // The `;` that is missing.
      InUpgrade("syntax-error", "  ALTER TABLE users ADD COLUMN age INTEGER\n",
                kAdd),
      InUpgrade("syntax-error",
                "  ALTER TABLE users ADD COLUMN age INTEGER -- years\n" +
                    with_index("phone"),
                "  ALTER TABLE users ADD COLUMN age INTEGER; -- years\n" +
                    with_index("phone")),
      InUpgrade("syntax-error",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    SELECT RAISE(ABORT, 'no')\n  END;\n",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    SELECT RAISE(ABORT, 'no');\n  END;\n"),
      {"syntax-error",
       kHead + "  REVISES 'aa11'\n\nUPGRADE BEGIN\n" + kAdd +
           "END;\n\nDOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11';\n\nUPGRADE BEGIN\n" + kAdd +
           "END;\n\nDOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11';\n\nUPGRADE BEGIN\n" + kAdd +
           "END\n\nDOWNGRADE AUTO\n",
       kHead + "  REVISES 'aa11';\n\nUPGRADE BEGIN\n" + kAdd +
           "END;\n\nDOWNGRADE AUTO;\n"},
      // Words.
      InUpgrade("syntax-error", "  ALTRE TABLE users ADD COLUMN age INTEGER;\n",
                kAdd),
      InUpgrade("syntax-error", "  alter tabel users add column age INTEGER;\n",
                "  alter table users add column age INTEGER;\n"),
      InUpgrade("syntax-error", "  CREATE INDXE i ON users (phone);\n",
                "  CREATE INDEX i ON users (phone);\n"),
      InUpgrade("syntax-error",
                "  ALTER TABLE users RENAME phone TOO mobile;\n",
                "  ALTER TABLE users RENAME phone TO mobile;\n"),
      InUpgrade("syntax-error",
                "  ALTER TABLE users ADD COLUMN age INTEGER DEFALT 7;\n",
                "  ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 7;\n"),
      InUpgrade("syntax-error",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    UPDAET users SET phone = '' WHERE id = new.id;\n  END;\n",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    UPDATE users SET phone = '' WHERE id = new.id;\n"
                "  END;\n"),
      {"syntax-error", kHead + "  REVISE 'aa11'" + kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      {"missing-revision-id",
       "MIGRATON 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11'" + kTail +
           "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11';\n\nUPGRAED BEGIN\n" + kAdd +
           "EDN;\n\nDOWNGRADE ATUO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11';\n\nUPGRADE BEIGN\n" + kAdd +
           "END;\n\nDOWNGARDE AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      InUpgrade("syntax-error",
                "  CREATE TRIGGER t AFTRE INSERT ON users BEGIN\n"
                "    SELECT RAISE(ABORT, 'no');\n  END;\n",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    SELECT RAISE(ABORT, 'no');\n  END;\n"),
      InUpgrade(
          "syntax-error",
          "  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NUL);\n",
          "  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\n"),
      InUpgrade("syntax-error",
                "  ALTER TABLE users ADD COLUMN IF NOT EXISTS age INTEGER;\n",
                kAdd),
      InUpgrade("syntax-error", "  # Old.\n" + kAdd, "  -- Old.\n" + kAdd),
      InUpgrade("syntax-error",
                "  ALTER TABLE users ADD\xC2\xA0"
                "COLUMN age INTEGER;\n",
                kAdd),
      InUpgrade("syntax-error",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    UPDATE users SET phone = '' WHERE id = new.id\n  END;\n",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    UPDATE users SET phone = '' WHERE id = new.id;\n"
                "  END;\n"),
      // Words that stand twice.
      {"syntax-error",
       kHead + "  REVISES REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE DOWNGRADE AUTO AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      // Strings.
      {"syntax-error",
       "MIGRATION \"change users\"\n  REVISION 'bb22'\n  REVISES 'aa11'" +
           kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11', 'aa11'" + kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
      // Names.
      InUpgrade("unknown-object",
                "  ALTER TABLE usres ADD COLUMN age INTEGER;\n", kAdd),
      InUpgrade("unknown-object", with_index("phoen"), with_index("phone")),
      InUpgrade("unknown-object",
                "  CREATE TRIGGER t AFTER INSERT ON usres BEGIN\n"
                "    SELECT RAISE(ABORT, 'no');\n  END;\n",
                "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
                "    SELECT RAISE(ABORT, 'no');\n  END;\n"),
      InUpgrade("fk-target-invalid",
                "  CREATE TABLE logins (\n    id INTEGER PRIMARY KEY,\n"
                "    user_id INTEGER REFERENCES usres (id)\n  );\n",
                "  CREATE TABLE logins (\n    id INTEGER PRIMARY KEY,\n"
                "    user_id INTEGER REFERENCES users (id)\n  );\n"),
      {"unknown-dialect", WithTexts("sqlte"), WithTexts("sqlite")},
      // What is not needed, or somebody else's job.
      InUpgrade("unused-suppression",
                "  ALLOW drop-column-unarchived BECAUSE 'empty';\n" + kAdd,
                kAdd),
      {"unused-suppression",
       Second(kAdd, "\n  ALLOW drop-column-unarchived BECAUSE 'empty'"),
       Second(kAdd)},
      InUpgrade("preserve-impossible",
                "  PRESERVE ALTER TABLE users ADD COLUMN age INTEGER;\n", kAdd),
      InUpgrade("transaction-control-in-migration",
                "  BEGIN;\n" + kAdd + "  COMMIT;\n", kAdd),
      InUpgrade("transaction-control-in-migration",
                "  PRAGMA foreign_keys = OFF;\n" + kAdd, kAdd),
      {"bad-file-name", Second(kAdd, "\n  CREATED '2025-01-02 13:00:00'"),
       Second(kAdd, "\n  CREATED '2025-01-02 12:00:00'")},
      {"missing-downgrade", kHead + "  REVISES 'aa11'" + kTail,
       kHead + "  REVISES 'aa11'" + kTail + "\nDOWNGRADE AUTO;\n"},
      {"missing-downgrade",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE BEGIN\nEND;\n",
       kHead + "  REVISES 'aa11'" + kTail + "DOWNGRADE AUTO;\n"},
  };
}

// Without the rules that have something to say of the mended text.
std::vector<std::string> Quiet(std::vector<std::string> args) {
  for (const char* rule :
       {"compatibility", "locking", "fk-without-index", "unnamed-constraint"}) {
    args.insert(args.end(), {"--rules", std::string(rule) + "=off"});
  }
  return args;
}

TEST(MendTest, MendsWhatHasOneReading) {
  for (const Mistake& mistake : Mistakes()) {
    World world = WithSecond(mistake.text);
    const Outcome before = world.Run(Quiet({"check"}));
    EXPECT_EQ(before.status, kFindings) << mistake.text;
    EXPECT_NE(before.err.find("[" + std::string(mistake.tag) + "]"),
              std::string::npos)
        << mistake.text << before.err;
    const Outcome outcome = world.Run(Quiet({"check", "--fix"}));
    EXPECT_EQ(world.files().at(kSecond), mistake.mended) << outcome.err;
    EXPECT_EQ(outcome.status, kSuccess) << mistake.text << outcome.err;
    EXPECT_EQ(outcome.err, "") << mistake.text;
    EXPECT_NE(outcome.out.find(": fixed: "), std::string::npos) << outcome.out;
    EXPECT_TRUE(outcome.out.ends_with("\n2 migrations, no findings\n"))
        << outcome.out;
    EXPECT_EQ(world.files().at(kFirst), kUsers);
    // Once more changes nothing.
    const Outcome again = world.Run(Quiet({"check", "--fix"}));
    EXPECT_EQ(again.status, kSuccess);
    EXPECT_EQ(again.err, "");
    EXPECT_TRUE(again.written.empty());
  }
}

// A mistake that several edits would mend, or that only a person can judge.
TEST(MendTest, LeavesWhatHasTwoReadings) {
  const std::string kCases[] = {
      // Both `email` and `emails` are near.
      Second("  ALTER TABLE users ADD COLUMN emails TEXT;\n"
             "  CREATE INDEX i ON users (emailz);\n"),
      // The loss is signed or kept by its author.
      Second("  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  ALLOW drop-column-unarchived BECAUSE '';\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      // The application may have a function of that name.
      Second("  CREATE VIEW v AS SELECT uper(email) AS x FROM users;\n"),
      Second("  CREATE INDEX i ON users (phone COLLATE NOCASSE);\n"),
      // A name, or a word too many.
      Second("  ALTER TABLE users ADD COLUMN order INTEGER;\n"),
      // A string, or a column that is not there.
      Second("  CREATE VIEW v AS SELECT \"a b\" AS x FROM users;\n"),
      Second("  ALLOW delete-rows-unarchived BECAUSE 'gone';\n"
             "  DELETE FROM users WHERE \"status\" <> 'active';\n"),
      // What is destroyed, renamed or written.
      Second("  PRESERVE DROP TABLE usres;\n"),
      Second("  DROP INDEX ix_users_emial;\n"),
      Second("  DROP VIEW mials;\n"),
      Second("  DROP TRIGGER kepe_ids;\n"),
      Second("  ALTER TABLE users RENAME CONSTRAINT ck_users_emial TO ck;\n"),
      Second("  ALTER TABLE users RENAME phoen TO mobile;\n"),
      Second("  UPDATE users SET phone = '', emial = '';\n"),
      // Of whatever table.
      Second("  CREATE VIEW v AS SELECT emial FROM users;\n"),
      // The name stands there already.
      Second("  CREATE INDEX i ON users (email, emial);\n"),
      // Another type would do as well, and another revision may be missing.
      Second("  CREATE TABLE t (id INTEGER PRIMARY KEY, a BOOL) STRICT;\n"),
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa12';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE AUTO;\n",
      // What is signed is the author's, and what follows is not signed.
      Second("  ALLOW drop-column-unarchive BECAUSE 'empty';\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  ALLOW drop-table-unarchived BECAUSE 'long';\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  ALLOW drop-column-unarchived BECAUSE 'r';\n  COMMIT;\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  PRESERVE COMMIT;\n  ALTER TABLE users DROP COLUMN phone;\n"),
      // With a ROLLBACK TO they may mean something.
      Second("  SAVEPOINT a;\n  ALTER TABLE users ADD COLUMN age INTEGER;\n"
             "  RELEASE a;\n"),
      // A comment would go with it.
      Second("  PRAGMA /* ticket 12 */ foreign_keys = OFF;\n"
             "  ALTER TABLE users ADD COLUMN age INTEGER;\n"),
      // A name that is written twice is no slip of the pen.
      Second("  CREATE TABLE post (id INTEGER PRIMARY KEY, a TEXT);\n"
             "  CREATE INDEX i ON posts (a);\n"
             "  CREATE VIEW v AS SELECT a FROM posts;\n"),
      Second("  ALTER TABLE users ADD COLUMN age INTEGER\n  GO\n"),
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE AUTO BEGIN\nEND;\n",
      // A draft is read by a person.
      Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n", "\n  DRAFT"),
      Second("  SELECT 1;\n  ALTER TABLE users ADD COLUMN age INTEGER;\n"),
      Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n  ROLLBACK;\n"),
      // A downgrade that says something, if only in a comment.
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE BEGIN\n  -- Later.\nEND;\n",
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE BEGIN\n  DROP INDEX ix_users_email;\nEND;\n",
  };
  for (const std::string& text : kCases) {
    World world = WithSecond(text);
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.status, kFindings) << text;
    EXPECT_TRUE(outcome.written.empty()) << world.files().at(kSecond);
    EXPECT_EQ(outcome.err, world.Run({"check"}).err);
  }
}

TEST(MendTest, GoesOnWhileThereIsMore) {
  // The parser sees the rest of a statement once its first word is right, and
  // the catalog its names once it parses.
  World world =
      WithSecond(Second("  CRAETE INDXE i ON usres (phone)\n"
                        "  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
  const Outcome outcome = world.Run({"check", "--fix"});
  EXPECT_EQ(world.files().at(kSecond),
            Second("  CREATE INDEX i ON users (phone);\n"
                   "  ALTER TABLE users ADD COLUMN age INTEGER;\n"))
      << outcome.err;
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.written.size(), 1U);
}

TEST(MendTest, ReportsWhatIsLeft) {
  World world = WithSecond(
      Second("  ALTER TABLE usres ADD COLUMN age INTEGER NOT NULL;\n"));
  const Outcome outcome = world.Run({"check", "--fix"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.out, std::string(kSecond) +
                             ":6:15: fixed: change to `users` "
                             "[unknown-object]\n");
  EXPECT_NE(outcome.err.find("[add-not-null-column-no-default]"),
            std::string::npos);
  EXPECT_NE(outcome.err.find("ALTER TABLE users ADD"), std::string::npos);
}

TEST(MendTest, EditsNoLockedMigration) {
  const std::string kWrong = Second(
      "  ALLOW drop-column-unarchived BECAUSE 'empty';\n"
      "  ALTER TABLE usres ADD COLUMN age INTEGER;\n");
  // By its id, by its name alone, and where the lock file cannot be read.
  const std::string kLocks[] = {
      "palindrome-lock 1\nbb22 t1:" + std::string(64, '0') +
          " 20250102_120000_change_users.sql\n",
      "palindrome-lock 1\nbb22 t1:" + std::string(64, '0') +
          " 20250102_120000_other.sql\n",
      "palindrome-lock 1\ncc33 t1:" + std::string(64, '0') +
          " 20250102_120000_change_users.sql\n",
      "palindrome-lock 1\nmangled\n",
      "palindrome-lock 3\n",
  };
  for (const std::string& lock : kLocks) {
    World world = WithSecond(kWrong);
    world.files()[kLock] = lock;
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_TRUE(outcome.written.empty()) << lock << outcome.err;
    EXPECT_EQ(world.files().at(kSecond), kWrong);
  }
}

TEST(MendTest, MendsTheConfiguration) {
  World world =
      WithSecond(Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
  world.files()[kToml] = "dialect = [\"sqlite\"]\n";
  const Outcome outcome = world.Run({"check", "--fix"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(world.files().at(kToml), "dialects = [\"sqlite\"]\n");
}

// A misspelt name, and the file as it is mended.
TEST(MendTest, MendsTheWordsOfTheConfiguration) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"[rules]\nfile-name-content-mismach = \"off\"\n",
       "[rules]\nfile-name-content-mismatch = \"off\"\n"},
      {"[rules]\n\"hygeine\" = 'off'\n", "[rules]\n\"hygiene\" = 'off'\n"},
      {"[rules]\nhygiene = \"eror\"  # ok\n",
       "[rules]\nhygiene = \"error\"  # ok\n"},
      {"[rules]\nhygiene = 'ofv'\n", "[rules]\nhygiene = 'off'\n"},
      {"rehearse = \"shcema\"\n", "rehearse = \"schema\"\n"},
      {"deployment = \"roling\"\n", "deployment = \"rolling\"\n"},
      {"comments = \"optinal\"\n", "comments = \"optional\"\n"},
      {"dialects = [\"sqlit\"]\n", "dialects = [\"sqlite\"]\n"},
      {"[limits]\ncolums = 3\n", "[limits]\ncolumns = 3\n"},
      {"[names]\n\"tabel\" = \".*\"\n", "[names]\n\"table\" = \".*\"\n"},
  };
  for (const auto& [wrong, mended] : files) {
    World world =
        WithSecond(Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
    world.files()[kToml] = wrong;
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.err.find("configuration"), std::string::npos)
        << outcome.err;
    EXPECT_EQ(world.files().at(kToml), mended);
  }
}

TEST(MendTest, PlacesAreThoseOfTheFilesBefore) {
  // The second round meets other lines than there were.
  World world =
      WithSecond(Second("  BEGIN;\n"
                        "  ALTER TABLE usres ADD COLUMN age INTEGER;\n"
                        "  COMMIT; ALTER TABLE uesrs ADD COLUMN name TEXT\n"
                        "  ALTER TABLE userz ADD COLUMN size INTEGER;\n"));
  const Outcome outcome = world.Run({"check", "--fix"});
  const std::string path = kSecond;
  const std::string begins = "[transaction-control-in-migration]\n";
  const std::string change = ": fixed: change to `users` [unknown-object]\n";
  EXPECT_EQ(outcome.out.substr(0, outcome.out.find("2 migrations")),
            path + ":6:3: fixed: remove the `BEGIN` " + begins +       //
                path + ":7:15" + change +                              //
                path + ":8:3: fixed: remove the `COMMIT` " + begins +  //
                path + ":8:23" + change +                              //
                path + ":8:49: fixed: insert `;` [syntax-error]\n" +   //
                path + ":9:15" + change)
      << outcome.err;
}

TEST(MendTest, KeepsEveryOtherByte) {
  const std::string kMark = "\xEF\xBB\xBF";
  std::string text = kMark + "-- \xC3\xBC\r\n" +
                     Second(
                         "  ALTER TABLE usres ADD COLUMN age INTEGER;  \r\n"
                         "  -- \xF0\x9F\x98\x80\n");
  World world = WithSecond(text);
  EXPECT_EQ(world.Run({"check", "--fix"}).status, kSuccess);
  text.replace(text.find("usres"), 5, "users");
  EXPECT_EQ(world.files().at(kSecond), text);
}

TEST(MendTest, SaysThatItCannotWrite) {
  const std::string kWrong =
      Second("  ALTER TABLE usres ADD COLUMN age INTEGER;\n");
  World world = WithSecond(kWrong);
  world.FailWrites("the disk is full");
  const Outcome outcome = world.Run({"check", "--fix"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err, "palindrome: error: the disk is full\n");
  EXPECT_EQ(world.files().at(kSecond), kWrong);
}

TEST(MendTest, TellsInJson) {
  World world = WithSecond(
      Second("  ALTER TABLE usres ADD COLUMN age INTEGER NOT NULL;\n"));
  const Outcome before = world.Run({"check", "--format", "json"});
  auto json = llvm::json::parse(before.out);
  ASSERT_TRUE(static_cast<bool>(json)) << before.out;
  const auto* finding =
      (*json->getAsObject()->getArray("findings"))[0].getAsObject();
  EXPECT_EQ(llvm::formatv("{0}", llvm::json::Value(llvm::json::Array(
                                     *finding->getArray("fixes"))))
                .str(),
            "[{\"edits\":[{\"column\":15,\"end_column\":20,\"end_line\":6,"
            "\"file\":\"migrations/20250102_120000_change_users.sql\","
            "\"line\":6,\"text\":\"users\"}],\"mechanical\":true,"
            "\"title\":\"change to `users`\"}]");
  const Outcome outcome =
      world.Run(Quiet({"check", "--fix", "--format", "json"}));
  EXPECT_EQ(outcome.err, "");
  json = llvm::json::parse(outcome.out);
  ASSERT_TRUE(static_cast<bool>(json)) << outcome.out;
  const auto* fixed =
      (*json->getAsObject()->getArray("fixed"))[0].getAsObject();
  EXPECT_EQ(fixed->getString("title"), "change to `users`");
  EXPECT_EQ(fixed->getString("rule"), "unknown-object");
  EXPECT_EQ(fixed->getInteger("line"), 6);
  const auto* left =
      (*json->getAsObject()->getArray("findings"))[0].getAsObject();
  EXPECT_EQ(left->getString("rule"), "add-not-null-column-no-default");
  // What is only offered is marked so.
  const auto* offers = left->getArray("fixes");
  ASSERT_EQ(offers->size(), 1U);
  for (const llvm::json::Value& offer : *offers) {
    EXPECT_EQ(offer.getAsObject()->getBoolean("mechanical"), false);
  }
}

TEST(MendTest, LinesEndAsThoseOfTheFileDo) {
  World world = WithSecond(
      "MIGRATION 'change users'\r\n  REVISION 'bb22'\r\n  REVISES 'aa11';\r\n"
      "UPGRADE BEGIN\r\n  ALTER TABLE users ADD COLUMN age "
      "INTEGER;\r\nEND;\r\n");
  EXPECT_EQ(world.Run({"check", "--fix"}).status, kSuccess);
  EXPECT_TRUE(llvm::StringRef(world.files().at(kSecond))
                  .ends_with("\r\nEND;\r\n\r\nDOWNGRADE AUTO;\r\n"))
      << world.files().at(kSecond);
}

TEST(MendTest, AnEmptyFolderOfSquashesIsNoHindrance) {
  World world =
      WithSecond(Second("  ALTER TABLE usres ADD COLUMN age INTEGER;\n"));
  world.files()["migrations/squashed/readme"] = "";
  EXPECT_EQ(world.Run({"check", "--fix"}).status, kSuccess);
}

TEST(MendTest, AKeyThatIsThereIsNotWrittenAgain) {
  for (const char* text : {"dialects = [\"sqlite\"]\ndialect = [\"sqlite\"]\n",
                           "[limits]\ncolumns = 3\ncolums = 4\n",
                           "[names]\ntable = \"t\"\ntabel = \"t\"\n",
                           "[rules]\nhygiene = \"off\"\nhygeine = \"off\"\n"}) {
    World world =
        WithSecond(Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
    world.files()[kToml] = text;
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_TRUE(outcome.written.empty()) << text;
  }
}

TEST(MendTest, TakesWrongUsageAsBefore) {
  World world = WithSecond(Second(""));
  EXPECT_EQ(world.Run({"check", "--fix", "--rules", "x"}).status, kUsage);
  EXPECT_EQ(world.Run({"check", "--fix", "--directory", "none"}).status,
            kFindings);
}

}  // namespace
}  // namespace palindrome::driver
