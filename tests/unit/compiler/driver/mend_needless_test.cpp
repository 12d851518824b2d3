// `check --fix` of what is not needed, or missing.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

TEST(MendTest, MendsWhatIsNotNeededOrMissing) {
  const std::string kAdd = "  ALTER TABLE users ADD COLUMN age INTEGER;\n";
  const std::string kHead = "MIGRATION 'change users'\n  REVISION 'bb22'\n";
  const std::string kTail = ";\n\nUPGRADE BEGIN\n" + kAdd + "END;\n\n";
  const std::vector<Mistake> kMistakes = {
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
      {"missing-downgrade", kHead + "  REVISES 'aa11bb22'" + kTail,
       kHead + "  REVISES 'aa11bb22'" + kTail + "\nDOWNGRADE AUTO;\n"},
      {"missing-downgrade",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE BEGIN\nEND;\n",
       kHead + "  REVISES 'aa11bb22'" + kTail + "DOWNGRADE AUTO;\n"},
  };
  for (const Mistake& mistake : kMistakes) {
    ExpectMended(mistake);
  }
}

}  // namespace
}  // namespace palindrome::driver::mend
