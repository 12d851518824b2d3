// Structs of C++ that are marked as tables.
//
// Values.
#ifndef PALINDROME_COMPILER_FACTS_STRUCTS_H_
#define PALINDROME_COMPILER_FACTS_STRUCTS_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/facts/text.h"

namespace palindrome::facts {

struct Struct {
  std::string name;  // Qualified.
  Place place;       // Of the name where it is defined.

  bool operator==(const Struct&) const = default;
};

llvm::json::Value toJSON(const Struct& value);
bool fromJSON(const llvm::json::Value& json, Struct& value,
              llvm::json::Path path);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_STRUCTS_H_
