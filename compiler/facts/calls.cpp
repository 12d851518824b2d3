#include "compiler/facts/calls.h"

#include "compiler/facts/text_json.h"

namespace palindrome::facts {

llvm::json::Value toJSON(const Calls&) {
  return llvm::json::Object{};
}

bool fromJSON(const llvm::json::Value& json, Calls&, llvm::json::Path path) {
  const llvm::json::ObjectMapper mapper(json, path);
  return static_cast<bool>(mapper);
}

}  // namespace palindrome::facts
