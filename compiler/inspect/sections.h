// Where compiled histories lie in a file: the sections of an ELF, Mach-O or
// COFF file, of each architecture in a universal one, and of each member of an
// archive. LLVM Object reads the file; nothing of it is run.
//
// The bytes belong to the file's buffer. A pure function, any thread.
#ifndef PALINDROME_COMPILER_INSPECT_SECTIONS_H_
#define PALINDROME_COMPILER_INSPECT_SECTIONS_H_

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace palindrome::inspect {

struct Section {
  std::string member;  // Of an archive; else empty.
  std::string format;  // As LLVM calls it: "elf64-x86-64", "Mach-O arm64".
  llvm::StringRef bytes;
  bool little_endian = true;
  bool is_guess = false;  // What it begins with may be something else.
};

// Those that hold histories, in the order of the file. None is no error; a file
// that is no binary, or a broken one, is. An ELF file whose section table was
// stripped gives the places in its segments where a history may begin, each
// with all that follows it.
llvm::Expected<std::vector<Section>> FindSections(llvm::MemoryBufferRef file);

// Whether the beginning of a file is that of one that FindSections reads.
bool IsBinary(llvm::StringRef beginning);

}  // namespace palindrome::inspect

#endif  // PALINDROME_COMPILER_INSPECT_SECTIONS_H_
