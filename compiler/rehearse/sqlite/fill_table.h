// The rows of one table: values are tried until the engine takes them.
//
// Works on the rehearsal's connection, on its thread.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_FILL_TABLE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_FILL_TABLE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "compiler/rehearse/sqlite/synthesize.h"

namespace palindrome::rehearse::sqlite {

// The tables of a slice by folded name.
using Tables = std::map<std::string, const ast::Table*>;

// Null if there is none.
const ast::Table* Find(const Tables& tables, std::string_view name);

// Appends the rows that were inserted. The parents' rows are there, but for
// those of a cycle.
void FillTable(const catalog::Slice& slice, const Tables& tables,
               const ast::Table& table, const Literals& literals,
               std::uint64_t seed, bool with_limits, Connection& connection,
               SyntheticRows& made);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_FILL_TABLE_H_
