#include "compiler/diagnostics/console.h"

#include <string>

#include "gtest/gtest.h"

namespace palindrome::diagnostics {
namespace {

Diagnostic At(const source::File* file, std::uint32_t begin, std::uint32_t end,
              Kind kind = Kind::kSyntaxError, const char* message = "wrong") {
  return {kind, Info(kind).severity, {file, {begin, end}}, message, {}};
}

std::string Console(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  llvm::raw_string_ostream out(text);
  WriteConsole(diagnostics, out);
  return out.str();
}

std::string Summary(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  llvm::raw_string_ostream out(text);
  WriteSummary(diagnostics, out);
  return out.str();
}

TEST(Console, ShowsTheLineAndACaret) {
  const source::File file("d/m.sql", "one\nDROP TABL t;\r\n");
  EXPECT_EQ(Console({At(&file, 9, 13).With({&file, {0, 3}}, "see here")}),
            "d/m.sql:2:6: error: wrong [syntax-error]\n"
            "DROP TABL t;\n"
            "     ^~~~\n"
            "d/m.sql:1:1: note: see here\n"
            "one\n"
            "^~~\n");
}

TEST(Console, WorksWithoutAFile) {
  EXPECT_EQ(Console({At(nullptr, 0, 0, Kind::kMultipleHeads, "two heads")
                         .With({}, "no place")}),
            "palindrome: error: two heads [multiple-heads]\n"
            "palindrome: note: no place\n");
}

TEST(Console, AlignsTabsAndUnicode) {
  const source::File file("m.sql", "\t\xC3\xA4\tb\xC3\xB6;");
  EXPECT_EQ(Console({At(&file, 4, 7)}),
            "m.sql:1:4: error: wrong [syntax-error]\n"
            "\t\xC3\xA4\tb\xC3\xB6;\n"
            "\t \t^~\n");
}

TEST(Console, PointsBehindTheLine) {
  const source::File file("m.sql", "ab\r\ncd");
  EXPECT_EQ(Console({At(&file, 2, 2)}),
            "m.sql:1:3: error: wrong [syntax-error]\nab\n  ^\n");
  EXPECT_EQ(Console({At(&file, 6, 6)}),
            "m.sql:2:3: error: wrong [syntax-error]\ncd\n  ^\n");
  // A range that goes on in the next line is underlined to the line's end.
  EXPECT_EQ(Console({At(&file, 0, 6)}),
            "m.sql:1:1: error: wrong [syntax-error]\nab\n^~\n");
}

TEST(Console, ClipsLongLines) {
  const source::File file("m.sql",
                          std::string(500, 'a') + "b" + std::string(500, 'c'));
  EXPECT_EQ(Console({At(&file, 500, 503)}),
            "m.sql:1:501: error: wrong [syntax-error]\n..." +
                std::string(100, 'a') + "b" + std::string(59, 'c') + "...\n" +
                std::string(103, ' ') + "^~~\n");
}

TEST(Console, SendsNoControlCharactersToTheTerminal) {
  const source::File file("m.sql", "a\x1B[31mb");
  const std::string text =
      Console({At(&file, 0, 1, Kind::kSyntaxError, "x\x1By\nz")});
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_EQ(text,
            "m.sql:1:1: error: x\xEF\xBF\xBDy\xEF\xBF\xBDz [syntax-error]\n"
            "a\xEF\xBF\xBD[31mb\n^\n");
}

TEST(Console, LeavesOutWhatIsOff) {
  Diagnostic off = At(nullptr, 0, 0);
  off.severity = Severity::kOff;
  EXPECT_EQ(Console({off}), "");
}

TEST(Console, SortsByPlaceAndRemovesRepeats) {
  const source::File a("a.sql", "text");
  const source::File b("b.sql", "text");
  std::vector<Diagnostic> all = {
      At(nullptr, 0, 0), At(&b, 0, 1), At(&a, 3, 4),
      At(&a, 1, 2),      At(&b, 0, 1), At(&a, 1, 2, Kind::kFileError)};
  Sort(all);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].kind, Kind::kFileError);
  EXPECT_EQ(all[1].location.range.begin, 1U);
  EXPECT_EQ(all[2].location.range.begin, 3U);
  EXPECT_EQ(all[3].location.file, &b);
  EXPECT_EQ(all[4].location.file, nullptr);
}

