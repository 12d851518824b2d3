#include "compiler/lsp/server.h"

#include <optional>
#include <utility>

#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"
#include "compiler/lsp/transport.h"
#include "compiler/lsp/workspace.h"

namespace palindrome::lsp {
namespace {

using llvm::json::Object;
using llvm::json::Value;

// Error codes of JSON-RPC and the protocol.
enum class Error : std::int64_t {
  kParse = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kNotInitialized = -32002,
};

class Server {
 public:
  Server(llvm::raw_ostream& out, Workspace& workspace,
         const std::string& version)
      : out_(out), workspace_(workspace), version_(version) {}

  void Handle(const Value& message);
  void Malformed(const Value& reason) {
    Fail(nullptr, Error::kParse, reason.getAsString().value_or("").str());
  }
  void Publish();

  bool is_over() const { return is_over_; }
  bool was_shut_down() const { return was_shut_down_; }

 private:
  void Answer(const Object& message, const Value& id);
  void Listen(llvm::StringRef method, const Object& params);
  void Reply(const Value& id, Value result);
  void Fail(const Value& id, Error code, const std::string& text);

#define PALINDROME_LSP_REQUEST(Function, Method) \
  Value Function(const Object& params);
#define PALINDROME_LSP_NOTIFICATION(Function, Method) \
  void Function(const Object& params);
#include "compiler/lsp/methods.def"

  // Asks `answer` of the place that the parameters name.
  template <typename Function>
  Value AskAt(const Object& params, Function answer);

