#include "compiler/facts/text_json.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace palindrome::facts {
namespace {

// Three numbers, as both places and runs are.
std::optional<std::array<std::uint32_t, 3>> ReadThree(
    const llvm::json::Value& json, llvm::json::Path path) {
  std::vector<std::uint64_t> numbers;
  if (!fromJSON(json, numbers, path)) {
    return std::nullopt;
  }
  std::array<std::uint32_t, 3> three = {};
  if (numbers.size() != three.size()) {
    path.report("expected three numbers");
    return std::nullopt;
  }
  for (std::size_t i = 0; i < three.size(); ++i) {
    three[i] = static_cast<std::uint32_t>(numbers[i]);
    if (three[i] != numbers[i]) {
      path.report("a number is too large");
      return std::nullopt;
    }
  }
  return three;
}

}  // namespace

llvm::json::Value toJSON(const Place& place) {
  return llvm::json::Array{place.file, place.begin, place.end};
}

bool fromJSON(const llvm::json::Value& json, Place& place,
              llvm::json::Path path) {
  const auto numbers = ReadThree(json, path);
  if (numbers) {
    place = {(*numbers)[0], (*numbers)[1], (*numbers)[2]};
  }
  return numbers && place.begin <= place.end;
}

llvm::json::Value toJSON(const Run& run) {
  return llvm::json::Array{run.at, run.file, run.offset};
}

bool fromJSON(const llvm::json::Value& json, Run& run, llvm::json::Path path) {
  const auto numbers = ReadThree(json, path);
  if (numbers) {
    run = {(*numbers)[0], (*numbers)[1], (*numbers)[2]};
  }
  return numbers.has_value();
}

llvm::json::Value toJSON(const Text& text) {
  llvm::json::Object object{
      {"value", text.value}, {"place", text.place}, {"runs", text.runs}};
  if (!text.unchecked.empty()) {
    object["unchecked"] = text.unchecked;
  }
  return object;
}

bool fromJSON(const llvm::json::Value& json, Text& text,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("value", text.value) &&
         mapper.map("place", text.place) && mapper.map("runs", text.runs) &&
         mapper.mapOptional("unchecked", text.unchecked);
}

}  // namespace palindrome::facts
