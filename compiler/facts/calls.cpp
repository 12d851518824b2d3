#include "compiler/facts/calls.h"

#include "compiler/facts/text_json.h"

namespace palindrome::facts {

llvm::json::Value toJSON(const Binds& binds);
bool fromJSON(const llvm::json::Value& json, Binds& binds,
              llvm::json::Path path);
llvm::json::Value toJSON(const Source& source);
bool fromJSON(const llvm::json::Value& json, Source& source,
              llvm::json::Path path);

llvm::json::Value toJSON(const Binds& binds) {
  return llvm::json::Object{{"highest", binds.highest},
                            {"complete", binds.complete}};
}

bool fromJSON(const llvm::json::Value& json, Binds& binds,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  std::uint64_t highest = 0;
  if (!mapper || !mapper.map("highest", highest) ||
      !mapper.map("complete", binds.complete)) {
    return false;
  }
  binds.highest = static_cast<std::uint32_t>(highest);
  return binds.highest == highest;
}

llvm::json::Value toJSON(const Source& source) {
  return llvm::json::Object{{"slot", source.slot},
                            {"sink", static_cast<std::int64_t>(source.sink)},
                            {"callee", source.callee},
                            {"function", source.function},
                            {"place", source.place},
                            {"constants", source.constants},
                            {"from", source.from},
                            {"dynamic", source.dynamic},
                            {"fragments", source.fragments},
                            {"binds", source.binds},
                            {"unchecked", source.unchecked}};
}

bool fromJSON(const llvm::json::Value& json, Source& source,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  std::uint64_t sink = 0;
  if (!mapper || !mapper.map("slot", source.slot) ||
      !mapper.map("sink", sink) || !mapper.map("callee", source.callee) ||
      !mapper.map("function", source.function) ||
      !mapper.map("place", source.place) ||
      !mapper.map("constants", source.constants) ||
      !mapper.map("from", source.from) ||
      !mapper.map("dynamic", source.dynamic) ||
      !mapper.map("fragments", source.fragments) ||
      !mapper.map("binds", source.binds) ||
      !mapper.map("unchecked", source.unchecked)) {
    return false;
  }
  source.sink = static_cast<Sink>(sink);
  return sink <= static_cast<std::uint64_t>(Sink::kPostgres);
}

llvm::json::Value toJSON(const Calls& value) {
  return llvm::json::Object{{"sources", value.sources}};
}

bool fromJSON(const llvm::json::Value& json, Calls& value,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("sources", value.sources);
}

}  // namespace palindrome::facts
