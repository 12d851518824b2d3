// The files of a translation unit by number, and places in them.
//
// Refers to Clang's source manager, which must outlive it; one thread.
#ifndef PALINDROME_COMPILER_TOOLING_FILE_TABLE_H_
#define PALINDROME_COMPILER_TOOLING_FILE_TABLE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Basic/SourceManager.h"

#include "compiler/facts/unit.h"

namespace palindrome::tooling {

class FileTable {
 public:
  // Files whose names are relative are of `directory`.
  FileTable(const clang::SourceManager& sources,
            const clang::LangOptions& language, std::string directory);

  // Of the characters of the file, where macros are called, not where they
  // are defined, unless it is an argument that is written there.
  facts::Place PlaceOf(clang::SourceRange range) const;
  facts::Place PlaceOf(clang::SourceLocation location) const {
    return PlaceOf(clang::SourceRange(location, location));
  }
  // The file and the byte of it. No value: it is in none, as in the text that
  // a macro pastes together.
  std::optional<facts::Place> ByteAt(clang::SourceLocation location) const;

  const std::vector<facts::SourceFile>& files() const { return files_; }

 private:
  std::optional<std::uint32_t> FindFile(clang::FileID file) const;

  const clang::SourceManager& sources_;
  const clang::LangOptions& language_;
  std::vector<facts::SourceFile> files_;
  std::map<const clang::FileEntry*, std::uint32_t> numbers_;
};

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_FILE_TABLE_H_
