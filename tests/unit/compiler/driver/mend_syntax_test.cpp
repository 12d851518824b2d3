// `check --fix` of what does not parse.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

TEST(MendTest, MendsWordsAndMarksOfTheSyntax) {
  const std::string kAdd = "  ALTER TABLE users ADD COLUMN age INTEGER;\n";
  const std::string kHead = "MIGRATION 'change users'\n  REVISION 'bb22'\n";
  const std::string kTail = ";\n\nUPGRADE BEGIN\n" + kAdd + "END;\n\n";
  const auto with_index = [](const std::string& columns) {
    return "  CREATE INDEX ix_users_phone ON users (" + columns + ");\n";
  };
  const std::vector<Mistake> kMistakes = {
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
       kHead + "  REVISES 'aa11bb22'\n\nUPGRADE BEGIN\n" + kAdd +
           "END;\n\nDOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11bb22';\n\nUPGRADE BEGIN\n" + kAdd +
           "END;\n\nDOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11bb22';\n\nUPGRADE BEGIN\n" + kAdd +
           "END\n\nDOWNGRADE AUTO\n",
       kHead + "  REVISES 'aa11bb22';\n\nUPGRADE BEGIN\n" + kAdd +
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
      {"syntax-error",
       kHead + "  REVISE 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
      {"missing-revision-id",
       "MIGRATON 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22'" +
           kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11bb22';\n\nUPGRAED BEGIN\n" + kAdd +
           "EDN;\n\nDOWNGRADE ATUO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11bb22';\n\nUPGRADE BEIGN\n" + kAdd +
           "END;\n\nDOWNGARDE AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
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
       kHead + "  REVISES REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11bb22'" + kTail +
           "DOWNGRADE DOWNGRADE AUTO AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
      // Strings.
      {"syntax-error",
       "MIGRATION \"change users\"\n  REVISION 'bb22'\n  REVISES 'aa11bb22'" +
           kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
      {"syntax-error",
       kHead + "  REVISES 'aa11bb22', 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
  };
  for (const Mistake& mistake : kMistakes) {
    ExpectMended(mistake);
  }
}

}  // namespace
}  // namespace palindrome::driver::mend
