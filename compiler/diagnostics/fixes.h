// The fixes that several diagnostics have: what they put where.
//
// Pure functions. No value: the text is not as it would have to be.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_FIXES_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_FIXES_H_

#include <optional>
#include <string>

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {

// Whether `check --fix` may make it, as in Fix.
enum class By : bool { kPerson, kTool };

Fix Insert(By by, source::Location place, std::string text);
// `text` in place of what stands there.
Fix Replace(By by, source::Location place, std::string text);
// Without what stands there, and without its line if nothing else is on it;
// `what` is "the `ALLOW`".
Fix Remove(By by, source::Location place, const std::string& what);
// The same for a statement, of which a `;` behind it is part.
Fix RemoveStatement(By by, source::Location place, const std::string& what);
// The same for a clause of a header, whose `;` stays.
Fix RemoveClause(By by, source::Location place, const std::string& what);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_FIXES_H_
