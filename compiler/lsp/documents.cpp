#include "compiler/lsp/documents.h"

#include <optional>
#include <utility>

#include "compiler/lsp/positions.h"
#include "compiler/lsp/uri.h"

namespace palindrome::lsp {
namespace {

std::optional<std::string> PathOf(const llvm::json::Object& params) {
  const llvm::json::Object* document = params.getObject("textDocument");
  const auto uri =
      document == nullptr ? std::nullopt : document->getString("uri");
  return uri ? PathOfUri(*uri) : std::nullopt;
}

// One change: of a range, or of all.
void Apply(const llvm::json::Object& change, std::string& text) {
  const auto news = change.getString("text");
  if (!news) {
    return;
  }
  const llvm::json::Object* range = change.getObject("range");
  if (range == nullptr) {
    text = news->str();
    return;
  }
  const auto start = ReadPosition(range->get("start"));
  const auto end = ReadPosition(range->get("end"));
  if (!start || !end) {
    return;
  }
  const std::uint32_t first = OffsetOf(text, *start);
  const std::uint32_t last = OffsetOf(text, *end);
  if (first <= last) {
    text.replace(first, last - first, news->str());
  }
}

}  // namespace

const Document* Documents::Open(const llvm::json::Object& params) {
  const auto path = PathOf(params);
  const llvm::json::Object* object = params.getObject("textDocument");
  const auto text =
      object == nullptr ? std::nullopt : object->getString("text");
  if (!path || !text) {
    return nullptr;
  }
  Document& document = documents_[*path];
  document = {object->getString("uri")->str(), *path, text->str(),
              object->getInteger("version").value_or(0)};
  return &document;
}

const Document* Documents::Change(const llvm::json::Object& params) {
  const auto path = PathOf(params);
  const auto found = path ? documents_.find(*path) : documents_.end();
  const llvm::json::Array* changes = params.getArray("contentChanges");
  if (found == documents_.end() || changes == nullptr) {
    return nullptr;
  }
  Document& document = found->second;
  for (const llvm::json::Value& change : *changes) {
    if (const llvm::json::Object* object = change.getAsObject()) {
      Apply(*object, document.text);
    }
  }
  document.version = params.getObject("textDocument")
                         ->getInteger("version")
                         .value_or(document.version);
  return &document;
}

std::optional<Document> Documents::Close(const llvm::json::Object& params) {
  const auto path = PathOf(params);
  const auto found = path ? documents_.find(*path) : documents_.end();
  if (found == documents_.end()) {
    return std::nullopt;
  }
  Document document = std::move(found->second);
  documents_.erase(found);
  return document;
}

const Document* Documents::Find(const llvm::json::Object& params) const {
  const auto path = PathOf(params);
  return path ? FindPath(*path) : nullptr;
}

const Document* Documents::FindPath(const std::string& path) const {
  const auto found = documents_.find(path);
  return found == documents_.end() ? nullptr : &found->second;
}

}  // namespace palindrome::lsp
