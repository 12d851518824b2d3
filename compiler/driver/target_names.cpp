#include "compiler/driver/target_names.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"

namespace palindrome::driver {
namespace {

constexpr llvm::StringLiteral kKeywords[] = {
#define PALINDROME_CPP_KEYWORD(Word) Word,
#include "compiler/driver/cpp_keywords.def"
};

bool IsIdentifier(llvm::StringRef text) {
  return !text.empty() && !llvm::isDigit(text.front()) &&
         llvm::all_of(text, [](char character) {
           return llvm::isAlnum(character) || character == '_';
         });
}

}  // namespace

std::string CheckTargetName(std::string_view name) {
  const bool is_plain = !name.empty() && llvm::all_of(name, [](char character) {
    return llvm::isAlnum(character) ||
           llvm::StringRef("_.+-").contains(character);
  });
  return is_plain ? ""
                  : llvm::formatv(
                        "`{0}` is not the name of a target; such a "
                        "name has letters, digits and `_.+-`",
                        name)
                        .str();
}

std::string CheckNamespace(std::string_view name) {
  llvm::SmallVector<llvm::StringRef> parts;
  llvm::StringRef(name).split(parts, "::");
  for (const llvm::StringRef part : parts) {
    if (!IsIdentifier(part)) {
      return llvm::formatv("`{0}` is not a C++ namespace", name).str();
    }
    if (llvm::is_contained(kKeywords, part)) {
      return llvm::formatv(
                 "`{0}` is a keyword of C++ and cannot be a namespace", part)
          .str();
    }
  }
  // What is added to std, and to palindrome, is not the user's to name.
  if (parts.front() == "std" || parts.front() == "palindrome") {
    return llvm::formatv("the namespace `{0}` is taken", parts.front()).str();
  }
  if (name == "main") {
    return "the namespace `main` would hide the function; name another one";
  }
  return "";
}

}  // namespace palindrome::driver
