#include "compiler/facts/calls.h"

#include "compiler/facts/text_json.h"

namespace palindrome::facts {

llvm::json::Value toJSON(const Binds& binds);
bool fromJSON(const llvm::json::Value& json, Binds& binds,
              llvm::json::Path path);
llvm::json::Value toJSON(const Branch& branch);
bool fromJSON(const llvm::json::Value& json, Branch& branch,
              llvm::json::Path path);
llvm::json::Value toJSON(const Source& source);
bool fromJSON(const llvm::json::Value& json, Source& source,
              llvm::json::Path path);

llvm::json::Value toJSON(const Binds& binds) {
  llvm::json::Array bound;
  for (const std::uint32_t number : binds.bound) {
    bound.push_back(number);
  }
  return llvm::json::Object{{"bound", std::move(bound)},
                            {"complete", binds.complete}};
}

bool fromJSON(const llvm::json::Value& json, Binds& binds,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  std::vector<std::uint64_t> bound;
  if (!mapper || !mapper.map("bound", bound) ||
      !mapper.map("complete", binds.complete)) {
    return false;
  }
  for (const std::uint64_t number : bound) {
    binds.bound.push_back(static_cast<std::uint32_t>(number));
    if (binds.bound.back() != number) {
      return false;
    }
  }
  return true;
}

llvm::json::Value toJSON(const Branch& branch) {
  return llvm::json::Object{{"place", branch.place},
                            {"is_else", branch.is_else},
                            {"asks", branch.asks},
                            {"is_loop", branch.is_loop}};
}

bool fromJSON(const llvm::json::Value& json, Branch& branch,
              llvm::json::Path path) {
  llvm::json::ObjectMapper mapper(json, path);
  return mapper && mapper.map("place", branch.place) &&
         mapper.map("is_else", branch.is_else) &&
         mapper.map("asks", branch.asks) &&
         mapper.map("is_loop", branch.is_loop);
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
                            {"is_change", source.is_change},
                            {"fragments", source.fragments},
                            {"binds", source.binds},
                            {"branches", source.branches},
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
      !mapper.map("is_change", source.is_change) ||
      !mapper.map("fragments", source.fragments) ||
      !mapper.map("binds", source.binds) ||
      !mapper.map("branches", source.branches) ||
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
