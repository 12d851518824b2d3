// The down programs that a ledger keeps. A pure function of values, for any
// thread.
#ifndef PALINDROME_RUNTIME_SRC_STORED_PROGRAM_H_
#define PALINDROME_RUNTIME_SRC_STORED_PROGRAM_H_

#include "runtime/src/ledger.h"
#include "runtime/src/program.h"
#include <palindrome/status.h>

namespace palindrome {

// The program of a row that was read with it. kNoStoredProgram if there is
// none, kCorruptLedger if it is not what was stored, kUnsupportedLedger for a
// format or a flag that is not known; each names the revision.
Result<Program> ReadStoredProgram(const AppliedRevision& row);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_STORED_PROGRAM_H_
