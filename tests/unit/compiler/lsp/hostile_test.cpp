// Whatever a client sends, the server goes on or ends, and answers in JSON.
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/compiler/lsp/client.h"
#include "tests/unit/compiler/lsp/histories.h"

namespace palindrome::lsp {
namespace {

TEST(HostileTest, WhatIsNoMessageIsAnsweredWithAnError) {
  for (const std::string& text :
       {std::string("nonsense"), std::string("{"), std::string(""),
        std::string("\xFF\xFE"), std::string("[1, 2]"), std::string("7"),
        std::string(1'000'000, '['), std::string("{\"method\": 7}")}) {
    Client client;
    client.Send(Framed(text));
    EXPECT_EQ(client.Run(), 0) << text.substr(0, 20);
    EXPECT_GE(client.messages().size(), 3U) << text.substr(0, 20);
  }
}

TEST(HostileTest, WhereTheNextMessageBeginsIsLost) {
  for (const std::string& bytes :
       {std::string("Content-Length: -1\r\n\r\n"),
        std::string("Content-Length: 99999999999999999999\r\n\r\n"),
        std::string("Content-Length: 4000000000\r\n\r\n{}"),
        std::string("Content-Length: x\r\n\r\n"), std::string("\r\n\r\n"),
        std::string("Content-Length: 10\r\n\r\n{}"), std::string(10'000, 'a'),
        std::string("\0\0\0", 3)}) {
    Client client;
    client.Send(bytes);
    EXPECT_EQ(client.RunAsItIs(), 1) << bytes.substr(0, 40);
  }
}

TEST(HostileTest, OtherHeadersAreRead) {
  Client client;
  client.Send("content-type: application/vscode-jsonrpc; charset=utf-8\r\n");
  const auto id = client.Request("nobody/knows", {});
  EXPECT_EQ(client.Run(), 0);
  EXPECT_EQ(client.ErrorOf(id), -32601);
}

// Values of every kind where another is expected.
TEST(HostileTest, ParametersOfAnyForm) {
  const std::string values[] = {
      "null",
      "1",
      "-1",
      "1e999",
      "\"\"",
      "[]",
      "[[]]",
      "{}",
      R"({"uri": 1})",
      R"({"uri": "file:///project/migrations/x.sql"})",
      R"({"line": -1, "character": 9223372036854775807})",
      R"({"start": {"line": 1e300, "character": 0.5}, "end": null})"};
  for (const char* method :
       {"initialize", "textDocument/hover", "textDocument/definition",
        "textDocument/completion", "textDocument/formatting",
        "textDocument/codeAction", "textDocument/didOpen",
        "textDocument/didChange", "textDocument/didSave",
        "textDocument/didClose", "workspace/didChangeWatchedFiles"}) {
    Client client;
    AddHistory(client);
    client.Open("x.sql", kUsers);
    for (const std::string& value : values) {
      for (const char* key :
           {"textDocument", "position", "range", "contentChanges"}) {
        for (const char* id : {"", "\"id\": 1, ", "\"id\": {}, "}) {
          client.Send(Framed(std::string("{") + id + "\"method\": \"" + method +
                             "\", \"params\": {\"textDocument\": {\"uri\": "
                             "\"file:///project/migrations/x.sql\"}, "
                             "\"" +
                             key + "\": " + value + "}}"));
        }
      }
    }
    EXPECT_EQ(client.Run(), 0) << method;
  }
}

TEST(HostileTest, TextsOfAnyForm) {
  const std::string texts[] = {
      "",
      std::string("a\0b", 3),
      "\xEF\xBF\xBD",
      "MIGRATION",
      "MIGRATION '",
      "/*",
      "UPGRADE BEGIN",
      "UPGRADE BEGIN CREATE TRIGGER t BEGIN",
      NewMigration("  CREATE TABLE t (" + std::string(5000, '(') + ");\n"),
      NewMigration(" ."),
      NewMigration(" a."),
      NewMigration("ALLOW -")};
  for (const std::string& text : texts) {
    Client client;
    AddHistory(client);
    std::string marked = text;
    for (std::size_t at = 0; at <= text.size(); at += 1 + text.size() / 40) {
      marked = text;
      marked.insert(at, "^");
      for (const char* method :
           {"textDocument/hover", "textDocument/definition",
            "textDocument/completion", "textDocument/codeAction",
            "textDocument/formatting"}) {
        client.Ask(method, kNewFile, marked);
      }
    }
    EXPECT_EQ(client.Run(), 0) << text.substr(0, 60);
  }
}

// A session with bytes of its messages changed, the same in every run.
TEST(HostileTest, MessagesWithErrorsInThem) {
  std::mt19937 random(4711);
  const auto below = [&](std::size_t count) { return random() % count; };
  for (int run = 0; run < 150; ++run) {
    Client client;
    AddHistory(client);
    std::vector<std::string> messages = {
        R"({"method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///project/migrations/20250103_120000_change_things.sql", "version": 1, "text": "MIGRATION 'x' REVISION 'cc33' REVISES 'bb22'; UPGRADE BEGIN UPDATE users SET name = email; END; DOWNGRADE AUTO;"}}})",
        R"({"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///project/migrations/20250103_120000_change_things.sql", "version": 2}, "contentChanges": [{"range": {"start": {"line": 0, "character": 65}, "end": {"line": 0, "character": 70}}, "text": "u"}]}})",
        R"({"id": 1, "method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///project/migrations/20250103_120000_change_things.sql"}, "position": {"line": 0, "character": 66}}})",
        R"({"id": 2, "method": "textDocument/completion", "params": {"textDocument": {"uri": "file:///project/migrations/20250103_120000_change_things.sql"}, "position": {"line": 0, "character": 80}}})",
        R"({"id": 3, "method": "textDocument/codeAction", "params": {"textDocument": {"uri": "file:///project/migrations/20250103_120000_change_things.sql"}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 99}}}})"};
    for (std::string& message : messages) {
      for (std::size_t left = below(4); left > 0; --left) {
        const std::size_t at = below(message.size());
        switch (below(3)) {
          case 0:
            message[at] = static_cast<char>(below(256));
            break;
          case 1:
            message.erase(at, 1 + below(8));
            break;
          default:
            message.insert(at, message.substr(below(message.size()), 5));
        }
      }
      client.Send(Framed(message));
    }
    EXPECT_EQ(client.Run(), 0) << run;
  }
}

}  // namespace
}  // namespace palindrome::lsp
