// `check --fix` of names that are misspelt.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

// A statement that the language does not have.
std::string WithTexts(const std::string& dialect) {
  return "MIGRATION 'create texts'\n  REVISION 'bb22'\n  REVISES "
         "'aa11bb22';\n\n"
         "UPGRADE BEGIN\n  -- As full text is searched.\n  FOR " +
         dialect +
         " BEGIN\n    CREATE VIRTUAL TABLE texts USING fts5 (body);\n  END;\n"
         "END;\n\nDOWNGRADE BEGIN\n  DROP TABLE texts;\nEND;\n";
}

TEST(MendTest, MendsNames) {
  const std::string kAdd = "  ALTER TABLE users ADD COLUMN age INTEGER;\n";
  const auto with_index = [](const std::string& columns) {
    return "  CREATE INDEX ix_users_phone ON users (" + columns + ");\n";
  };
  const std::vector<Mistake> kMistakes = {
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
  };
  for (const Mistake& mistake : kMistakes) {
    ExpectMended(mistake);
  }
}

}  // namespace
}  // namespace palindrome::driver::mend