  llvm::raw_ostream& out_;
  Workspace& workspace_;
  const std::string& version_;
  bool is_initialized_ = false;
  bool was_shut_down_ = false;
  bool is_over_ = false;
};

void Server::Reply(const Value& id, Value result) {
  WriteMessage(
      Object{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}},
      out_);
}

void Server::Fail(const Value& id, Error code, const std::string& text) {
  WriteMessage(
      Object{{"jsonrpc", "2.0"},
             {"id", id},
             {"error", Object{{"code", static_cast<std::int64_t>(code)},
                              {"message", llvm::json::fixUTF8(text)}}}},
      out_);
}

void Server::Publish() {
  workspace_.Refresh([&](Object params) {
    WriteMessage(Object{{"jsonrpc", "2.0"},
                        {"method", "textDocument/publishDiagnostics"},
                        {"params", std::move(params)}},
                 out_);
  });
}

void Server::Handle(const Value& message) {
  const Object* object = message.getAsObject();
  const auto method =
      object == nullptr ? std::nullopt : object->getString("method");
  const Value* id = object == nullptr ? nullptr : object->get("id");
  if (!method) {
    // A reply, which nobody asked for, needs none.
    if (object == nullptr || id == nullptr) {
      Fail(nullptr, Error::kInvalidRequest, "the message has no method");
    }
    return;
  }
  if (id != nullptr) {
    Answer(*object, *id);
    return;
  }
  const Object none;
  const Object* params = object->getObject("params");
  Listen(*method, params == nullptr ? none : *params);
}

void Server::Answer(const Object& message, const Value& id) {
  const llvm::StringRef method = *message.getString("method");
  const Object none;
  const Object* given = message.getObject("params");
  const Object& params = given == nullptr ? none : *given;
  if (was_shut_down_) {
    Fail(id, Error::kInvalidRequest, "the server was shut down");
    return;
  }
  if (!is_initialized_ && method != "initialize") {
    Fail(id, Error::kNotInitialized, "the server is not initialized");
    return;
  }
#define PALINDROME_LSP_REQUEST(Function, Method) \
  if (method == (Method)) {                      \
    Reply(id, Function(params));                 \
    return;                                      \
  }
#define PALINDROME_LSP_NOTIFICATION(Function, Method)
#include "compiler/lsp/methods.def"
  Fail(id, Error::kMethodNotFound, "there is no method `" + method.str() + "`");
}

void Server::Listen(llvm::StringRef method, const Object& params) {
  if (!is_initialized_ && method != "exit") {
    return;
  }
#define PALINDROME_LSP_REQUEST(Function, Method)
#define PALINDROME_LSP_NOTIFICATION(Function, Method) \
  if (method == (Method)) {                           \
    Function(params);                                 \
    return;                                           \
  }
#include "compiler/lsp/methods.def"
}

Value Server::Initialize(const Object& /*params*/) {
  is_initialized_ = true;
  constexpr std::int64_t kIncremental = 2;
  return Object{
      {"capabilities",
       Object{{"positionEncoding", "utf-16"},
              {"textDocumentSync", Object{{"openClose", true},
                                          {"change", kIncremental},
                                          {"save", true}}},
              {"hoverProvider", true},
              {"definitionProvider", true},
              {"completionProvider",
               Object{{"triggerCharacters", llvm::json::Array{".", "'"}}}},
              {"documentFormattingProvider", true},
              {"codeActionProvider",
               Object{{"codeActionKinds", llvm::json::Array{"quickfix"}}}}}},
      {"serverInfo", Object{{"name", "palindrome"}, {"version", version_}}}};
}

Value Server::Shutdown(const Object& /*params*/) {
  was_shut_down_ = true;
  return nullptr;
}

void Server::Exit(const Object& /*params*/) {
  is_over_ = true;
}

void Server::DidOpen(const Object& params) {
  if (const Document* document = workspace_.documents().Open(params)) {
    workspace_.Touch(*document);
  }
}

void Server::DidChange(const Object& params) {
  if (const Document* document = workspace_.documents().Change(params)) {
    workspace_.Touch(*document);
  }
}

void Server::DidSave(const Object& params) {
  if (const Document* document = workspace_.documents().Find(params)) {
    workspace_.Touch(*document);
  }
}

void Server::DidClose(const Object& params) {
  if (const auto document = workspace_.documents().Close(params)) {
    workspace_.Touch(*document);
  }
}

void Server::DidChangeFiles(const Object& /*params*/) {
  workspace_.TouchAll();
}

template <typename Function>
Value Server::AskAt(const Object& params, Function answer) {
  const Document* document = workspace_.documents().Find(params);
  const auto position = ReadPosition(params.get("position"));
  const auto folder =
      document == nullptr ? std::nullopt : workspace_.FolderOf(*document);
  if (!folder || !position) {
    return nullptr;
  }
  const View view(*document, workspace_.Recent(*folder));
  return answer(view, OffsetOf(view.file().text(), *position));
}

Value Server::OnHover(const Object& params) {
  return AskAt(params, Hover);
}

Value Server::OnDefinition(const Object& params) {
  return AskAt(params, Definition);
}

Value Server::OnCompletion(const Object& params) {
  return AskAt(params, Completion);
}

Value Server::OnFormatting(const Object& params) {
  const Document* document = workspace_.documents().Find(params);
  return document == nullptr ? Value(nullptr) : Formatting(*document);
}

Value Server::OnCodeAction(const Object& params) {
  const Document* document = workspace_.documents().Find(params);
  const Object* range = params.getObject("range");
  const auto folder =
      document == nullptr ? std::nullopt : workspace_.FolderOf(*document);
  if (!folder || range == nullptr) {
    return nullptr;
  }
  const auto start = ReadPosition(range->get("start"));
  const auto end = ReadPosition(range->get("end"));
  if (!start || !end) {
    return nullptr;
  }
  Publish();  // Edits belong to the text as it is now.
  return CodeActions(
      *document, workspace_.Recent(*folder),
      {OffsetOf(document->text, *start), OffsetOf(document->text, *end)});
}

}  // namespace

bool Serve(std::istream& in, llvm::raw_ostream& out,
           llvm::vfs::FileSystem& file_system, const Analyzer& analyzer,
           const std::string& version) {
  Workspace workspace(file_system, analyzer);
  Server server(out, workspace, version);
  while (!server.is_over()) {
    if (in.rdbuf()->in_avail() <= 0) {
      server.Publish();
    }
    Value message = nullptr;
    switch (ReadMessage(in, message)) {
      case Received::kMessage:
        server.Handle(message);
        break;
      case Received::kMalformed:
        server.Malformed(message);
        break;
      case Received::kEnd:
        return server.was_shut_down();
    }
  }
  return server.was_shut_down();
}

}  // namespace palindrome::lsp
