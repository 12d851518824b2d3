// The statements that create the ledger. Constants and a pure function.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_LEDGER_DEFINITION_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_LEDGER_DEFINITION_H_

#include <span>
#include <string>
#include <string_view>

namespace palindrome::sqlite {

std::span<const std::string_view> LedgerDefinition();

// The statement for a database that may have the table or index.
std::string IfNotExists(std::string_view definition);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_LEDGER_DEFINITION_H_