TEST(Summary, Counts) {
  const Diagnostic error = At(nullptr, 0, 0);
  const Diagnostic warning = At(nullptr, 0, 0, Kind::kColumnOrderNotRestored);
  const Diagnostic note = At(nullptr, 0, 0, Kind::kSlugNotImperative);
  EXPECT_EQ(Summary({}), "");
  EXPECT_EQ(Summary({note}), "");
  EXPECT_EQ(Summary({error}), "1 error generated.\n");
  EXPECT_EQ(Summary({warning, warning}), "2 warnings generated.\n");
  EXPECT_EQ(Summary({error, warning, error}),
            "2 errors and 1 warning generated.\n");
}

Fix Mechanical(const source::File* file, std::uint32_t begin, std::uint32_t end,
               const char* text) {
  return {"change it", {{{file, {begin, end}}, text}}, /*mechanical=*/true};
}

TEST(Console, ShowsWhatTheFixWrites) {
  const source::File file("m.sql", "\tDROP TABL t;\nEND");
  EXPECT_EQ(Console({At(&file, 6, 10)
                         .Mended(Mechanical(&file, 6, 10, "TABLE"))
                         .With({&file, {1, 5}}, "see here")}),
            "m.sql:1:7: error: wrong [syntax-error]\n"
            "\tDROP TABL t;\n"
            "\t     ^~~~\n"
            "\t     TABLE\n"
            "m.sql:1:2: note: see here\n"
            "\tDROP TABL t;\n"
            "\t^~~~\n");
  // Behind the last character.
  EXPECT_EQ(Console({At(&file, 14, 17).Mended(Mechanical(&file, 17, 17, ";"))}),
            "m.sql:2:1: error: wrong [syntax-error]\n"
            "END\n"
            "^~~\n"
            "   ;\n");
}

TEST(Console, NamesAFixThatDoesNotFit) {
  const source::File file("m.sql", "one\ntwo");
  const std::string head = "m.sql:1:1: error: wrong [syntax-error]\none\n^~~\n";
  const Fix removal = Mechanical(&file, 0, 3, "");
  const Fix lines = Mechanical(&file, 0, 3, "a\nb");
  const Fix elsewhere = Mechanical(&file, 4, 7, "2");
  Fix two = Mechanical(&file, 0, 3, "1");
  two.edits.push_back(two.edits[0]);
  for (const Fix& fix : {removal, lines, elsewhere, two}) {
    EXPECT_EQ(Console({At(&file, 0, 3).Mended(fix)}),
              head + "  fix: change it\n");
  }
  EXPECT_EQ(Console({At(nullptr, 0, 0).Mended(elsewhere)}),
            "palindrome: error: wrong [syntax-error]\n  fix: change it\n");
}

TEST(Console, KeepsStillAboutWhatIsOnlyOffered) {
  const source::File file("m.sql", "one");
  Fix offered = Mechanical(&file, 0, 3, "two");
  offered.mechanical = false;
  EXPECT_EQ(Console({At(&file, 0, 3).Mended(offered)}),
            Console({At(&file, 0, 3)}));
}

std::string InColor(const std::vector<Diagnostic>& diagnostics, bool enable) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out.enable_colors(enable);
  WriteConsole(diagnostics, out);
  WriteSummary(diagnostics, out);
  return text;
}

TEST(Console, IsInColourWhereTheStreamIs) {
  const source::File file("m.sql", "\x1B[31mDROP TABL t;");
  const std::vector<Diagnostic> findings = {
      At(&file, 10, 14)
          .Mended(Mechanical(&file, 10, 14, "TABLE"))
          .With({&file, {5, 9}}, "see here"),
      At(&file, 5, 9, Kind::kBadFileName),
      At(&file, 5, 9, Kind::kSlugNotImperative)};
  const std::string plain = InColor(findings, false);
  EXPECT_EQ(plain.find('\x1B'), std::string::npos);
  const std::string colored = InColor(findings, true);
  EXPECT_NE(colored.find("\x1B[0;1;31merror: \x1B[0m"), std::string::npos)
      << colored;
  EXPECT_NE(colored.find("\x1B[0;1;36mnote: \x1B[0m"), std::string::npos)
      << colored;
  EXPECT_NE(colored.find("\x1B[0;1;32m^~~~\x1B[0m"), std::string::npos)
      << colored;
  // Nothing but colour is different.
  std::string without;
  for (std::size_t at = 0; at < colored.size(); ++at) {
    if (colored[at] == '\x1B') {
      at = colored.find('m', at);
    } else {
      without += colored[at];
    }
  }
  EXPECT_EQ(without, plain);
}

}  // namespace
}  // namespace palindrome::diagnostics
