#include <algorithm>
#include <string>

#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"
#include "compiler/lsp/uri.h"

namespace palindrome::lsp {
namespace {

using diagnostics::Diagnostic;

const source::File* FindFile(const graph::Graph& graph, std::string_view path) {
  for (const graph::Revision* revision : graph.All()) {
    if (revision->migration.file->name() == path) {
      return revision->migration.file;
    }
  }
  return nullptr;
}

llvm::json::Value Json(const diagnostics::Fix& fix, const Diagnostic& finding,
                       const source::File& file, const std::string& uri) {
  llvm::json::Object changes;
  for (const diagnostics::Edit& edit : fix.edits) {
    const source::File& edited = *edit.location.file;
    llvm::json::Value& edits =
        changes[&edited == &file ? uri : UriOfPath(edited.name())];
    if (edits.kind() == llvm::json::Value::Null) {
      edits = llvm::json::Array();
    }
    edits.getAsArray()->push_back(
        llvm::json::Object{{"range", JsonRange(edited, edit.location.range)},
                           {"newText", llvm::json::fixUTF8(edit.text)}});
  }
  llvm::json::Object json{
      {"title", llvm::json::fixUTF8(fix.title)},
      {"kind", "quickfix"},
      {"diagnostics", llvm::json::Array{JsonFinding(finding, file)}},
      {"edit", llvm::json::Object{{"changes", std::move(changes)}}}};
  if (fix.mechanical) {
    json["isPreferred"] = true;
  }
  return json;
}

}  // namespace

llvm::json::Value CodeActions(const Document& document,
                              const Snapshot& snapshot, source::Range range) {
  llvm::json::Array actions;
  const source::File* file = FindFile(*snapshot.graph, document.path);
  if (file == nullptr) {
    return actions;
  }
  for (const Diagnostic& finding : *snapshot.findings) {
    const source::Range place = finding.location.range;
    if (finding.location.file != file || place.end < range.begin ||
        range.end < place.begin) {
      continue;
    }
    for (const diagnostics::Fix& fix : finding.fixes) {
      actions.push_back(Json(fix, finding, *file, document.uri));
    }
  }
  return actions;
}

}  // namespace palindrome::lsp
