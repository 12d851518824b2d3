// The schema of a database as a catalog.
//
// A pure function but for the engine, on its thread.
#ifndef PALINDROME_COMPILER_CATALOG_READ_SCHEMA_H_
#define PALINDROME_COMPILER_CATALOG_READ_SCHEMA_H_

#include <vector>

#include "llvm/Support/Error.h"

#include "compiler/catalog/catalog.h"
#include "compiler/catalog/engine.h"

namespace palindrome::catalog {

// Fails for an object that the language cannot say, or one that is broken, such
// as a view of a table that is gone.
llvm::Expected<Catalog> ReadSchema(const std::vector<EngineObject>& objects,
                                   Engine& engine);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_READ_SCHEMA_H_
