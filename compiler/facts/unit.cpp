#include "compiler/facts/unit.h"

#include "llvm/Support/JSON.h"

#include "compiler/facts/text_json.h"

namespace palindrome::facts {
namespace {

// Of the form in which units are kept; another for each change of it.
constexpr std::int64_t kVersion = 5;

}  // namespace

llvm::json::Value toJSON(const SourceFile& file);
bool fromJSON(const llvm::json::Value& json, SourceFile& file,
              llvm::json::Path path);
llvm::json::Value toJSON(const ParseError& error);
bool fromJSON(const llvm::json::Value& json, ParseError& error,
              llvm::json::Path path);

llvm::json::Value toJSON(const SourceFile& file) {
  return llvm::json::Array{file.path, file.digest};
}

bool fromJSON(const llvm::json::Value& json, SourceFile& file,
              llvm::json::Path path) {
  std::vector<std::string> texts;
  if (!fromJSON(json, texts, path) || texts.size() != 2) {
    return false;
  }
  file = {texts[0], texts[1]};
  return true;
}

llvm::json::Value toJSON(const ParseError& error) {
  return llvm::json::Object{{"place", error.place}, {"message", error.message}};
}

bool fromJSON(const llvm::json::Value& json, ParseError& error,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("place", error.place) &&
         mapper.map("message", error.message);
}

std::string WriteUnit(const Unit& unit) {
  const llvm::json::Value value = llvm::json::Object{
      {"version", kVersion},   {"files", unit.files},
      {"errors", unit.errors}, {"structs", unit.structs},
      {"strays", unit.strays}, {"calls", toJSON(unit.calls)}};
  std::string text;
  llvm::raw_string_ostream out(text);
  out << value << '\n';
  return text;
}

std::optional<Unit> ReadUnit(llvm::StringRef json) {
  auto value = llvm::json::parse(json);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  llvm::json::Path::Root root;
  llvm::json::ObjectMapper mapper(*value, root);
  std::int64_t version = 0;
  Unit unit;
  if (!mapper || !mapper.map("version", version) || version != kVersion ||
      !mapper.map("files", unit.files) || unit.files.empty() ||
      !mapper.map("errors", unit.errors) ||
      !mapper.map("structs", unit.structs) ||
      !mapper.map("strays", unit.strays) || !mapper.map("calls", unit.calls)) {
    return std::nullopt;
  }
  return unit;
}

}  // namespace palindrome::facts
