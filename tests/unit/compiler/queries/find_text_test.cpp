// What text the SQL may be.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/queries/find.h"
#include "tests/unit/compiler/queries/find_fixture.h"

namespace palindrome::queries {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST_F(FindTest, FindsConstants) {
  ReadOne(R"cpp(
#include <string>
#include <string_view>
    using namespace std::string_view_literals;
#define TABLE "users"
    constexpr char kArray[] = "array";
    constexpr const char* kPointer = "pointer";
    static const char* const kStatic = "static";
    constexpr std::string_view kView = "view";
    const std::string kString("string");
    constexpr auto kSuffix = "suffix"sv;
    const char* const kList[] = {"first", "second"};
    void Exec(const char* sql) {
      sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    }
    void Run(bool yes, int i) {
      Exec("literal");
      Exec("con" /* c */ "cat " TABLE);
      Exec(kArray);
      Exec(kPointer);
      Exec(kStatic);
      Exec(kView.data());
      Exec(kString.c_str());
      Exec(kSuffix.data());
      Exec(yes ? "one" : "two");
      Exec(true ? "always" : "never");
      Exec(kList[1]);
      Exec(std::string("moved").c_str());
      Exec((std::string("a") + "b" + kString).c_str());
      const char* late = nullptr;
      if (yes)
        late = "later";
      Exec(late);
      for (const char* each : kList)
        Exec(each);
      Exec(R"x(raw)x");
    }
  )cpp");
  EXPECT_THAT(Found(),
              UnorderedElementsAre("Run: literal", "Run: concat users",
                                   "Run: array", "Run: pointer", "Run: static",
                                   "Run: view", "Run: string", "Run: suffix",
                                   "Run: one", "Run: two", "Run: always",
                                   "Run: second", "Run: moved", "Run: abstring",
                                   "Run: later", "Run: first", "Run: raw"));
  EXPECT_THAT(Unknown(), IsEmpty());
}

TEST_F(FindTest, SaysWhatIsNoConstant) {
  ReadOne(R"cpp(
#include <cstdio>
#include <string>
    std::string Make();
    void Grow(std::string* text);
    void Run(int n, const char* name) {
      char* made = sqlite3_mprintf("CREATE TEMP TABLE t%d(a)", n);
      sqlite3_exec(db, made, nullptr, nullptr, nullptr);
      std::string grown = "SELECT 1";
      grown += name;
      sqlite3_exec(db, grown.c_str(), nullptr, nullptr, nullptr);
      std::string handed = "SELECT 2";
      Grow(&handed);
      sqlite3_exec(db, handed.c_str(), nullptr, nullptr, nullptr);
      char buffer[99];
      std::snprintf(buffer, sizeof(buffer), "SELECT %d", n);
      sqlite3_exec(db, buffer, nullptr, nullptr, nullptr);
      sqlite3_exec(db, (std::string("a") + name).c_str(), nullptr, nullptr,
                   nullptr);
      sqlite3_exec(db, Make().c_str(), nullptr, nullptr, nullptr);
    }
  )cpp");
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_THAT(Unknown(), UnorderedElementsAre(
                             "Run: `sqlite3_mprintf` makes it",
                             "Run: `grown` is changed after it is set",
                             "Run: `handed` is reached through a pointer",
                             "Run: `buffer` is handed on to be changed",
                             "Run: it is put together",
                             "Run: no source that was read says what it is"));
  EXPECT_THAT(program_.fragments, ElementsAre("CREATE TEMP TABLE t%d(a)"));
}

TEST_F(FindTest, FollowsConstantArrays) {
  ReadOne(R"cpp(
#include <array>
#include <cstddef>
    void Exec(const char* sql) {
      sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    }
    template <std::size_t N>
    struct Fixed {
      constexpr Fixed(const char (&from)[N]) {
        for (std::size_t i = 0; i < N; ++i)
          text[i] = from[i];
      }
      char text[N] = {};
    };
    template <Fixed kSql>
    void Run() {
      Exec(kSql.text);
    }
    template <std::size_t A, std::size_t B>
    constexpr auto Join(const char (&a)[A], const char (&b)[B]) {
      std::array<char, A + B - 1> all{};
      for (std::size_t i = 0; i < A; ++i)
        all[i] = a[i];
      for (std::size_t i = 0; i < B; ++i)
        all[A - 1 + i] = b[i];
      return all;
    }
    constexpr auto kJoined = Join("one ", "two");
    constexpr Fixed kFixed("fixed");
    void Use() {
      Run<"argument">();
      Exec(kJoined.data());
      Exec(kFixed.text);
      Exec(kFixed.text + 1);
    }
  )cpp");
  EXPECT_THAT(Found(), UnorderedElementsAre("Run: argument", "Use: one two",
                                            "Use: fixed"));
  EXPECT_THAT(Unknown(), ElementsAre("Use: it is no constant"));
}

TEST_F(FindTest, SaysWhatNobodySets) {
  ReadOne(R"cpp(
    void Run() {
      try {
        throw "thrown";
      } catch (const char* sql) {
        sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
      }
    }
  )cpp");
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_THAT(Unknown(), ElementsAre("Run: `sql` is set where nobody looks"));
}

TEST_F(FindTest, FollowsLiteralOperators) {
  ReadOne(R"cpp(
#include <cstddef>
#include <string>
    void operator""_run(const char* text, std::size_t size) {
      std::string sql(text, size);
      sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
    }
    void Cut(const char* text, std::size_t size) {
      std::string sql(text, size);
      sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
    }
    void Use() {
      "SELECT 1"_run;
      Cut("SELECT 2, 3", 8);
    }
  )cpp");
  EXPECT_THAT(Found(), ElementsAre("Use: SELECT 1"));
  EXPECT_THAT(Unknown(), ElementsAre("Cut: it is put together"));
}

TEST_F(FindTest, KnowsTextThatClangWrites) {
  ReadOne(R"cpp(
#include <source_location>
    void Run(std::source_location place = std::source_location::current()) {
      sqlite3_exec(db, __func__, nullptr, nullptr, nullptr);
      sqlite3_exec(db, __FILE__, nullptr, nullptr, nullptr);
      sqlite3_exec(db, __PRETTY_FUNCTION__, nullptr, nullptr, nullptr);
      sqlite3_exec(db, place.file_name(), nullptr, nullptr, nullptr);
      constexpr const char* kName = std::source_location::current().function_name();
      sqlite3_exec(db, kName, nullptr, nullptr, nullptr);
    }
    void Call() {
      Run();
    }
  )cpp");
  EXPECT_FALSE(units_.empty());
}

TEST_F(FindTest, FollowsFieldsOfTables) {
  ReadOne(R"cpp(
    struct Entry {
      int id;
      const char* sql;
      const char* comment;
    };
    static const Entry kEntries[] = {{1, "first", "x"}, {2, "second", "y"}};
    void Run() {
      for (const Entry& entry : kEntries) {
        sqlite3_exec(db, entry.sql, nullptr, nullptr, nullptr);
      }
    }
  )cpp");
  EXPECT_THAT(Found(), UnorderedElementsAre(": first", ": second"));
}

TEST_F(FindTest, KnowsThePlaceInALiteral) {
  const std::string text =
      "void Run() {\n  sqlite3_exec(db, \"a\\n\"\n    \"bc\", nullptr, "
      "nullptr, "
      "nullptr);\n}\n";
  ReadOne(text);
  ASSERT_EQ(program_.queries.size(), 1U);
  const facts::Place place = facts::PlaceOf(program_.queries[0].text, 3, 4);
  const std::string whole = "#include \"db.h\"\n" + text;
  EXPECT_EQ(whole.substr(place.begin, place.end - place.begin), "c");
}

}  // namespace
}  // namespace palindrome::queries
