// What stands around a call: the binds of its statement, and conditions.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "compiler/queries/find.h"
#include "tests/unit/compiler/queries/find_fixture.h"

namespace palindrome::queries {
namespace {

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
    std::string& text = binds[query.text.value];
    text = query.binds ? "" : "none";
    if (query.binds) {
      for (const std::uint32_t number : query.binds->bound) {
        text += std::to_string(number) + " ";
      }
      text += query.binds->complete ? "of all" : "or more";
    }
  }
  EXPECT_EQ(binds["whole"], "1 2 of all");
  EXPECT_EQ(binds["part"], "3 or more");
  EXPECT_EQ(binds["escaped"], "or more");
  EXPECT_EQ(binds["a"], "none");
  EXPECT_EQ(binds["b"], "none");
}

// As "then asks": where they stand, and whether the condition asks.
TEST_F(FindTest, SeesConditionsThatAskForTheSchema) {
  ReadOne(R"cpp(
    void Exec(const char* sql) {
      sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    }
    bool Has(const char* column);
    bool Has(const char*) {
      Exec("PRAGMA table_info(a)");
      return true;
    }
    int Version() {
      Exec("PRAGMA user_version");
      return 3;
    }
    bool Other();
    struct Db {
      bool is_new = false;
      bool is_mixed = false;
      void Open(bool fast) {
        is_new = Has("z");
        is_mixed = Has("z");
        is_mixed = Other();
        const bool copy = !is_new;
        if (is_new)
          Exec("field");
        else
          Exec("field else");
        if (!copy)
          Exec("copy");
        if (Version() >= 3)
          Exec("version");
        if (Version() >= 3) {
        } else if (fast)
          Exec("nested");
        if (Has("y") && fast)
          Exec("both");
        if (is_mixed)
          Exec("mixed");
        if (Other())
          Exec("other");
        switch (Version()) {
          case 1:
            Exec("switch");
        }
        for (int i = 0; i < Version(); ++i)
          while (fast)
            if (Other())
              Exec("loop");
        Exec("none");
      }
    };
  )cpp");
  std::map<std::string, std::string> branches;
  for (const Query& query : program_.queries) {
    std::string& text = branches[query.text.value];
    for (const facts::Branch& branch : query.branches) {
      text += (text.empty() ? "" : ", ");
      text += branch.is_else ? "else" : "then";
      text += branch.asks ? " asks" : "";
      text += branch.is_loop ? " loop" : "";
    }
  }
  EXPECT_EQ(branches["field"], "then asks");
  EXPECT_EQ(branches["field else"], "else asks");
  EXPECT_EQ(branches["copy"], "then asks");
  EXPECT_EQ(branches["version"], "then asks");
  EXPECT_EQ(branches["nested"], "else asks, then");
  EXPECT_EQ(branches["both"], "then");
  EXPECT_EQ(branches["mixed"], "then");
  EXPECT_EQ(branches["other"], "then");
  EXPECT_EQ(branches["switch"], "then");
  EXPECT_EQ(branches["loop"], "then loop, then loop, then");
  EXPECT_EQ(branches["none"], "");
}

}  // namespace
}  // namespace palindrome::queries
