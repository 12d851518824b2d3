// The language server: answers what an editor asks about migrations, and tells
// it what `palindrome check` finds, with the texts that are open in place of
// those on the disk.
//
// A folder is analysed when there is nothing else to read, so that typing is
// never behind; questions about a place are answered from the text as it is now
// and the rest of the history as it was analysed last. One thread.
#ifndef PALINDROME_COMPILER_LSP_SERVER_H_
#define PALINDROME_COMPILER_LSP_SERVER_H_

#include <istream>
#include <string>

#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/lsp/snapshot.h"

namespace palindrome::lsp {

// Serves until the client says `exit` or hangs up. True: it said `shutdown`
// before. `file_system` tells which folders are migrations.
bool Serve(std::istream& in, llvm::raw_ostream& out,
           llvm::vfs::FileSystem& file_system, const Analyzer& analyzer,
           const std::string& version);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_SERVER_H_
