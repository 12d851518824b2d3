// SQL for a layout of the database that is not the schema's, which the program
// uses only where the database says that it has it:
//
//   if (HasColumn("blocks", "z")) { … } else { … }
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_QUERIES_LAYOUTS_H_
#define PALINDROME_COMPILER_QUERIES_LAYOUTS_H_

#include <vector>

#include "compiler/queries/check.h"

namespace palindrome::queries {

// Names that are unknown in one branch of such a test are no errors if the
// other branch is the schema's: it is not checked then.
void LeaveOtherLayouts(const Program& program, std::vector<Verdict>& verdicts);

}  // namespace palindrome::queries

#endif  // PALINDROME_COMPILER_QUERIES_LAYOUTS_H_
