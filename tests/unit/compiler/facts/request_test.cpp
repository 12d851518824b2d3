#include <gtest/gtest.h>

#include "compiler/facts/read_units.h"

namespace palindrome::facts {
namespace {

Unit SomeUnit() {
  Unit unit;
  unit.files = {{"/s/a.cpp", "12"}, {"/usr/include/x.h", "34"}};
  unit.errors = {{{0, 3, 5}, "unknown type name 'x'"}};
  return unit;
}

TEST(RequestTest, ComesBackAsItWas) {
  const Request request = {{{{"/s/a.cpp", "/b", {"c++", "-c", "a\"b"}}, "/o"}},
                           {"db::Run:2"}};
  const auto read = ReadRequest(WriteRequest(request));
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->units.size(), 1U);
  EXPECT_EQ(read->units[0].command, request.units[0].command);
  EXPECT_EQ(read->units[0].output, "/o");
  EXPECT_EQ(read->query_functions, request.query_functions);
  EXPECT_FALSE(ReadRequest("{}").has_value());
  EXPECT_FALSE(ReadRequest("").has_value());
}

TEST(AnswerTest, ComesBackAsItWas) {
  const Unit unit = SomeUnit();
  EXPECT_EQ(ReadAnswer(WriteAnswer(unit)), unit);
}

// Whatever part of it is lost or changed.
TEST(AnswerTest, ADamagedOneIsNone) {
  const std::string bytes = WriteAnswer(SomeUnit());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ReadAnswer(bytes.substr(0, size)).has_value()) << size;
    std::string changed = bytes;
    changed[size] = static_cast<char>(changed[size] ^ 1);
    EXPECT_FALSE(ReadAnswer(changed).has_value()) << size;
  }
}

TEST(AnswerTest, OneOfAnotherVersionIsNone) {
  EXPECT_FALSE(ReadUnit(R"({"version":0,"files":[["a","b"]],"errors":[],)"
                        R"("structs":[],"calls":{}})")
                   .has_value());
}

}  // namespace
}  // namespace palindrome::facts
