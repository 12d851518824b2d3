// What lowering asks of a table definition: SQLite's rules about rowids,
// affinities and keys. Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_TABLE_FACTS_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_TABLE_FACTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/ast/definition.h"
#include "compiler/catalog/catalog.h"
#include "compiler/catalog/rowid.h"

namespace palindrome::lower::sqlite {

using catalog::IsAutoincrement;
using catalog::RowidAlias;
using catalog::RowidName;

enum class Affinity : std::uint8_t { kInteger, kText, kBlob, kReal, kNumeric };

// By https://sqlite.org/datatype3.html section 3.1; in a STRICT table ANY
// keeps what it is given, as BLOB affinity does.
Affinity AffinityOf(std::string_view type, bool strict);

const ast::Column* FindColumn(const ast::Table& table, std::string_view name);

// True if a foreign key of another table refers to the table.
bool IsReferencedByOthers(const catalog::Catalog& catalog,
                          std::string_view table);

// True if the expression mentions the column.
bool Mentions(const ast::Expression& expression, std::string_view column);
bool Mentions(const std::vector<ast::KeyPart>& parts, std::string_view column);

// `` `t`.`c` ``, for messages.
std::string InBackticks(std::string_view table, std::string_view column);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_TABLE_FACTS_H_
