// The formats of other tools that can be imported.
//
// Pure functions of the folder; see foreign.h.
#ifndef PALINDROME_COMPILER_IMPORT_FORMATS_H_
#define PALINDROME_COMPILER_IMPORT_FORMATS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/import/foreign.h"

namespace palindrome::importer {

enum class Format : std::uint8_t {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) k##Kind,
#include "compiler/import/formats.def"
};

#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  bool LooksLike##Kind(const ForeignFolder& folder);  \
  ForeignHistory Read##Kind(const ForeignFolder& folder);
#include "compiler/import/formats.def"

// "golang-migrate", and what it is in a few words.
std::string_view FormatName(Format format);
std::string_view FormatSummary(Format format);

std::optional<Format> FindFormat(std::string_view name);

// The first format that the folder looks like.
std::optional<Format> Recognize(const ForeignFolder& folder);

ForeignHistory ReadHistory(Format format, const ForeignFolder& folder);

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_FORMATS_H_
