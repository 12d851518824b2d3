#include "tests/unit/compiler/lsp/answers.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/lsp/client.h"

namespace palindrome::lsp {

llvm::json::Value Answer(const std::string& method, const std::string& name,
                         const std::string& marked) {
  Client client;
  AddHistory(client);
  const auto id = client.Ask(method, name, marked);
  EXPECT_EQ(client.Run(), 0);
  EXPECT_EQ(client.ErrorOf(id), 0);
  return client.ResultOf(id);
}

std::string DefinitionIn(const std::string& marked) {
  const llvm::json::Value result =
      Answer("textDocument/definition", kNewFile, marked);
  const llvm::json::Object* object = result.getAsObject();
  if (object == nullptr) {
    return "nowhere";
  }
  const llvm::StringRef uri = *object->getString("uri");
  const llvm::json::Object& start =
      *object->getObject("range")->getObject("start");
  return uri.substr(uri.rfind('/') + 1).str() + ":" +
         std::to_string(*start.getInteger("line")) + ":" +
         std::to_string(*start.getInteger("character"));
}

std::vector<std::string> LabelsIn(const std::string& marked,
                                  const std::string& name) {
  const llvm::json::Value result =
      Answer("textDocument/completion", name, marked);
  std::vector<std::string> labels;
  for (const llvm::json::Value& item :
       *result.getAsObject()->getArray("items")) {
    labels.push_back(item.getAsObject()->getString("label")->str());
  }
  return labels;
}

}  // namespace palindrome::lsp
