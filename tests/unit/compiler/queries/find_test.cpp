// The SQL that Clang finds, from text to list.
#include "compiler/queries/find.h"

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cpp_units.h"

namespace palindrome::queries {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Strings = std::vector<std::string>;

constexpr char kSqlite[] =
    R"cpp(#pragma GCC system_header
          extern "C" {
          struct sqlite3;
          struct sqlite3_stmt;
          int sqlite3_prepare_v2(sqlite3*, const char*, int, sqlite3_stmt**,
                                 const char**);
          int sqlite3_prepare16_v2(sqlite3*, const void*, int, sqlite3_stmt**,
                                   const void**);
          int sqlite3_exec(sqlite3*, const char*,
                           int (*)(void*, int, char**, char**), void*, char**);
          int sqlite3_bind_int(sqlite3_stmt*, int, int);
          int sqlite3_step(sqlite3_stmt*);
          int sqlite3_finalize(sqlite3_stmt*);
          char* sqlite3_mprintf(const char*, ...);
          struct PGconn;
          void* PQexec(PGconn*, const char*);
          }
    )cpp";

class FindTest : public ::testing::Test {
 protected:
  // Each source begins with the declarations of SQLite and of a database.
  void Read(const std::map<std::string, std::string>& sources) {
    std::map<std::string, std::string> files = {
        {"sqlite3.h", kSqlite},
        {"db.h", "#include \"sqlite3.h\"\ninline sqlite3* db = nullptr;\n"}};
    Strings names;
    for (const auto& [name, text] : sources) {
      const bool is_source = name.ends_with(".cpp");
      files[name] = is_source ? "#include \"db.h\"\n" + text : text;
      if (is_source) {
        names.push_back(name);
      }
    }
    units_.clear();
    for (facts::Unit& unit : testing::ReadHeaders(files, names)) {
      EXPECT_THAT(unit.errors, IsEmpty())
          << (unit.errors.empty() ? "" : unit.errors.front().message);
      units_.emplace_back(std::move(unit));
    }
    program_ = FindQueries(units_);
  }
  void ReadOne(const std::string& text) { Read({{"a.cpp", text}}); }

  Strings Found() const {
    Strings found;
    for (const Query& query : program_.queries) {
      found.push_back(query.function + ": " + query.text.value);
    }
    return found;
  }
  // Why each is not checked.
  Strings Reasons() const {
    Strings reasons;
    for (const Query& query : program_.queries) {
      reasons.push_back(query.text.value + ": " + query.unchecked);
    }
    return reasons;
  }
  Strings Unknown() const {
    Strings unknown;
    for (const auto& each : program_.unknown) {
      unknown.push_back(each.function + ": " + each.reason);
    }
    return unknown;
  }

  std::vector<std::optional<facts::Unit>> units_;
  Program program_;
};

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

TEST_F(FindTest, KnowsWhatIsNotToBeChecked) {
  Read({{"a.cpp", R"cpp(
#include <palindrome/query.h>
#include <string>
           void Exec(const char* sql) {
             sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           void Run(bool is_old) {
             if (is_old)
               PALINDROME_UNCHECKED("old files") {
                 Exec("in a block");
                 auto later = [] { Exec("in a lambda"); };
                 later();
               }
             else
               Exec("else");
             PALINDROME_UNCHECKED("one") Exec("a statement");
             Exec("after");
             const char* sql;
             PALINDROME_UNCHECKED("set") sql = "assigned";
             Exec(sql);
           }
           PALINDROME_UNCHECKED("all of it") void Old();
           void Old() {
             Exec("in a function");
           }
         )cpp"}});
  EXPECT_THAT(Reasons(), UnorderedElementsAre("in a block: old files",
                                              "in a lambda: old files",
                                              "else: ", "a statement: one",
                                              "after: ", "assigned: set",
                                              "in a function: all of it"));
}

TEST_F(FindTest, DeclarationsMayBeUnchecked) {
  Read({{"a.cpp", R"cpp(
#include <palindrome/query.h>
#include <string>
           int Exec(const char* sql) {
             return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           PALINDROME_UNCHECKED("global") const char* kOld = "of all";
           PALINDROME_UNCHECKED("list")
           constexpr const char* kList[] = {"in a list"};
           void Run() {
             PALINDROME_UNCHECKED("call") int code = Exec("a call");
             PALINDROME_UNCHECKED("value") const char* sql = "a value";
             PALINDROME_UNCHECKED("sum") std::string sum = "a sum";
             const char* other = "another";
             Exec(sql);
             Exec(other);
             Exec(sum.c_str());
             Exec(kOld);
             Exec(kList[0]);
           }
         )cpp"}});
  EXPECT_THAT(Reasons(), UnorderedElementsAre(
                             "a call: call", "a value: value", "a sum: sum",
                             "another: ", "of all: global", "in a list: list"));
}

TEST_F(FindTest, WhatAnUncheckedWrapperIsGivenIsNotChecked) {
  const std::string open = R"cpp(
#include <palindrome/query.h>
    int Old(const char* sql);
    int Exec(const char* sql);
    int Both(const char* sql);
  )cpp";
  Read({{"a.cpp", open + R"cpp(
           int Old(const char* sql) {
             PALINDROME_UNCHECKED("old")
             return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           int Exec(const char* sql) {
             return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           int Both(const char* sql) {
             Old(sql);
             return Exec(sql);
           }
         )cpp"},
        {"b.cpp", open + R"cpp(
           int Through(const char* sql) {
             return Old(sql);
           }
           void Run() {
             Old("old");
             Through("through");
             PALINDROME_UNCHECKED("own") Old("own");
             Exec("new");
             Both("both");
           }
         )cpp"}});
  EXPECT_THAT(Reasons(), UnorderedElementsAre("old: old", "through: old",
                                              "own: own", "new: ", "both: "));
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

TEST_F(FindTest, SeesWhatIsBound) {
  ReadOne(R"cpp(
    void Escape(sqlite3_stmt*);
    void Whole() {
      sqlite3_stmt* s = nullptr;
      if (sqlite3_prepare_v2(db, "whole", -1, &s, nullptr) != 0 || !s)
        return;
      sqlite3_bind_int(s, 1, 7);
      sqlite3_bind_int(s, 2, 7);
      while (sqlite3_step(s)) {
      }
      sqlite3_finalize(s);
    }
    void Part(int i) {
      sqlite3_stmt* s;
      sqlite3_prepare_v2(db, "part", -1, &s, nullptr);
      sqlite3_bind_int(s, 3, 7);
      sqlite3_bind_int(s, i, 7);
    }
    void Escaped() {
      sqlite3_stmt* s;
      sqlite3_prepare_v2(db, "escaped", -1, &s, nullptr);
      Escape(s);
    }
    void Twice() {
      sqlite3_stmt* s;
      sqlite3_prepare_v2(db, "a", -1, &s, nullptr);
      sqlite3_prepare_v2(db, "b", -1, &s, nullptr);
    }
  )cpp");
  std::map<std::string, std::string> binds;
  for (const Query& query : program_.queries) {
    binds[query.text.value] =
        !query.binds ? "none"
                     : std::to_string(query.binds->highest) +
                           (query.binds->complete ? " of all" : " or more");
  }
  EXPECT_EQ(binds["whole"], "2 of all");
  EXPECT_EQ(binds["part"], "3 or more");
  EXPECT_EQ(binds["escaped"], "0 or more");
  EXPECT_EQ(binds["a"], "none");
  EXPECT_EQ(binds["b"], "none");
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
