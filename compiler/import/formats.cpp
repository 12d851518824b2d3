#include "compiler/import/formats.h"

#include "llvm/Support/ErrorHandling.h"

namespace palindrome::importer {

std::string_view FormatName(Format format) {
  switch (format) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  case Format::k##Kind:                               \
    return Name;
#include "compiler/import/formats.def"
  }
  llvm_unreachable("no such format");
}

std::string_view FormatSummary(Format format) {
  switch (format) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  case Format::k##Kind:                               \
    return Summary;
#include "compiler/import/formats.def"
  }
  llvm_unreachable("no such format");
}

std::optional<Format> FindFormat(std::string_view name) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  if (name == (Name)) {                               \
    return Format::k##Kind;                           \
  }
#include "compiler/import/formats.def"
  return std::nullopt;
}

std::optional<Format> Recognize(const ForeignFolder& folder) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  if (LooksLike##Kind(folder)) {                      \
    return Format::k##Kind;                           \
  }
#include "compiler/import/formats.def"
  return std::nullopt;
}

ForeignHistory ReadHistory(Format format, const ForeignFolder& folder) {
  switch (format) {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  case Format::k##Kind:                               \
    return Read##Kind(folder);
#include "compiler/import/formats.def"
  }
  llvm_unreachable("no such format");
}

}  // namespace palindrome::importer
