#include "compiler/graph/lock.h"

#include <gtest/gtest.h>

#include "llvm/Support/FormatVariadic.h"

namespace palindrome::graph {
namespace {

const std::string kSum =
    "t1:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

std::vector<std::string> Findings(const std::string& text) {
  const source::File file("migrations/migrations.lock", text);
  diagnostics::Emitter emitter;
  ParseLock(file, emitter);
  std::vector<std::string> findings;
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    EXPECT_EQ(each.kind, diagnostics::Kind::kLockFile);
    const source::LineColumn place = file.Resolve(each.location.range.begin);
    findings.push_back(
        llvm::formatv("{0}: {1}", place.line, each.message).str());
  }
  return findings;
}

TEST(LockTest, ReadsWhatItWrites) {
  const std::vector<LockEntry> entries = {
      {"a1", kSum, 1, "20250101_120000_create_users.sql", {}},
      {"b_2", kSum, 12, "a name with spaces.sql", {}}};
  const std::string text = FormatLock(entries);
  EXPECT_EQ(text, "palindrome-lock 2\na1 " + kSum +
                      " 1 20250101_120000_create_users.sql\nb_2 " + kSum +
                      " 12 a name with spaces.sql\n");
  for (const bool crlf : {false, true}) {
    std::string input;
    for (const char character : text) {
      input += crlf && character == '\n' ? "\r\n" : std::string(1, character);
    }
    const source::File file("migrations.lock", input);
    diagnostics::Emitter emitter;
    const Lock lock = ParseLock(file, emitter);
    EXPECT_TRUE(emitter.diagnostics().empty());
    EXPECT_EQ(lock.file, &file);
    ASSERT_EQ(lock.entries.size(), entries.size());
    for (std::size_t index = 0; index < entries.size(); ++index) {
      EXPECT_EQ(lock.entries[index].revision, entries[index].revision);
      EXPECT_EQ(lock.entries[index].checksum, entries[index].checksum);
      EXPECT_EQ(lock.entries[index].rule_set, entries[index].rule_set);
      EXPECT_EQ(lock.entries[index].file_name, entries[index].file_name);
      EXPECT_EQ(file.text(lock.entries[index].range),
                entries[index].revision + " " + kSum + " " +
                    std::to_string(entries[index].rule_set) + " " +
                    entries[index].file_name);
    }
  }
}

TEST(LockTest, LinesOfVersion1HaveTheFirstSetOfRules) {
  const source::File file("migrations.lock", "palindrome-lock 1\na1 " + kSum +
                                                 " 2 with a number.sql\n");
  diagnostics::Emitter emitter;
  const Lock lock = ParseLock(file, emitter);
  EXPECT_TRUE(emitter.diagnostics().empty());
  ASSERT_EQ(lock.entries.size(), 1U);
  EXPECT_EQ(lock.entries[0].rule_set, 1);
  EXPECT_EQ(lock.entries[0].file_name, "2 with a number.sql");
}

TEST(LockTest, ASetOfRulesIsANumber) {
  for (const std::string line :
       {"f.sql", "0 f.sql", "01 f.sql", "-1 f.sql", "+1 f.sql", "x f.sql",
        "65536 f.sql", "1", "1 ", " 1 f.sql"}) {
    EXPECT_EQ(Findings("palindrome-lock 2\na1 " + kSum + " " + line + "\n"),
              std::vector<std::string>(
                  {"2: the line is not a revision, a checksum, a set of rules "
                   "and a file name; `palindrome lock` writes such lines"}))
        << line;
  }
}

// A carriage return before the line's own would be lost when it is written.
TEST(LockTest, FileNamesHaveNoControlCharacters) {
  for (const std::string name : {"x.sql\r", "x\t.sql", "x\x7F.sql"}) {
    EXPECT_EQ(
        Findings("palindrome-lock 1\na1 " + kSum + " " + name + "\r\n").size(),
        1U)
        << name;
  }
}

TEST(LockTest, ReportsEachBadLine) {
  const std::string malformed =
      "the line is not a revision, a checksum and a file name; `palindrome "
      "lock` writes such lines";
  const std::string version =
      "1: the lock file does not begin with `palindrome-lock 2`";
  using Expected = std::vector<std::string>;
  EXPECT_EQ(Findings(""), Expected({version}));
  EXPECT_EQ(Findings("a1 " + kSum + " f.sql\n"), Expected({version}));
  EXPECT_EQ(Findings("palindrome-lock 3\nx\n"),
            Expected({"1: `palindrome-lock 3` is a version of the lock file "
                      "that this palindrome does not know; use the one that "
                      "wrote it"}));
  EXPECT_EQ(Findings("palindrome-lock 1\nA1 " + kSum + " f.sql\na1 " + kSum +
                     "\na1  " + kSum + " f\na1 " + kSum.substr(1) +
                     " f\n\na1 " + kSum + " ok.sql\n"),
            Expected({"2: " + malformed, "3: " + malformed, "4: " + malformed,
                      "5: " + malformed, "6: " + malformed}));
  EXPECT_EQ(Findings("palindrome-lock 1\na1 " + kSum + " f\nb1 " + kSum +
                     " g\na1 " + kSum + " h\n"),
            Expected({"4: revision `a1` is locked a second time"}));
  EXPECT_EQ(Findings("palindrome-lock 1\n<<<<<<< HEAD\na1 " + kSum + " f\n"),
            Expected({"2: an unresolved merge conflict; keep the lines of both "
                      "sides, parents before children, and let one of the two "
                      "migrations revise the other"}));
}

TEST(LockTest, AConflictIsOneMistake) {
  const std::string line = "a1 " + kSum + " f\n";
  const std::string other = "b1 " + kSum + " g\n";
  const auto places = [](const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string& finding : Findings("palindrome-lock 1\n" + text)) {
      lines.push_back(finding.substr(0, finding.find(" conflict")));
    }
    return lines;
  };
  using Expected = std::vector<std::string>;
  const std::string conflict = ": an unresolved merge";
  for (const std::string& text :
       {"<<<<<<< HEAD\n" + line + "=======\n" + other + ">>>>>>> x\n",
        "<<<<<<< HEAD\n" + line + other + "||||||| base\n" + line +
            "=======\n" + line + ">>>>>>> x\n",
        "=======\n" + other + ">>>>>>> x\n", "<<<<<<< HEAD\n" + line}) {
    EXPECT_EQ(places(text), Expected({"2" + conflict})) << text;
  }
  EXPECT_EQ(places("<<<<<<<\n=======\n>>>>>>>\n<<<<<<<\n" + line +
                   "=======\n>>>>>>>\n" + line),
            Expected({"2" + conflict, "5" + conflict,
                      "9: revision `a1` is locked a second time"}));
}

}  // namespace
}  // namespace palindrome::graph
