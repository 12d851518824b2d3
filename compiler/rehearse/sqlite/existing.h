// What a database holds: one that exists, or what statements leave behind.
//
// A file is opened for reading alone, and closed again; statements run in
// memory, under the authorizer of the rehearsal.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_EXISTING_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_EXISTING_H_

#include <string>
#include <vector>

#include "llvm/Support/Error.h"

#include "compiler/catalog/engine.h"
#include "compiler/rehearse/rehearse.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "runtime/src/program.h"

namespace palindrome::rehearse::sqlite {

// What was created in the database, in the order of its creation: without what
// the engine made by itself, and without a ledger.
llvm::Expected<std::vector<catalog::EngineObject>> ReadExisting(
    const std::string& path);

// The same of an empty database in which the statements ran, with its rows as
// INSERT statements, table by table in the order of their rowids.
llvm::Expected<Contents> RunAll(const std::vector<std::string>& statements,
                                const StandIns& stand_ins);

// The same of the database of the connection.
llvm::Expected<Contents> ReadAll(Connection& connection);

// The schema of an empty database in which the programs ran as the runtime runs
// them, each in a transaction of its own.
llvm::Expected<std::vector<catalog::EngineObject>> RunPrograms(
    const std::vector<Program>& programs, const StandIns& stand_ins);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_EXISTING_H_
