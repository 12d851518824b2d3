#include "compiler/facts/structs.h"

#include <array>

#include "compiler/facts/text_json.h"

namespace palindrome::facts {
namespace {

constexpr std::array kKindNames = {
#define PALINDROME_VALUE_KIND(Name, Text) llvm::StringLiteral(Text),
#include "compiler/facts/value_kinds.def"
};

}  // namespace

// Found by the templates of LLVM for lists of them.
#define PALINDROME_JSON(Type)                               \
  llvm::json::Value toJSON(const Type& value);              \
  bool fromJSON(const llvm::json::Value& json, Type& value, \
                llvm::json::Path path);
PALINDROME_JSON(ValueKind)
PALINDROME_JSON(Mark)
PALINDROME_JSON(Enumerator)
PALINDROME_JSON(FieldType)
PALINDROME_JSON(Field)
PALINDROME_JSON(BadMark)
#undef PALINDROME_JSON

llvm::json::Value toJSON(const ValueKind& value) {
  return kKindNames[static_cast<std::size_t>(value)];
}

bool fromJSON(const llvm::json::Value& json, ValueKind& value,
              llvm::json::Path path) {
  const auto name = json.getAsString();
  for (std::size_t i = 0; name && i < kKindNames.size(); ++i) {
    if (kKindNames[i] == *name) {
      value = static_cast<ValueKind>(i);
      return true;
    }
  }
  path.report("expected a kind of value");
  return false;
}

llvm::json::Value toJSON(const Mark& value) {
  return llvm::json::Object{{"name", value.name},
                            {"arguments", value.arguments},
                            {"place", value.place}};
}

bool fromJSON(const llvm::json::Value& json, Mark& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("name", value.name) &&
         mapper.map("arguments", value.arguments) &&
         mapper.map("place", value.place);
}

llvm::json::Value toJSON(const Enumerator& value) {
  return llvm::json::Object{
      {"name", value.name}, {"value", value.value}, {"text", value.text}};
}

bool fromJSON(const llvm::json::Value& json, Enumerator& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("name", value.name) &&
         mapper.map("value", value.value) && mapper.map("text", value.text);
}

llvm::json::Value toJSON(const FieldType& value) {
  return llvm::json::Object{{"kind", toJSON(value.kind)},
                            {"spelling", value.spelling},
                            {"is_optional", value.is_optional},
                            {"maps_to", value.maps_to},
                            {"enumerators", value.enumerators}};
}

bool fromJSON(const llvm::json::Value& json, FieldType& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("kind", value.kind) &&
         mapper.map("spelling", value.spelling) &&
         mapper.map("is_optional", value.is_optional) &&
         mapper.map("maps_to", value.maps_to) &&
         mapper.map("enumerators", value.enumerators);
}

llvm::json::Value toJSON(const Field& value) {
  return llvm::json::Object{{"name", value.name},
                            {"place", value.place},
                            {"type", value.type},
                            {"marks", value.marks}};
}

bool fromJSON(const llvm::json::Value& json, Field& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("name", value.name) &&
         mapper.map("place", value.place) && mapper.map("type", value.type) &&
         mapper.map("marks", value.marks);
}

llvm::json::Value toJSON(const BadMark& value) {
  return llvm::json::Object{{"place", value.place}, {"message", value.message}};
}

bool fromJSON(const llvm::json::Value& json, BadMark& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("place", value.place) &&
         mapper.map("message", value.message);
}

llvm::json::Value toJSON(const Struct& value) {
  return llvm::json::Object{
      {"name", value.name},           {"place", value.place},
      {"marks", value.marks},         {"fields", value.fields},
      {"bad_marks", value.bad_marks}, {"bases", value.bases}};
}

bool fromJSON(const llvm::json::Value& json, Struct& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("name", value.name) &&
         mapper.map("place", value.place) && mapper.map("marks", value.marks) &&
         mapper.map("fields", value.fields) &&
         mapper.map("bad_marks", value.bad_marks) &&
         mapper.map("bases", value.bases);
}

llvm::json::Value toJSON(const StrayMark& value) {
  return llvm::json::Object{{"name", value.name},
                            {"place", value.place},
                            {"at", value.at},
                            {"of", value.of}};
}

bool fromJSON(const llvm::json::Value& json, StrayMark& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("name", value.name) &&
         mapper.map("place", value.place) && mapper.map("at", value.at) &&
         mapper.map("of", value.of);
}

}  // namespace palindrome::facts
