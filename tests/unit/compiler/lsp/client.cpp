#include "tests/unit/compiler/lsp/client.h"

#include <gtest/gtest.h>

#include "llvm/Support/FormatVariadic.h"

#include "compiler/lsp/positions.h"

namespace palindrome::lsp {
namespace {

using llvm::json::Array;
using llvm::json::Object;

Object DocumentOf(const std::string& name) {
  return Object{{"uri", UriOf(name)}};
}

// The line and UTF-16 column of the end of the text.
llvm::json::Value EndOf(const std::string& text) {
  const source::File file("t", text);
  const Position position =
      PositionOf(file, static_cast<std::uint32_t>(text.size()));
  return Object{{"line", position.line}, {"character", position.character}};
}

}  // namespace

std::string Framed(const std::string& text) {
  return "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

std::string UriOf(const std::string& name) {
  return "file:///project/migrations/" + name;
}

std::string TextOf(const llvm::json::Value& value) {
  return llvm::formatv("{0}", value).str();
}

std::string ApplyEdits(std::string text, const llvm::json::Array& edits) {
  for (const llvm::json::Value& edit : edits) {
    const llvm::json::Object& object = *edit.getAsObject();
    const llvm::json::Object& range = *object.getObject("range");
    const std::uint32_t begin =
        OffsetOf(text, *ReadPosition(range.get("start")));
    const std::uint32_t end = OffsetOf(text, *ReadPosition(range.get("end")));
    text.replace(begin, end - begin, object.getString("newText")->str());
  }
  return text;
}

Client::Client(bool initialize) {
  world_.files()["migrations/palindrome.toml"] = "";
  if (initialize) {
    Request("initialize", Object{{"capabilities", llvm::json::Object()}});
    Notify("initialized", Object{});
  }
}

std::int64_t Client::Request(const std::string& method, Object params) {
  Send(Framed(TextOf(Object{{"jsonrpc", "2.0"},
                            {"id", ++last_id_},
                            {"method", method},
                            {"params", std::move(params)}})));
  return last_id_;
}

void Client::Notify(const std::string& method, Object params) {
  Send(Framed(TextOf(Object{
      {"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}})));
}

void Client::Open(const std::string& name, const std::string& text) {
  last_ = name;
  Object document = DocumentOf(name);
  document["languageId"] = "sql";
  document["version"] = 1;
  document["text"] = text;
  Notify("textDocument/didOpen", Object{{"textDocument", std::move(document)}});
}

void Client::Change(const std::string& name, const std::string& text) {
  llvm::json::Object document = DocumentOf(name);
  document["version"] = 2;
  Notify("textDocument/didChange",
         Object{{"textDocument", std::move(document)},
                {"contentChanges", Array{Object{{"text", text}}}}});
}

std::int64_t Client::Ask(const std::string& method, const std::string& name,
                         const std::string& marked) {
  const std::size_t mark = marked.find('^');
  Open(name, marked.substr(0, mark) + marked.substr(mark + 1));
  const llvm::json::Value place = EndOf(marked.substr(0, mark));
  Object params{{"textDocument", DocumentOf(name)},
                {"range", Object{{"start", place}, {"end", place}}},
                {"position", place}};
  return Request(method, std::move(params));
}

void Client::Settle() {
  if (last_.empty()) {
    return;
  }
  const Object zero{{"line", 0}, {"character", 0}};
  Request("textDocument/codeAction",
          Object{{"textDocument", DocumentOf(last_)},
                 {"range",
                  Object{{"start", Object(zero)}, {"end", Object(zero)}}}});
}

int Client::Run() {
  Settle();
  Request("shutdown", Object{});
  Notify("exit", Object{});
  return RunAsItIs();
}

int Client::RunAsItIs() {
  world_.SetInput(std::exchange(input_, {}));
  const testing::Outcome outcome = world_.Run({"lsp"});
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(outcome.written.empty());
  ReadOutput(outcome.out);
  return outcome.status;
}

void Client::ReadOutput(llvm::StringRef output) {
  while (!output.empty()) {
    std::size_t length = 0;
    ASSERT_TRUE(output.consume_front("Content-Length: ")) << output.str();
    ASSERT_FALSE(output.consumeInteger(10, length)) << output.str();
    ASSERT_TRUE(output.consume_front("\r\n\r\n")) << output.str();
    auto message = llvm::json::parse(output.take_front(length));
    ASSERT_TRUE(static_cast<bool>(message))
        << llvm::toString(message.takeError());
    output = output.drop_front(length);
    const llvm::json::Object& object = *message->getAsObject();
    if (object.getString("method") == "textDocument/publishDiagnostics") {
      const llvm::json::Object& params = *object.getObject("params");
      published_[params.getString("uri")->str()] =
          *params.getArray("diagnostics");
      ++publications_;
    }
    messages_.push_back(std::move(*message));
  }
}

llvm::json::Value Client::ResultOf(std::int64_t id) const {
  for (const llvm::json::Value& message : messages_) {
    const llvm::json::Object& object = *message.getAsObject();
    if (object.getInteger("id") == id && object.get("result") != nullptr) {
      return *object.get("result");
    }
  }
  return nullptr;
}

std::int64_t Client::ErrorOf(std::int64_t id) const {
  for (const llvm::json::Value& message : messages_) {
    const llvm::json::Object& object = *message.getAsObject();
    if (object.getInteger("id") == id && object.getObject("error") != nullptr) {
      return object.getObject("error")->getInteger("code").value_or(0);
    }
  }
  return 0;
}

llvm::json::Array Client::DiagnosticsOf(const std::string& name) const {
  const auto found = published_.find(UriOf(name));
  return found == published_.end() ? llvm::json::Array() : found->second;
}

std::vector<std::string> Client::FindingsOf(const std::string& name) const {
  if (published_.count(UriOf(name)) == 0) {
    return {"not published"};
  }
  std::vector<std::string> findings;
  for (const llvm::json::Value& each : DiagnosticsOf(name)) {
    const llvm::json::Object& object = *each.getAsObject();
    const Position place =
        *ReadPosition(object.getObject("range")->get("start"));
    findings.push_back(std::to_string(place.line) + ":" +
                       std::to_string(place.character) + " " +
                       object.getString("code")->str() + ": " +
                       object.getString("message")->str());
  }
  return findings;
}

}  // namespace palindrome::lsp
