// Structs of C++ that are marked as tables, by the macros of
// palindrome/model.h.
//
// Values; what they mean for a schema is not judged here.
#ifndef PALINDROME_COMPILER_FACTS_STRUCTS_H_
#define PALINDROME_COMPILER_FACTS_STRUCTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/facts/text.h"

namespace palindrome::facts {

// `palindrome:index` and what stands in its parentheses.
struct Mark {
  std::string name;  // "index".
  std::vector<Text> arguments;
  Place place;  // The macro where it is used.

  bool operator==(const Mark&) const = default;
};

enum class ValueKind : std::uint8_t {
#define PALINDROME_VALUE_KIND(Name, Text) Name,
#include "compiler/facts/value_kinds.def"
};

struct Enumerator {
  std::string name;
  std::string value;  // In decimal.
  std::optional<Text> text;

  bool operator==(const Enumerator&) const = default;
};

struct FieldType {
  ValueKind kind = ValueKind::kUnknown;
  std::string spelling;
  bool is_optional = false;
  std::optional<Text> maps_to;  // Of an enum too.
  std::vector<Enumerator> enumerators;

  bool operator==(const FieldType&) const = default;
};

struct Field {
  std::string name;
  Place place;  // Of the name.
  FieldType type;
  std::vector<Mark> marks;

  bool operator==(const Field&) const = default;
};

// A mark that cannot be read.
struct BadMark {
  Place place;
  std::string message;

  bool operator==(const BadMark&) const = default;
};

struct Struct {
  std::string name;  // Qualified.
  Place place;       // Of the name where it is defined.
  std::vector<Mark> marks;
  std::vector<Field> fields;  // Those of base classes first.
  std::vector<BadMark> bad_marks;
  std::vector<Place> bases;  // Of the names of all base classes.

  bool operator==(const Struct&) const = default;
};

// A mark at what is neither a struct that is marked as a table nor in one.
struct StrayMark {
  std::string name;  // Of the mark.
  Place place;       // Of the mark.
  std::string at;    // What it stands at, in words.
  // The name of the struct that it is of, which may be a table's base.
  std::optional<Place> of;

  bool operator==(const StrayMark&) const = default;
};

llvm::json::Value toJSON(const Struct& value);
bool fromJSON(const llvm::json::Value& json, Struct& value,
              llvm::json::Path path);
llvm::json::Value toJSON(const StrayMark& value);
bool fromJSON(const llvm::json::Value& json, StrayMark& value,
              llvm::json::Path path);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_STRUCTS_H_
