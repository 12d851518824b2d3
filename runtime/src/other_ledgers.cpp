#include "runtime/src/other_ledgers.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome {

std::string_view ToolOfLedger(std::string_view table) {
#define PALINDROME_OTHER_LEDGER(Table, Tool)   \
  if (sql::EqualsIgnoringCase(table, Table)) { \
    return Tool;                               \
  }
#include "runtime/src/other_ledgers.def"
  return {};
}

}  // namespace palindrome
