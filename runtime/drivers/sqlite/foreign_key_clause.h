// The foreign keys of a CREATE TABLE text, read part by part. Borrows the
// reader's tokens for a call; any thread.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEY_CLAUSE_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEY_CLAUSE_H_

#include <optional>
#include <string>
#include <vector>

#include "runtime/drivers/sqlite/token_reader.h"

namespace palindrome::sqlite {

// Each part but the columns and the parent is the text of a fact, empty where
// it is not written or says what holds anyway.
struct ForeignKey {
  std::vector<std::string> columns;
  std::string parent;
  std::string parent_columns;
  std::string on_delete;
  std::string on_update;
  std::string match;
  std::string deferrable;
  std::string constraint;
};

// Takes what follows the word REFERENCES; nothing where it is not understood.
std::optional<ForeignKey> TakeReferences(TokenReader* reader,
                                         std::vector<std::string> columns);
// Takes `[NOT] DEFERRABLE …`. False if it is not there.
bool TakeDeferrable(TokenReader* reader, ForeignKey* key);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEY_CLAUSE_H_
