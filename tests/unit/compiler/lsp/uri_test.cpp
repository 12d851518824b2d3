#include "compiler/lsp/uri.h"

#include <gtest/gtest.h>

namespace palindrome::lsp {
namespace {

TEST(UriTest, PathsComeBack) {
  for (const char* path :
       {"/a/b.sql", "/a b/%/\xC3\xA9#?.sql", "/", "/x:y/[z]"}) {
    EXPECT_EQ(PathOfUri(UriOfPath(path)), path);
  }
  EXPECT_EQ(UriOfPath("/a b"), "file:///a%20b");
}

TEST(UriTest, ReadsWhatClientsWrite) {
  EXPECT_EQ(PathOfUri("file:///a/%c3%A9"), "/a/\xC3\xA9");
  EXPECT_EQ(PathOfUri("FILE://localhost/a"), "/a");
  EXPECT_EQ(PathOfUri("file:///a/./b/../c.sql"), "/a/c.sql");
  for (const char* uri : {"", "file:", "file://", "file://server/a",
                          "untitled:Untitled-1", "file:///a%", "file:///a%4",
                          "file:///a%zz", "file:///a%00b", "http://a/b"}) {
    EXPECT_EQ(PathOfUri(uri), std::nullopt) << uri;
  }
}

}  // namespace
}  // namespace palindrome::lsp
