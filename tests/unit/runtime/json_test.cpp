#include "runtime/src/json.h"

#include <string>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

TEST(Json, EscapesWhatJsonDoesNotTake) {
  EXPECT_EQ(json::String(""), "\"\"");
  EXPECT_EQ(json::String("a\"b\\c\n\r\t\x01\x1f\x7f/"),
            R"("a\"b\\c\n\r\t\u0001\u001f\u007f/")");
  EXPECT_EQ(json::String(std::string("a\0b", 3)), R"("a\u0000b")");
  EXPECT_EQ(json::String("gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x8C\xB5"),
            "\"gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x8C\xB5\"");
}

TEST(Json, ReplacesWhatIsNoUtf8) {
  const std::string mark = "\xEF\xBF\xBD";
  for (const std::string& text :
       {std::string("\xFF"), std::string("\xC3"), std::string("\x80"),
        std::string("\xC0\xAF"), std::string("\xE2\x82"),
        std::string("\xED\xA0\x80"), std::string("\xF4\x90\x80\x80"),
        std::string("\xF0\x80\x80\x80"), std::string("\xE0\x80\xAF")}) {
    std::string marks;
    for (std::size_t i = 0; i < text.size(); ++i) {
      marks += mark;
    }
    EXPECT_EQ(json::String("a" + text + "b"), "\"a" + marks + "b\"");
    EXPECT_EQ(json::String(text), "\"" + marks + "\"");
  }
}

TEST(Json, JoinsValues) {
  EXPECT_EQ(json::Array({}), "[]");
  EXPECT_EQ(json::Object({}), "{}");
  EXPECT_EQ(json::Object({{"a", json::Strings({"x", "y\""})},
                          {"b", json::Bool(true)},
                          {"c", json::Array({"1", "2"})}}),
            R"({"a":["x","y\""],"b":true,"c":[1,2]})");
}

}  // namespace
}  // namespace palindrome
