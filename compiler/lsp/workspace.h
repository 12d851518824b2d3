// The folders of migrations that have documents open, and what was found in
// them.
//
// Owned by the server; one thread.
#ifndef PALINDROME_COMPILER_LSP_WORKSPACE_H_
#define PALINDROME_COMPILER_LSP_WORKSPACE_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "llvm/Support/JSON.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/lsp/documents.h"
#include "compiler/lsp/snapshot.h"

namespace palindrome::lsp {

class Workspace {
 public:
  Workspace(llvm::vfs::FileSystem& file_system, const Analyzer& analyzer)
      : file_system_(file_system), analyzer_(analyzer) {}

  Documents& documents() { return documents_; }

  // The folder of migrations that the document belongs to. No value: it is of
  // no such folder, as any other file of SQL.
  std::optional<std::string> FolderOf(const Document& document) const;

  // A text in the folder is no longer what was analysed.
  void Touch(const Document& document);
  void TouchAll();

  // The folder as it was analysed last.
  const Snapshot& Recent(const std::string& folder);

  // Analyses what was touched, and gives the parameters of
  // textDocument/publishDiagnostics for each file that has findings or had.
  using Publish = std::function<void(llvm::json::Object params)>;
  void Refresh(const Publish& publish);

 private:
  struct Folder {
    std::optional<Snapshot> snapshot;
    bool is_stale = true;             // A text is no longer what was analysed.
    bool is_published = false;        // So were its findings.
    std::set<std::string> published;  // Paths of files with findings.
  };

  void Freshen(const std::string& path, Folder& folder);
  void PublishFolder(const std::string& path, Folder& folder,
                     const Publish& publish);
  llvm::json::Object ParamsOf(const std::string& path,
                              llvm::json::Array findings) const;

  llvm::vfs::FileSystem& file_system_;
  const Analyzer& analyzer_;
  Documents documents_;
  std::map<std::string, Folder> folders_;
};

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_WORKSPACE_H_
