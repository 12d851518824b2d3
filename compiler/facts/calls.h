// Calls in C++ that are given SQL.
//
// Values.
#ifndef PALINDROME_COMPILER_FACTS_CALLS_H_
#define PALINDROME_COMPILER_FACTS_CALLS_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/facts/text.h"

namespace palindrome::facts {

struct Calls {
  bool operator==(const Calls&) const = default;
};

llvm::json::Value toJSON(const Calls& value);
bool fromJSON(const llvm::json::Value& json, Calls& value,
              llvm::json::Path path);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_CALLS_H_
