// The compiled histories in a file, read by the runtime's own reader and
// checked: rows, graph, chains and the digests of programs.
//
// Values; a history owns a copy of its table, in this machine's byte order.
// Any thread.
#ifndef PALINDROME_COMPILER_INSPECT_HISTORIES_H_
#define PALINDROME_COMPILER_INSPECT_HISTORIES_H_

#include <memory>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include "runtime/src/loaded_history.h"

namespace palindrome::inspect {

struct Place {
  std::string member;  // Of an archive; else empty.
  std::string format;  // "elf64-x86-64"
};

struct History {
  // A universal file holds it once for each architecture.
  std::vector<Place> places;
  // What `loaded` reads; it stays where it is when the history is moved.
  std::shared_ptr<const std::string> bytes;
  LoadedHistory loaded;

  std::string name() const { return std::string(loaded.table.name()); }
  table::Row row(std::size_t index) const {
    return loaded.table.Row(static_cast<std::uint32_t>(index));
  }
  std::string text(table::Text text) const {
    return std::string(loaded.table.Text(text));
  }
};

// In the order of the file, equal ones once. All of them are sound, or there is
// an error; none at all is no error.
llvm::Expected<std::vector<History>> ReadHistories(llvm::MemoryBufferRef file);

}  // namespace palindrome::inspect

#endif  // PALINDROME_COMPILER_INSPECT_HISTORIES_H_
