// Places and string constants as JSON: lists of numbers, since there are many.
//
// Pure functions, any thread.
#ifndef PALINDROME_COMPILER_FACTS_TEXT_JSON_H_
#define PALINDROME_COMPILER_FACTS_TEXT_JSON_H_

#include "llvm/Support/JSON.h"

#include "compiler/facts/text.h"

namespace palindrome::facts {

llvm::json::Value toJSON(const Place& place);
bool fromJSON(const llvm::json::Value& json, Place& place,
              llvm::json::Path path);

llvm::json::Value toJSON(const Run& run);
bool fromJSON(const llvm::json::Value& json, Run& run, llvm::json::Path path);

llvm::json::Value toJSON(const Text& text);
bool fromJSON(const llvm::json::Value& json, Text& text, llvm::json::Path path);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_TEXT_JSON_H_
