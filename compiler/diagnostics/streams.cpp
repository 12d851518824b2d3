#include "compiler/diagnostics/streams.h"

#include <string>

namespace palindrome::diagnostics {

int FinishStreams(llvm::StringRef program, llvm::raw_fd_ostream& out,
                  llvm::raw_fd_ostream& err, int status) {
  bool is_whole = true;
  out.flush();
  if (out.has_error()) {
    err << program
        << ": error: the output cannot be written: " << out.error().message()
        << '\n';
    out.clear_error();
    is_whole = false;
  }
  err.flush();
  if (err.has_error()) {
    err.clear_error();  // There is nowhere left to say so.
    is_whole = false;
  }
  return is_whole || status != 0 ? status : 1;
}

}  // namespace palindrome::diagnostics
