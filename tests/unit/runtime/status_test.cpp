#include <memory>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <palindrome/status.h>

namespace palindrome {
namespace {

TEST(Status, IsOkByDefault) {
  const Status status;
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(status.code(), StatusCode::kOk);
  EXPECT_EQ(status.message(), "");
  EXPECT_EQ(status.details().revision, "");
  EXPECT_EQ(status.ToString(), "ok");
}

TEST(Status, OfTheCodeOkIsOk) {
  const Status status(StatusCode::kOk, "nothing");
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(status.message(), "");
}

TEST(Status, SaysAllItKnows) {
  StatusDetails details;
  details.revision = "a1";
  details.file_name = "20250101_000000_a.sql";
  details.line = 7;
  details.statement = "DROP TABLE a";
  details.engine_message = "no such table: a";
  details.engine_code = 1;
  const Status status(StatusCode::kFailedStatement,
                      "a statement of the upgrade failed", details);
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(status.details().line, 7U);
  EXPECT_EQ(status.ToString(),
            "20250101_000000_a.sql:7: failed statement: a statement of the "
            "upgrade failed\n"
            "  revision: a1\n"
            "  statement: DROP TABLE a\n"
            "  engine: no such table: a (1)");
}

TEST(Status, LeavesOutWhatItDoesNotKnow) {
  EXPECT_EQ(Status(StatusCode::kLocked, "gave up").ToString(),
            "database locked: gave up");
  StatusDetails details;
  details.file_name = "a.sql";
  EXPECT_EQ(Status(StatusCode::kIo, "full", details).ToString(),
            "a.sql: input or output error: full");
}

TEST(Status, CopiesShareTheirDetails) {
  const Status status(StatusCode::kIo, "full");
  const Status copy = status;  // NOLINT(performance-unnecessary-copy-*)
  EXPECT_EQ(&copy.message(), &status.message());
}

TEST(Status, EveryCodeHasANameOfItsOwn) {
  std::set<std::string_view> names;
  std::size_t codes = 0;
#define PALINDROME_STATUS_CODE(Name, Text)                    \
  names.insert(StatusCodeName(StatusCode::Name));             \
  EXPECT_EQ(StatusCodeName(StatusCode::Name), Text) << #Name; \
  ++codes;
#include <palindrome/status_codes.def>
  EXPECT_EQ(names.size(), codes);
  EXPECT_EQ(names.count(""), 0U);
}

TEST(Result, HoldsAValueOrAStatus) {
  const Result<int> value = 3;
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value, 3);
  EXPECT_TRUE(value.status().ok());
  const Result<int> failure = Status(StatusCode::kIo, "full");
  EXPECT_FALSE(failure.ok());
  EXPECT_EQ(failure.status().code(), StatusCode::kIo);
}

TEST(Result, GivesItsValueAway) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(4);
  ASSERT_TRUE(result.ok());
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 4);
}

}  // namespace
}  // namespace palindrome
