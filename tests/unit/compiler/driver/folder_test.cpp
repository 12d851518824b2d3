// What the folder holds that is no text.
#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;

constexpr char kPath[] = "migrations/20250101_120000_create_users.sql";
constexpr char kMigration[] =
    "MIGRATION 'create users'\n  REVISION 'aa11'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\nEND;\n"
    "DOWNGRADE AUTO;\n";

class FolderTest : public ::testing::Test {
 protected:
  void SetUp() override { world_.files()[kPath] = kMigration; }

  std::string Check(const std::string& path, const std::string& text) {
    world_.files()[path] = text;
    return world_.Run({"check"}).err;
  }

  World world_;
};

TEST_F(FolderTest, PointsAtWhatIsNoText) {
  EXPECT_EQ(Check(kPath, std::string("MIGRATION 'a\0b'", 15)),
            std::string(kPath) +
                ":1:13: error: a NUL byte; the file is to be text "
                "[file-error]\n"
                "MIGRATION 'a\xEF\xBF\xBD"
                "b'\n"
                "            ^\n"
                "1 error generated.\n");
  EXPECT_EQ(Check(kPath, "-- \xC3\xA4\n-- \xC3\xA4\xFF.\n"),
            std::string(kPath) +
                ":2:5: error: the text is not UTF-8 [file-error]\n"
                "-- \xC3\xA4\xEF\xBF\xBD.\n"
                "    ^\n"
                "1 error generated.\n");
}

TEST_F(FolderTest, WhatIsNoTextMayBeTheParent) {
  const std::string report =
      Check("migrations/20250102_120000_change_users.sql",
            "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11';\n"
            "UPGRADE BEGIN\n  DROP TABLE \xFF;\nEND;\nDOWNGRADE AUTO;\n");
  EXPECT_NE(report.find("1 error generated."), std::string::npos) << report;
  const std::string child =
      Check("migrations/20250103_120000_add_name_to_users.sql",
            "MIGRATION 'add name to users'\n  REVISION 'cc33'\n"
            "  REVISES 'bb22';\nUPGRADE BEGIN\n"
            "  ALTER TABLE users ADD COLUMN name TEXT;\nEND;\n"
            "DOWNGRADE AUTO;\n");
  EXPECT_NE(child.find("1 error generated."), std::string::npos) << child;
}

TEST_F(FolderTest, SaysTheSameOfItsOtherFiles) {
  EXPECT_EQ(Check("migrations/palindrome.toml", "# \xFF\n"),
            "migrations/palindrome.toml:1:3: error: the text is not UTF-8 "
            "[file-error]\n# \xEF\xBF\xBD\n  ^\n1 error generated.\n");
  world_.files().erase("migrations/palindrome.toml");
  EXPECT_EQ(Check("migrations/migrations.lock", std::string("\0", 1)),
            "migrations/migrations.lock:1:1: error: a NUL byte; the file is to "
            "be text [file-error]\n\xEF\xBF\xBD\n^\n"
            "palindrome: note: while the lock file cannot be read, it is not "
            "known which migrations are locked; only the rules behind the laws "
            "are checked\n1 error generated.\n");
}

TEST_F(FolderTest, NoSettingAllowsNamesThatAreNoText) {
  world_.files().erase(kPath);
  world_.files()["migrations/palindrome.toml"] =
      "[rules]\nbad-file-name = \"off\"\n";
  for (const char* name : {"a\nb.sql", "a\x7F.sql", "a\xFF.sql"}) {
    const std::string path = std::string("migrations/") + name;
    const std::string error = Check(path, kMigration);
    EXPECT_NE(error.find("has a control character or is not UTF-8; rename the "
                         "file [file-error]\n1 error generated."),
              std::string::npos)
        << error;
    world_.files().erase(path);
  }
  EXPECT_EQ(Check("migrations/\xC3\xA4.sql", kMigration), "");
}

}  // namespace
}  // namespace palindrome::driver
