// The calls that SQL is handed on by.
#include "compiler/queries/find.h"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/queries/find_fixture.h"

namespace palindrome::queries {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST_F(FindTest, FollowsWrappersThroughUnits) {
  Read({{"wrap.h", R"cpp(
#include <string>
#include <string_view>
           struct Statement {
             explicit Statement(const std::string& sql);
             std::string sql_;
           };
           class Base {
            public:
             virtual ~Base() = default;
             virtual void Run(std::string_view sql) = 0;
           };
           const char* Version();
           void Outer(const std::string& sql);
         )cpp"},
        {"wrap.cpp", R"cpp(
#include "wrap.h"
           Statement::Statement(const std::string& sql) : sql_(sql) {
             sqlite3_stmt* statement;
             sqlite3_prepare_v2(db, sql_.c_str(), -1, &statement, nullptr);
           }
           class Derived : public Base {
             void Run(std::string_view sql) override { Outer(std::string(sql)); }
           };
           static void Inner(const char* sql, bool) {
             sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           void Outer(const std::string& sql) {
             Inner(sql.c_str(), true);
           }
           const char* Version() {
             return "version";
           }
         )cpp"},
        {"use.cpp", R"cpp(
#include "wrap.h"
           void Log(const char*);
           void Use(Base& base) {
             Log("no SQL");
             Statement statement("statement");
             base.Run("virtual");
             Outer("outer");
             Outer(Version());
             auto run = [](const char* sql) { Outer(sql); };
             run("lambda");
           }
         )cpp"}});
  EXPECT_THAT(Found(), UnorderedElementsAre("Use: statement", "Use: virtual",
                                            "Use: outer", "Version: version",
                                            "Use: lambda"));
  EXPECT_THAT(Unknown(), IsEmpty());
}

// The library's functions are not read; what they construct is known.
TEST_F(FindTest, FollowsWhatTheLibraryHandsOn) {
  Read({{"statement.h", R"cpp(
#include <string>
#include <string_view>
           struct Statement {
             Statement(sqlite3* connection, const std::string& sql);
             Statement(sqlite3* connection, int flags, std::string_view sql);
             sqlite3_stmt* handle = nullptr;
           };
           struct Named {
             explicit Named(std::string name) : name(std::move(name)) {}
             std::string name;
           };
         )cpp"},
        {"statement.cpp", R"cpp(
#include "statement.h"
           Statement::Statement(sqlite3* connection, const std::string& sql) {
             sqlite3_prepare_v2(connection, sql.c_str(), -1, &handle, nullptr);
           }
           Statement::Statement(sqlite3* connection, int, std::string_view sql) {
             sqlite3_prepare_v2(connection, sql.data(), -1, &handle, nullptr);
           }
         )cpp"},
        {"use.cpp", R"cpp(
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include "statement.h"
           void Use(const char* table) {
             auto one = std::make_unique<Statement>(db, "unique");
             auto two = std::make_shared<Statement>(db, 0, "shared");
             std::vector<Statement> list;
             list.emplace_back(db, "back");
             list.emplace(list.begin(), db, 1, "placed");
             std::deque<Statement> queue;
             queue.emplace_front(db, std::string("front"));
             std::optional<Statement> maybe;
             maybe.emplace(db, "optional");
             std::optional<Statement> made(std::in_place, db, "in place");
             std::map<std::string, Statement> all;
             all.try_emplace("no SQL", db, "mapped");
             auto no = std::make_unique<Named>("no SQL");
             list.emplace_back(db, std::string("SELECT * FROM ") + table);
           }
         )cpp"}});
  EXPECT_THAT(Found(),
              UnorderedElementsAre("Use: unique", "Use: shared", "Use: back",
                                   "Use: placed", "Use: front", "Use: optional",
                                   "Use: in place", "Use: mapped"));
  EXPECT_THAT(Unknown(), ElementsAre("Use: it is put together"));
}

// A wrapper may change what it is given.
TEST_F(FindTest, KnowsWhatChangesOnItsWay) {
  ReadOne(R"cpp(
#include <string>
    void Exec(const char* sql) {
      sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    }
    std::string Fill(std::string s) {
      s.replace(s.find("{}"), 2, "a");
      return s;
    }
    void Skip(const char* s) {
      while (*s == '#')
        ++s;
      Exec(s);
    }
    struct Builder {
      std::string text;
      explicit Builder(const char* start) : text(start) {}
      void Add(const char* more) { text += more; }
      void Run() { Exec(text.c_str()); }
    };
    void Both(std::string s) {
      Exec("plain");
      s += ";";
      Exec(s.c_str());
    }
    void Through(const std::string& s) {
      Both(s);
    }
    void Run() {
      Exec(Fill("filled {}").c_str());
      Skip("##skipped");
      Builder builder("built");
      builder.Run();
      Through("through");
      Exec("through");
      Exec("itself");
    }
  )cpp");
  Strings changes;
  for (const Query& query : program_.queries) {
    changes.push_back(query.text.value + ": " + query.change);
  }
  EXPECT_THAT(changes,
              UnorderedElementsAre("filled {}: `s` is changed after it is set",
                                   "##skipped: `s` is changed after it is set",
                                   "built: `text` is changed after it is set",
                                   "through: `s` is changed after it is set",
                                   "plain: ", "through: ", "itself: "));
  EXPECT_THAT(Unknown(),
              UnorderedElementsAre("Fill: `s` is changed after it is set",
                                   "Skip: `s` is changed after it is set",
                                   "Builder::Add: `text` is changed after it "
                                   "is set",
                                   "Both: `s` is changed after it is set"));
}

TEST_F(FindTest, FollowsInheritedConstructors) {
  ReadOne(R"cpp(
#include <memory>
    struct Statement {
      explicit Statement(const char* sql) {
        sqlite3_prepare_v2(db, sql, -1, &handle, nullptr);
      }
      sqlite3_stmt* handle = nullptr;
    };
    struct Middle : Statement {
      using Statement::Statement;
    };
    struct Own : Middle {
      using Middle::Middle;
    };
    void Run() {
      Own own("own");
      auto made = std::make_unique<Own>("made");
    }
  )cpp");
  EXPECT_THAT(Found(), UnorderedElementsAre("Run: own", "Run: made"));
  EXPECT_THAT(Unknown(), IsEmpty());
}

TEST_F(FindTest, FollowsMarksAndTemplates) {
  ReadOne(R"cpp(
#include <palindrome/query.h>
#include <string_view>
    void Marked(int, PALINDROME_QUERY const char* sql, const char* note);
    PALINDROME_QUERY void AlsoMarked(int, std::string_view sql);
    template <typename T>
    T Get(const char* sql) {
      sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
      sqlite3_exec(db, "of the template", nullptr, nullptr, nullptr);
      return T();
    }
    void Run() {
      Marked(1, "marked", "no SQL");
      AlsoMarked(1, "also");
      Get<int>("int");
      Get<long>("long");
    }
  )cpp");
  EXPECT_THAT(Found(),
              UnorderedElementsAre("Run: marked", "Run: also", "Run: int",
                                   "Run: long", "Get: of the template"));
}

TEST_F(FindTest, LeavesOtherEnginesAndEncodings) {
  ReadOne(R"cpp(
    void Run(PGconn* pg) {
      PQexec(pg, "SELECT now()");
      sqlite3_stmt* s;
      sqlite3_prepare16_v2(db, u"SELECT 1", -1, &s, nullptr);
    }
  )cpp");
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_THAT(Unknown(),
              UnorderedElementsAre(
                  "Run: it is for PostgreSQL, and the history for SQLite",
                  "Run: it is not in UTF-8"));
}

TEST_F(FindTest, FindsWhatSeveralUnitsSeeOnce) {
  Read({{"both.h",
         "inline void Both() { sqlite3_exec(db, \"both\", nullptr, "
         "nullptr, nullptr); }\n"},
        {"a.cpp", "#include \"both.h\"\n"},
        {"b.cpp", "#include \"both.h\"\n"}});
  EXPECT_THAT(Found(), ElementsAre("Both: both"));
}

TEST_F(FindTest, SurvivesWhatClangDoesNot) {
  std::string deep = "int i = 0";
  for (int i = 0; i < 20000; ++i) {
    deep += "+1";
  }
  const auto command = [](const std::string& name) {
    return facts::CompileCommand{
        "/project/" + name, "/project", {"clang++", "/project/" + name}};
  };
  auto read = testing::ReadUnitsInMemory(
      {{"a.cpp", "#pragma clang __debug crash\n"},
       {"b.cpp", "int b;\n"},
       {"c.cpp", deep + ";\n"}},
      {command("a.cpp"), command("b.cpp"), command("c.cpp")});
  ASSERT_TRUE(static_cast<bool>(read)) << llvm::toString(read.takeError());
  EXPECT_FALSE(read->units[0].has_value());
  EXPECT_TRUE(read->units[1].has_value());
  EXPECT_TRUE(read->units[2].has_value());
}

}  // namespace
}  // namespace palindrome::queries
