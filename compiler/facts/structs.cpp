#include "compiler/facts/structs.h"

#include "compiler/facts/text_json.h"

namespace palindrome::facts {

llvm::json::Value toJSON(const Struct& value) {
  return llvm::json::Object{{"name", value.name}, {"place", value.place}};
}

bool fromJSON(const llvm::json::Value& json, Struct& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("name", value.name) &&
         mapper.map("place", value.place);
}

}  // namespace palindrome::facts
