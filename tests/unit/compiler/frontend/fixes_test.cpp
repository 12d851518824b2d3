#include "compiler/diagnostics/fixes.h"

#include <string>

#include "gtest/gtest.h"

namespace palindrome::diagnostics {
namespace {

// `text` with the fix made; `what` is where the diagnostic is.
template <typename Make>
std::string After(const std::string& text, const std::string& what,
                  const Make& make) {
  const source::File file("m.sql", text);
  const auto begin = static_cast<std::uint32_t>(text.find(what));
  const auto end = static_cast<std::uint32_t>(begin + what.size());
  const Fix fix = make(source::Location{&file, {begin, end}});
  EXPECT_EQ(fix.edits.size(), 1U);
  const source::Range range = fix.edits[0].location.range;
  return std::string(text).replace(range.begin, range.end - range.begin,
                                   fix.edits[0].text);
}

std::string WithoutStatement(const std::string& text, const std::string& what) {
  return After(text, what, [](source::Location place) {
    return RemoveStatement(By::kTool, place, "it");
  });
}

std::string WithoutClause(const std::string& text, const std::string& what) {
  return After(text, what, [](source::Location place) {
    return RemoveClause(By::kTool, place, "it");
  });
}

TEST(Fixes, RemoveAStatementWithItsLines) {
  EXPECT_EQ(WithoutStatement("a;\n  X y ;  \nb;\n", "X y"), "a;\nb;\n");
  EXPECT_EQ(WithoutStatement("a;\r\n  X y;\r\nb;\r\n", "X y"), "a;\r\nb;\r\n");
  EXPECT_EQ(WithoutStatement("a;\n  X\n y;\nb;\n", "X\n y"), "a;\nb;\n");
  EXPECT_EQ(WithoutStatement("X y;", "X y"), "");
  EXPECT_EQ(WithoutStatement("X y", "X y"), "");
  // What else is on the line stays.
  EXPECT_EQ(WithoutStatement("a; X y; b;\n", "X y"), "a; b;\n");
  EXPECT_EQ(WithoutStatement("a; X y;\nb;\n", "X y"), "a;\nb;\n");
  EXPECT_EQ(WithoutStatement("  X y; -- z\n", "X y"), "  -- z\n");
}

TEST(Fixes, RemoveAClauseAndNotItsSemicolon) {
  EXPECT_EQ(WithoutClause("M 'm'\n  X 'x'\n  R 'r';\n", "X 'x'"),
            "M 'm'\n  R 'r';\n");
  EXPECT_EQ(WithoutClause("M 'm'\n  X 'x';\n", "X 'x'"), "M 'm';\n");
  EXPECT_EQ(WithoutClause("M 'm' X 'x';\n", "X 'x'"), "M 'm';\n");
  EXPECT_EQ(WithoutClause("M 'm' -- c\n  X 'x';\n", "X 'x'"),
            "M 'm' -- c\n  ;\n");
}

// What was meant is spelt as what was found.
std::string Meaning(const std::string& text, const std::string& place,
                    const Meant& meant) {
  const source::File file("m.sql", text);
  Diagnostic diagnostic;
  const auto begin = static_cast<std::uint32_t>(text.find(place));
  diagnostic.location = {
      &file, {begin, static_cast<std::uint32_t>(begin + place.size())}};
  diagnostic.Mended(meant);
  if (diagnostic.fixes.empty()) {
    return "";
  }
  const Edit& edit = diagnostic.fixes[0].edits[0];
  return std::string(text).replace(
      edit.location.range.begin,
      edit.location.range.end - edit.location.range.begin, edit.text);
}

TEST(Fixes, RespellWhatWasMeant) {
  EXPECT_EQ(Meaning("a usres b", "usres", MeantName("usres", {"users"})),
            "a users b");
  EXPECT_EQ(Meaning("a \"usres\" b", "\"usres\"",
                    MeantName("usres", {"two words", "us ers"})),
            "a \"us ers\" b");
  EXPECT_EQ(Meaning("a [usres] b", "[usres]", MeantName("usres", {"users"})),
            "a users b");
  EXPECT_EQ(Meaning("a 'b1' b", "'b1'", MeantName("b1", {"B1"})), "a 'B1' b");
  EXPECT_EQ(Meaning("a ordr b", "ordr", MeantName("ordr", {"order"})),
            "a \"order\" b");
  EXPECT_EQ(Meaning("a TABEL b", "TABEL", MeantWord("TABEL", {"TABLE"})),
            "a TABLE b");
  EXPECT_EQ(Meaning("a tabel b", "tabel", MeantWord("tabel", {"TABLE"})),
            "a table b");
  EXPECT_EQ(Meaning("ALLOW a-rul b", "a-rul", MeantWord("a-rul", {"a-rule"})),
            "ALLOW a-rule b");
  EXPECT_EQ(Meaning("a usres b", "usres", MeantName("usres", {"tasks"})), "");
}

TEST(Fixes, FindTheNameInItsStatement) {
  EXPECT_EQ(Meaning("X; UPDATE usres SET a; usres", "UPDATE usres SET a",
                    MeantName("usres", {"users"})),
            "X; UPDATE users SET a; usres");
  EXPECT_EQ(Meaning("UPDATE \"usres\" SET a", "UPDATE \"usres\" SET a",
                    MeantName("usres", {"users"})),
            "UPDATE users SET a");
  // Twice: which one cannot be told.
  EXPECT_EQ(Meaning("UPDATE usres, usres", "UPDATE usres, usres",
                    MeantName("usres", {"users"})),
            "");
  EXPECT_EQ(
      Meaning("UPDATE tasks", "UPDATE tasks", MeantName("usres", {"users"})),
      "");
}

TEST(Fixes, NeedAPlace) {
  Diagnostic diagnostic;
  diagnostic.Mended(MeantName("usres", {"users"}));
  EXPECT_TRUE(diagnostic.fixes.empty());
}

}  // namespace
}  // namespace palindrome::diagnostics
