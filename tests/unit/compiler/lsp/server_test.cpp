// The life of a server, and the findings that it publishes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/lsp/client.h"
#include "tests/unit/compiler/lsp/histories.h"

namespace palindrome::lsp {
namespace {

using llvm::json::Array;
using llvm::json::Object;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ServerTest, SaysWhatItCanDo) {
  Client client(/*initialize=*/false);
  const auto id = client.Request("initialize", Object{{"processId", nullptr}});
  EXPECT_EQ(client.Run(), 0);
  const std::string text = TextOf(client.ResultOf(id));
  for (const char* part :
       {R"("positionEncoding":"utf-16")", R"("hoverProvider":true)",
        R"("definitionProvider":true)", R"("completionProvider":)",
        R"("documentFormattingProvider":true)", R"("codeActionProvider":)",
        R"("change":2)", R"("version":"0.0.0-test")"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
  }
}

TEST(ServerTest, EndsAsTheClientSays) {
  Client hangs_up;
  EXPECT_EQ(hangs_up.RunAsItIs(), 1);
  Client exits;
  exits.Notify("exit", Object{});
  EXPECT_EQ(exits.RunAsItIs(), 1);
  Client ends;
  const auto late = [&] {
    ends.Request("shutdown", Object{});
    return ends.Request("textDocument/hover", Object{});
  }();
  ends.Notify("exit", Object{});
  EXPECT_EQ(ends.RunAsItIs(), 0);
  EXPECT_EQ(ends.ErrorOf(late), -32600);
}

TEST(ServerTest, RefusesWhatItCannotAnswer) {
  Client client(/*initialize=*/false);
  const auto early = client.Request("textDocument/hover", Object{});
  client.Open(kUsersFile, kUsers);  // Is not heard.
  client.Request("initialize", Object{});
  const auto unknown = client.Request("textDocument/foldingRange", Object{});
  client.Notify("$/setTrace", Object{});
  EXPECT_EQ(client.Run(), 0);
  EXPECT_EQ(client.ErrorOf(early), -32002);
  EXPECT_EQ(client.ErrorOf(unknown), -32601);
  EXPECT_EQ(client.publications(), 0U);
}

TEST(ServerTest, PublishesTheFindingsOfTheTextThatIsOpen) {
  Client client;
  AddHistory(client);
  client.Open(kNewFile,
              NewMigration("  DROP TABLE user;\n"
                           "  ALTER TABLE users ADD COLUMN \xC3\xA9 TEXT; "
                           "DROP INDEX ix;\n"));
  EXPECT_EQ(client.Run(), 0);
  EXPECT_THAT(
      client.FindingsOf(kNewFile),
      ElementsAre("6:13 unknown-object: there is no table `user` here; did you "
                  "mean `users`?",
                  // The é counts as one.
                  "7:50 unknown-object: there is no index `ix` here"));
  EXPECT_THAT(client.FindingsOf(kUsersFile), ElementsAre("not published"));
}

TEST(ServerTest, ForgetsFindingsThatAreGone) {
  Client client;
  AddHistory(client);
  client.Open(kNewFile, NewMigration("  DROP TABLE nobody;\n"));
  client.Settle();
  client.Change(kNewFile, NewMigration("  CREATE INDEX ix_users_name ON users "
                                       "(name);\n"));
  EXPECT_EQ(client.Run(), 0);
  EXPECT_THAT(client.FindingsOf(kNewFile), IsEmpty());
  EXPECT_EQ(client.publications(), 2U);
}

TEST(ServerTest, FindsWhatAnEditBreaksElsewhere) {
  Client client;
  AddHistory(client);
  std::string text = kUsers;
  text.replace(text.find("CREATE TABLE users"), 18, "CREATE TABLE people");
  client.Open(kUsersFile, text);
  EXPECT_EQ(client.Run(), 0);
  EXPECT_THAT(client.FindingsOf(kUsersFile), IsEmpty());
  EXPECT_FALSE(client.FindingsOf(kEmailFile).empty());
  EXPECT_NE(client.FindingsOf(kEmailFile).front().find("no table `users`"),
            std::string::npos)
      << client.FindingsOf(kEmailFile).front();
}

TEST(ServerTest, ClosingBringsTheDiskBack) {
  Client client;
  AddHistory(client);
  client.Open(kNewFile, NewMigration("  DROP TABLE nobody;\n"));
  client.Settle();
  const auto document = [] {
    return Object{{"textDocument", Object{{"uri", UriOf(kNewFile)}}}};
  };
  client.Notify("textDocument/didSave", document());
  client.Notify("textDocument/didClose", document());
  client.Notify("workspace/didChangeWatchedFiles", Object{});
  client.Open(kUsersFile, kUsers);
  EXPECT_EQ(client.Run(), 0);
  EXPECT_THAT(client.FindingsOf(kNewFile), IsEmpty());
  EXPECT_THAT(client.FindingsOf(kUsersFile), IsEmpty());
  EXPECT_EQ(client.publications(), 3U);
}

TEST(ServerTest, OtherFilesOfSqlAreNoneOfItsBusiness) {
  Client client;
  AddHistory(client);
  client.Notify(
      "textDocument/didOpen",
      Object{{"textDocument", Object{{"uri", "file:///project/schema.sql"},
                                     {"version", 1},
                                     {"text", "CREATE TABLE t (a);"}}}});
  const auto hover = client.Request(
      "textDocument/hover",
      Object{{"textDocument", Object{{"uri", "file:///project/schema.sql"}}},
             {"position", Object{{"line", 0}, {"character", 14}}}});
  EXPECT_EQ(client.Run(), 0);
  EXPECT_EQ(client.publications(), 0U);
  EXPECT_EQ(client.ResultOf(hover), nullptr);
}

TEST(ServerTest, RehearsesWithRows) {
  Client client;
  AddHistory(client);
  client.Open(kNewFile, NewMigration("  ALTER TABLE users ALTER COLUMN email "
                                     "SET NOT NULL;\n"));
  EXPECT_EQ(client.Run(), 0);
  ASSERT_FALSE(client.FindingsOf(kNewFile).empty());
}

TEST(ServerTest, TheConfigurationCounts) {
  Client client;
  AddHistory(client);
  client.Open("palindrome.toml", "rules = 3\n");
  EXPECT_EQ(client.Run(), 0);
  ASSERT_EQ(client.FindingsOf("palindrome.toml").size(), 1U);
  EXPECT_NE(client.FindingsOf("palindrome.toml").front().find("configuration"),
            std::string::npos);
}

}  // namespace
}  // namespace palindrome::lsp
