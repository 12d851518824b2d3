// `check --fix`: how it goes about it, and what it says.
#include <string>

#include <gtest/gtest.h>

#include "llvm/Support/JSON.h"

#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

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
      "MIGRATION 'change users'\r\n  REVISION 'bb22'\r\n  REVISES "
      "'aa11bb22';\r\n"
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

TEST(MendTest, TakesWrongUsageAsBefore) {
  World world = WithSecond(Second(""));
  EXPECT_EQ(world.Run({"check", "--fix", "--rules", "x"}).status, kUsage);
  EXPECT_EQ(world.Run({"check", "--fix", "--directory", "none"}).status,
            kFindings);
}

}  // namespace
}  // namespace palindrome::driver::mend
