// The texts that the client has open, which are ahead of those on the disk.
//
// Owned by the server; one thread.
#ifndef PALINDROME_COMPILER_LSP_DOCUMENTS_H_
#define PALINDROME_COMPILER_LSP_DOCUMENTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace palindrome::lsp {

struct Document {
  std::string uri;  // As the client spells it.
  std::string path;
  std::string text;
  std::int64_t version = 0;
};

class Documents {
 public:
  // Each returns the document that changed; null: the parameters are no such
  // notification, or speak of a document that is not open or is no file.
  const Document* Open(const llvm::json::Object& params);
  const Document* Change(const llvm::json::Object& params);
  // The document as it was.
  std::optional<Document> Close(const llvm::json::Object& params);

  // That of `textDocument`; null: it is not open.
  const Document* Find(const llvm::json::Object& params) const;
  const Document* FindPath(const std::string& path) const;

  const std::map<std::string, Document>& all() const { return documents_; }

 private:
  std::map<std::string, Document> documents_;  // By path.
};

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_DOCUMENTS_H_
