// The SQL that Clang finds, from text to list.
//
// One thread.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_QUERIES_FIND_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_COMPILER_QUERIES_FIND_FIXTURE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/queries/find.h"
#include "tests/support/cpp_units.h"

namespace palindrome::queries {
using Strings = std::vector<std::string>;

inline constexpr char kSqlite[] =
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
      EXPECT_THAT(unit.errors, ::testing::IsEmpty())
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

}  // namespace palindrome::queries

#endif  // PALINDROME_TESTS_UNIT_COMPILER_QUERIES_FIND_FIXTURE_H_
