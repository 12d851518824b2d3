#include "llvm/Support/JSON.h"

#include "compiler/facts/read_units.h"
#include "runtime/src/sha256.h"

namespace palindrome::facts {

llvm::json::Value toJSON(const UnitRequest& request);
bool fromJSON(const llvm::json::Value& json, UnitRequest& request,
              llvm::json::Path path);

llvm::json::Value toJSON(const UnitRequest& request) {
  return llvm::json::Object{{"file", request.command.file},
                            {"directory", request.command.directory},
                            {"arguments", request.command.arguments},
                            {"output", request.output}};
}

bool fromJSON(const llvm::json::Value& json, UnitRequest& request,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("file", request.command.file) &&
         mapper.map("directory", request.command.directory) &&
         mapper.map("arguments", request.command.arguments) &&
         mapper.map("output", request.output);
}

std::string WriteRequest(const Request& request) {
  const llvm::json::Value value = llvm::json::Object{
      {"units", request.units}, {"query_functions", request.query_functions}};
  std::string text;
  llvm::raw_string_ostream out(text);
  out << value << '\n';
  return text;
}

std::optional<Request> ReadRequest(llvm::StringRef json) {
  auto value = llvm::json::parse(json);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  llvm::json::Path::Root root;
  llvm::json::ObjectMapper mapper(*value, root);
  Request request;
  if (!mapper || !mapper.map("units", request.units) ||
      !mapper.map("query_functions", request.query_functions)) {
    return std::nullopt;
  }
  return request;
}

std::string WriteAnswer(const Unit& unit) {
  const std::string json = WriteUnit(unit);
  return Sha256Hex(json) + "\n" + json;
}

std::optional<Unit> ReadAnswer(llvm::StringRef bytes) {
  const auto [checksum, json] = bytes.split('\n');
  if (checksum != Sha256Hex(json)) {
    return std::nullopt;
  }
  return ReadUnit(json);
}

}  // namespace palindrome::facts
