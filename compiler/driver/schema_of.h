// The schema that a word on the command line means: a revision of the folder, a
// database, a program, or a file of statements.
#ifndef PALINDROME_COMPILER_DRIVER_SCHEMA_OF_H_
#define PALINDROME_COMPILER_DRIVER_SCHEMA_OF_H_

#include <optional>
#include <string>

#include "compiler/catalog/catalog.h"
#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::driver {

// A file is what it begins with: a database of SQLite, a program, else
// statements. What is no file is a target, or `base`; what is both is refused.
// Without ledgers and archives. Nothing: why not was reported.
std::optional<catalog::Catalog> SchemaOf(const std::string& word,
                                         const Options& options,
                                         const rehearse::StandIns& stand_ins,
                                         Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SCHEMA_OF_H_
