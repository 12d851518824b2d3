#include "runtime/drivers/sqlite/access_rules.h"

#include <algorithm>
#include <array>

#include <sqlite3.h>

#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {
namespace {

template <std::size_t Size>
bool IsOneOf(std::string_view name,
             const std::array<std::string_view, Size>& set) {
  return std::any_of(set.begin(), set.end(), [name](std::string_view member) {
    return sql::EqualsIgnoringCase(member, name);
  });
}

// SQLite itself asks for these: ADD COLUMN tests a CHECK by quick_check,
// full-text search looks at data_version, and an R-tree at page_size.
constexpr std::array<std::string_view, 3> kPragmas = {
    "quick_check", "data_version", "page_size"};
// Not in every build of SQLite; where they are, they reach files or code.
constexpr std::array<std::string_view, 6> kFunctions = {
    "load_extension", "fts3_tokenizer", "readfile",
    "writefile",      "edit",           "lsmode"};
constexpr std::array<std::string_view, 10> kModules = {
    "fts3",  "fts4",    "fts4aux",   "fts5",         "fts5vocab",
    "rtree", "geopoly", "rtree_i32", "fts3tokenize", "generate_series"};
constexpr std::array<std::string_view, 3> kTables = {"sqlite_dbpage", "fsdir",
                                                     "zipfile"};

std::string Named(const char* what, std::string_view name) {
  return std::string(what) + " `" + std::string(name) + "`";
}

}  // namespace

std::optional<std::string> DeniedAccess(const Access& access) {
  switch (access.action) {
    case SQLITE_ATTACH:
      // VACUUM attaches a file as well, and has no action of its own.
      return "a statement that opens another database";
    case SQLITE_DETACH:
      return "DETACH";
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return "transaction control";
    case SQLITE_PRAGMA:
      return IsOneOf(access.first, kPragmas)
                 ? std::nullopt
                 : std::optional(Named("pragma", access.first));
    case SQLITE_FUNCTION:
      return IsOneOf(access.second, kFunctions)
                 ? std::optional(Named("function", access.second))
                 : std::nullopt;
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE:
      return IsOneOf(access.second, kModules)
                 ? std::nullopt
                 : std::optional(Named("module", access.second));
    case SQLITE_READ:
      return IsOneOf(access.first, kTables)
                 ? std::optional(Named("table", access.first))
                 : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace palindrome::sqlite
