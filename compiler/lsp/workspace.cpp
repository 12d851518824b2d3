#include "compiler/lsp/workspace.h"

#include <utility>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include "compiler/graph/squash.h"
#include "compiler/lsp/requests.h"
#include "compiler/lsp/uri.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lsp {
namespace {

namespace path = llvm::sys::path;

constexpr llvm::StringLiteral kConfiguration("palindrome.toml");
constexpr llvm::StringLiteral kLock("migrations.lock");

bool BeginsAsMigration(std::string_view text) {
  std::uint32_t at = 0;
  for (;;) {
    const sql::Token token = sql::NextToken(text, at);
    if (token.kind != sql::TokenKind::kComment) {
      return IsWord(token, "MIGRATION");
    }
    at = EndOf(token);
  }
}

}  // namespace

std::optional<std::string> Workspace::FolderOf(const Document& document) const {
  llvm::StringRef folder = path::parent_path(document.path);
  if (path::filename(folder) == llvm::StringRef(graph::kSquashedFolder)) {
    folder = path::parent_path(folder);
  }
  const llvm::StringRef name = path::filename(document.path);
  if (name == kConfiguration || name == kLock ||
      BeginsAsMigration(document.text)) {
    return folder.str();
  }
  for (const llvm::StringLiteral mark : {kConfiguration, kLock}) {
    llvm::SmallString<128> marked(folder);
    path::append(marked, mark);
    if (path::extension(name).equals_insensitive(".sql") &&
        file_system_.exists(marked)) {
      return folder.str();
    }
  }
  return std::nullopt;
}

void Workspace::Touch(const Document& document) {
  // Also where it no longer begins as a migration.
  if (const auto own = FolderOf(document)) {
    folders_.try_emplace(*own);
  }
  for (auto& [folder, state] : folders_) {
    if (llvm::StringRef(document.path).starts_with(folder + "/")) {
      state.is_stale = true;
      state.is_published = false;
    }
  }
}

void Workspace::TouchAll() {
  for (auto& [folder, state] : folders_) {
    state.is_stale = true;
    state.is_published = false;
  }
}

void Workspace::Freshen(const std::string& path, Folder& folder) {
  Texts open;
  for (const auto& [name, document] : documents_.all()) {
    if (llvm::StringRef(name).starts_with(path + "/")) {
      open[name] = document.text;
    }
  }
  folder.snapshot = analyzer_(path, open);
  folder.is_stale = false;
}

const Snapshot& Workspace::Recent(const std::string& path) {
  Folder& folder = folders_[path];
  if (!folder.snapshot) {
    Freshen(path, folder);
  }
  return *folder.snapshot;
}

llvm::json::Object Workspace::ParamsOf(const std::string& path,
                                       llvm::json::Array findings) const {
  const Document* document = documents_.FindPath(path);
  llvm::json::Object params{
      {"uri", document == nullptr ? UriOfPath(path) : document->uri},
      {"diagnostics", std::move(findings)}};
  if (document != nullptr) {
    params["version"] = document->version;
  }
  return params;
}

void Workspace::PublishFolder(const std::string& path, Folder& folder,
                              const Publish& publish) {
  std::map<std::string, llvm::json::Array> by_file;
  // What has no place of its own is shown in the first file that is open.
  const source::File nowhere(path + "/" + kLock.str(), "");
  std::string first = nowhere.name();
  for (const auto& [name, document] : documents_.all()) {
    if (llvm::StringRef(name).starts_with(path + "/")) {
      by_file[name];
      first = first == nowhere.name() ? name : first;
    }
  }
  for (const diagnostics::Diagnostic& finding : *folder.snapshot->findings) {
    if (finding.severity == diagnostics::Severity::kOff) {
      continue;
    }
    const source::File* file = finding.location.file;
    by_file[file == nullptr ? first : file->name()].push_back(
        JsonFinding(finding, file == nullptr ? nowhere : *file));
  }
  for (const std::string& before : std::exchange(folder.published, {})) {
    by_file[before];
  }
  for (auto& [name, findings] : by_file) {
    if (!findings.empty()) {
      folder.published.insert(name);
    }
    publish(ParamsOf(name, std::move(findings)));
  }
}

void Workspace::Refresh(const Publish& publish) {
  for (auto& [path, folder] : folders_) {
    if (folder.is_stale) {
      Freshen(path, folder);
    }
    if (!std::exchange(folder.is_published, true)) {
      PublishFolder(path, folder, publish);
    }
  }
}

}  // namespace palindrome::lsp
