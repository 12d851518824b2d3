// What a database holds as the one migration that makes it.
//
// A pure function of values.
#ifndef PALINDROME_COMPILER_IMPORT_DATABASE_H_
#define PALINDROME_COMPILER_IMPORT_DATABASE_H_

#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/import/foreign.h"

namespace palindrome::importer {

// The schema's objects in the order of their creation, and its rows as INSERT
// statements; `source` is what the report calls the database. An empty schema
// is a failure.
ForeignMigration FromDatabase(const std::vector<catalog::EngineObject>& objects,
                              const std::vector<std::string>& rows,
                              const std::string& source);

// Takes the ledgers of other migration tools out of the schema, which are no
// part of it; says so, one line each.
std::vector<std::string> TakeOutLedgers(
    std::vector<catalog::EngineObject>& objects);

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_DATABASE_H_
