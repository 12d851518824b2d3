// A client of the language server: frames messages, and reads what comes back.
//
// What is sent is kept until Run, which lets `palindrome lsp` read all of it.
// Documents are those of /project/migrations.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_LSP_CLIENT_H_
#define PALINDROME_TESTS_UNIT_COMPILER_LSP_CLIENT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "tests/golden/world.h"

namespace palindrome::lsp {

std::string Framed(const std::string& text);
std::string UriOf(const std::string& name);

class Client {
 public:
  // With `initialize` and `initialized`, unless told otherwise.
  explicit Client(bool initialize = true);

  testing::World& world() { return world_; }

  // Returns the id of the request.
  std::int64_t Request(const std::string& method, llvm::json::Object params);
  void Notify(const std::string& method, llvm::json::Object params);
  void Send(const std::string& bytes) { input_ += bytes; }

  void Open(const std::string& name, const std::string& text);
  // The whole text anew.
  void Change(const std::string& name, const std::string& text);
  // A request about the place of the `^` in the text, which is opened without
  // it. Of several documents the last counts.
  std::int64_t Ask(const std::string& method, const std::string& name,
                   const std::string& marked);

  // Lets the server publish what it finds before it reads on: asks for the
  // quick fixes of the last document.
  void Settle();
  // Settles, ends with `shutdown` and `exit`, and returns the exit status.
  int Run();
  int RunAsItIs();

  // The answer's `result`; null if it is an error, or there is none.
  llvm::json::Value ResultOf(std::int64_t id) const;
  std::int64_t ErrorOf(std::int64_t id) const;
  // The messages of the diagnostics that were published last for a document,
  // each with its code; "not published" if there are none.
  std::vector<std::string> FindingsOf(const std::string& name) const;
  llvm::json::Array DiagnosticsOf(const std::string& name) const;
  std::size_t publications() const { return publications_; }
  const std::vector<llvm::json::Value>& messages() const { return messages_; }

 private:
  void ReadOutput(llvm::StringRef output);

  testing::World world_;
  std::string input_;
  std::int64_t last_id_ = 0;
  std::string last_;  // The name of the document that was opened last.
  std::vector<llvm::json::Value> messages_;
  std::map<std::string, llvm::json::Array> published_;
  std::size_t publications_ = 0;
};

// JSON on one line.
std::string TextOf(const llvm::json::Value& value);
// The text with the edits of a formatting or a code action made.
std::string ApplyEdits(std::string text, const llvm::json::Array& edits);

}  // namespace palindrome::lsp

#endif  // PALINDROME_TESTS_UNIT_COMPILER_LSP_CLIENT_H_
