// What a script looks at before it changes anything, and at its end. Borrows
// the history for the call.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_SCRIPT_CHECKS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_SCRIPT_CHECKS_H_

#include <cstdint>

#include "runtime/drivers/sqlite/sql_script.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/schema_facts.h"
#include <palindrome/status.h>

namespace palindrome::sqlite {

// The connection can take the script: what Database::Enter looks at, and the
// version of the engine.
Status CheckConnection(std::uint32_t minimum_engine, SqlScript* script);

// The database is where the script begins: the ledger has the revisions of
// `applied` and the schema the names of `objects`, which are not looked at
// where the history does not know the schema.
Status CheckStart(const LoadedHistory& history, const RevisionSet& applied,
                  const SchemaObjects& objects, SqlScript* script);

// The schema has the names of `objects` at the end.
Status CheckEnd(const LoadedHistory& history, const RevisionSet& applied,
                const SchemaObjects& objects, SqlScript* script);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_SCRIPT_CHECKS_H_
