// The schema of a database that exists.
//
// A file is opened for reading alone, and closed again.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_EXISTING_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_EXISTING_H_

#include <string>
#include <vector>

#include "llvm/Support/Error.h"

#include "compiler/catalog/engine.h"

namespace palindrome::rehearse::sqlite {

// What was created in the database, in the order of its creation: without what
// the engine made by itself, and without a ledger.
llvm::Expected<std::vector<catalog::EngineObject>> ReadExisting(
    const std::string& path);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_EXISTING_H_
