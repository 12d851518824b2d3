// The end of a program that wrote to the standard streams.
//
// A pure function but for the streams; one thread.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_STREAMS_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_STREAMS_H_

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace palindrome::diagnostics {

// Writes out what the streams hold, and tells `err` of what `out` could not
// take, in the name of `program`. Returns `status`, or 1 if that is 0 and
// something was lost. A stream that is destroyed with an error aborts; after
// this call none has one.
int FinishStreams(llvm::StringRef program, llvm::raw_fd_ostream& out,
                  llvm::raw_fd_ostream& err, int status);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_STREAMS_H_
