// Messages of the Language Server Protocol on a pair of streams: a header with
// Content-Length, an empty line, and that many bytes of JSON.
//
// What a client sends is not trusted: a message may be of any size and form.
#ifndef PALINDROME_COMPILER_LSP_TRANSPORT_H_
#define PALINDROME_COMPILER_LSP_TRANSPORT_H_

#include <istream>
#include <string>

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace palindrome::lsp {

enum class Received : std::uint8_t {
  kMessage,
  kMalformed,  // A message that is no JSON; the next may be sound.
  kEnd,        // The stream is over, or where the next message begins is lost.
};

// Reads the next message into `message`; what is malformed leaves its reason
// there.
Received ReadMessage(std::istream& in, llvm::json::Value& message);

void WriteMessage(const llvm::json::Value& message, llvm::raw_ostream& out);

// JSON, unless it nests so deeply that reading it would exhaust the stack.
llvm::Expected<llvm::json::Value> ParseJson(llvm::StringRef text);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_TRANSPORT_H_
