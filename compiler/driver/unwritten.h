// The check for a migration that was made but not written yet.
//
// Reads a migration; one thread, one emitter.
#ifndef PALINDROME_COMPILER_DRIVER_UNWRITTEN_H_
#define PALINDROME_COMPILER_DRIVER_UNWRITTEN_H_

#include "compiler/ast/migration.h"
#include "compiler/diagnostics/emitter.h"

namespace palindrome::driver {

// Reports an upgrade without statements as kNothingToUpgrade. A migration that
// merges heads may have one.
void CheckWritten(const ast::Migration& migration,
                  diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_UNWRITTEN_H_
