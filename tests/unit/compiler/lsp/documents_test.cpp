#include "compiler/lsp/documents.h"

#include <gtest/gtest.h>

#include "compiler/lsp/positions.h"
#include "compiler/lsp/transport.h"

namespace palindrome::lsp {
namespace {

llvm::json::Object Json(const char* text) {
  auto value = ParseJson(text);
  EXPECT_TRUE(static_cast<bool>(value)) << text;
  return *value->getAsObject();
}

// é is one unit of UTF-16 and two bytes, the emoji two units and four bytes.
constexpr char kText[] =
    "a\xC3\xA9"
    "b\xF0\x9F\x98\x80"
    "c\r\nsecond\n";

TEST(PositionsTest, ColumnsAreUnitsOfUtf16) {
  const source::File file("f", kText);
  const struct {
    std::int64_t character;
    std::uint32_t offset;
  } kPlaces[] = {{0, 0}, {1, 1}, {2, 3}, {3, 4}, {5, 8}, {6, 9}};
  for (const auto& [character, offset] : kPlaces) {
    EXPECT_EQ(OffsetOf(kText, {0, character}), offset);
    EXPECT_EQ(PositionOf(file, offset).character, character);
    EXPECT_EQ(PositionOf(file, offset).line, 0);
  }
  EXPECT_EQ(OffsetOf(kText, {1, 3}), 14U);
  EXPECT_EQ(PositionOf(file, 14).line, 1);
  EXPECT_EQ(PositionOf(file, 14).character, 3);
}

TEST(PositionsTest, PlacesOutsideMeanTheNearest) {
  EXPECT_EQ(OffsetOf(kText, {0, 99}), 9U);  // Before the line's end.
  EXPECT_EQ(OffsetOf(kText, {0, 4}), 4U);   // Within a surrogate pair.
  EXPECT_EQ(OffsetOf(kText, {99, 0}), 18U);
  EXPECT_EQ(OffsetOf("", {3, 3}), 0U);
  EXPECT_EQ(OffsetOf("\xF0\x9F", {0, 2}), 2U);  // Cut off.
  const source::File file("f", kText);
  EXPECT_EQ(PositionOf(file, 999).line, 2);
}

TEST(DocumentsTest, AppliesChangesOneAfterTheOther) {
  Documents documents;
  ASSERT_NE(documents.Open(Json(R"({"textDocument":
      {"uri": "file:///f/a.sql", "version": 1, "text": "one\ntwo\n"}})")),
            nullptr);
  const Document* document = documents.Change(Json(R"({
      "textDocument": {"uri": "file:///f/a.sql", "version": 2},
      "contentChanges": [
        {"range": {"start": {"line": 0, "character": 0},
                   "end": {"line": 1, "character": 0}}, "text": "0\n1\n"},
        {"range": {"start": {"line": 2, "character": 3},
                   "end": {"line": 2, "character": 3}}, "text": "!"}]})"));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->text, "0\n1\ntwo!\n");
  EXPECT_EQ(document->version, 2);
  document = documents.Change(Json(R"({
      "textDocument": {"uri": "file:///f/../f/a.sql"},
      "contentChanges": [{"text": "all"}]})"));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->text, "all");
  const auto closed =
      documents.Close(Json(R"({"textDocument": {"uri": "file:///f/a.sql"}})"));
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->text, "all");
  EXPECT_TRUE(documents.all().empty());
}

TEST(DocumentsTest, IgnoresNonsense) {
  Documents documents;
  EXPECT_EQ(documents.Open(Json("{}")), nullptr);
  EXPECT_EQ(documents.Open(Json(R"({"textDocument": 1})")), nullptr);
  EXPECT_EQ(documents.Open(
                Json(R"({"textDocument": {"uri": "file:///a", "text": 1}})")),
            nullptr);
  EXPECT_EQ(documents.Open(
                Json(R"({"textDocument": {"uri": "untitled:1", "text": ""}})")),
            nullptr);
  EXPECT_EQ(documents.Close(Json("{}")), std::nullopt);
  documents.Open(
      Json(R"({"textDocument": {"uri": "file:///a", "text": "abc"}})"));
  const Document* document = documents.Change(Json(R"({
      "textDocument": {"uri": "file:///a", "version": "x"},
      "contentChanges": [
        1, {}, {"text": 2}, {"range": {}, "text": "x"},
        {"range": {"start": {"line": -1, "character": 0},
                   "end": {"line": 0, "character": 0}}, "text": "x"},
        {"range": {"start": {"line": 0, "character": 2},
                   "end": {"line": 0, "character": 1}}, "text": "x"}]})"));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->text, "abc");
}

}  // namespace
}  // namespace palindrome::lsp
