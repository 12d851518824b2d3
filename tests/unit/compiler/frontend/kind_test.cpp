#include "compiler/diagnostics/kind.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

#include "llvm/ADT/STLExtras.h"

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {
namespace {

TEST(Kind, EveryKindIsFoundByItsOwnTag) {
  std::set<std::string> tags;
  for (const KindInfo& info : AllKinds()) {
    EXPECT_TRUE(tags.insert(info.tag.str()).second) << info.tag.str();
    EXPECT_EQ(FindKind(info.tag), info.kind);
    EXPECT_EQ(&Info(info.kind), &info);
    EXPECT_EQ(info.meaning.empty(), info.group != Group::kLanguage);
  }
  EXPECT_FALSE(FindKind("no-such-kind").has_value());
  EXPECT_FALSE(FindKind("").has_value());
}

TEST(Kind, FormerNamesOfRulesAreFound) {
  EXPECT_EQ(FindKind("non-injective-update"), Kind::kRowsNotRestored);
  EXPECT_TRUE(llvm::is_contained(Aliases(Kind::kRowsNotRestored),
                                 "non-injective-update"));
  std::set<std::string> names;
  for (const KindInfo& info : AllKinds()) {
    names.insert(info.tag.str());
  }
  for (const KindInfo& info : AllKinds()) {
    for (const llvm::StringRef alias : Aliases(info.kind)) {
      EXPECT_TRUE(names.insert(alias.str()).second) << alias.str();
      EXPECT_EQ(FindKind(alias), info.kind) << alias.str();
    }
  }
}

TEST(Kind, EachRuleHasASet) {
  for (const KindInfo& info : AllKinds()) {
    EXPECT_EQ(info.rule_set == 0, info.group == Group::kLanguage)
        << info.tag.str();
    EXPECT_LE(info.rule_set, CurrentRuleSet());
  }
}

TEST(Kind, GroupsAndSeveritiesHaveNames) {
  EXPECT_EQ(GroupName(Group::kLanguage), "language");
  EXPECT_EQ(GroupName(Group::kDataLoss), "data-loss");
  EXPECT_EQ(FindGroup("hygiene"), Group::kHygiene);
  EXPECT_FALSE(FindGroup("higiene").has_value());
  EXPECT_EQ(SeverityName(Severity::kWarning), "warning");
  EXPECT_EQ(FindSeverity("off"), Severity::kOff);
  EXPECT_FALSE(FindSeverity("fatal").has_value());
}

TEST(Kind, RulesCarryWhatTheTableSays) {
  const KindInfo& info = Info(Kind::kSlugNotImperative);
  EXPECT_EQ(info.tag, "slug-not-imperative");
  EXPECT_EQ(info.severity, Severity::kNote);
  EXPECT_EQ(info.policy, Policy::kOpen);
  EXPECT_EQ(Info(Kind::kSyntaxError).policy, Policy::kLaw);
}

TEST(Suggestion, FindsSlipsOfThePen) {
  const std::vector<std::string> words = {"CREATE", "ALTER", "DROP", "UPDATE"};
  EXPECT_EQ(MeantWord("CRAETE", words).name, "CREATE");
  EXPECT_EQ(MeantWord("craete", words).name, "CREATE");
  EXPECT_EQ(MeantWord("DORP", words).name, "DROP");
  EXPECT_EQ(MeantWord("ANALYZE", words).name, "");
  EXPECT_EQ(MeantWord("", words).name, "");
  EXPECT_EQ(MeantWord("b", {"a"}).name, "");
  EXPECT_EQ(MeantWord("B", {"a", "b"}).name, "b");
  EXPECT_EQ(MeantWord("tasks", {"tusks", "task"}).name, "tusks");
  EXPECT_EQ(Suggestion("taks", {"users", "tasks"}), "; did you mean `tasks`?");
  EXPECT_EQ(Suggestion("zzz", {"users", "tasks"}), "");
}

TEST(Suggestion, FindsTheWordThatBeginsSo) {
  EXPECT_EQ(MeantWord("warn", {"error", "warning"}).name, "warning");
  EXPECT_FALSE(MeantWord("warn", {"error", "warning"}).is_plain);
  EXPECT_EQ(MeantWord("HIS", {"history", "heads"}).name, "history");
  EXPECT_EQ(MeantWord("house-", {"house-number-one", "house-number-two"}).name,
            "");
  EXPECT_EQ(MeantWord("hi", {"history"}).name, "");
  EXPECT_EQ(Suggestion("err", {"error", "note"}), "; did you mean `error`?");
}

TEST(Meant, IsPlainIfNothingElseIsHalfAsNear) {
  struct Case {
    const char* found;
    std::vector<std::string> candidates;
    const char* name;
    bool is_plain;
  };
  const Case kCases[] = {
      {"usres", {"users"}, "users", true},
      {"usres", {"users", "tasks"}, "users", true},
      {"usres", {"users", "usrs"}, "users", false},
      {"END", {"END"}, "", false},
      {"EDN", {"END"}, "END", true},
      {"ENT", {"END"}, "END", true},
      {"TEN", {"END"}, "", false},
      {"user_", {"user_a", "user_b"}, "user_a", false},
      {"user_x", {"user_a"}, "user_a", true},
      {"USERS", {"users", "usera"}, "users", true},
      {"users", {"Users", "USERS"}, "Users", false},
      {"title", {"title_of_book"}, "", false},
      {"drop-colum-unarchived",
       {"drop-column-unarchived", "drop-table-unarchived"},
       "drop-column-unarchived",
       true},
      {"id", {"ia", "ib"}, "", false},
      {"", {"a"}, "", false},
      {"x", {}, "", false},
  };
  for (const Case& each : kCases) {
    const Meant meant = MeantName(each.found, each.candidates);
    EXPECT_EQ(meant.name, each.name) << each.found;
    EXPECT_EQ(meant.is_plain, each.is_plain) << each.found;
  }
}

TEST(Emitter, KnowsErrors) {
  PALINDROME_TEXT(kNoteText, kSlugNotImperative, "a {0} of {1}", std::string,
                  int);
  PALINDROME_TEXT(kErrorText, kSyntaxError, "an error");
  Emitter emitter;
  emitter.Emit(kNoteText, {}, "{0} `x`", 2);
  EXPECT_FALSE(emitter.HasErrors());
  EXPECT_EQ(emitter.diagnostics()[0].message, "a {0} `x` of 2");
  emitter.Emit(kErrorText, {});
  EXPECT_TRUE(emitter.HasErrors());
}

}  // namespace
}  // namespace palindrome::diagnostics
