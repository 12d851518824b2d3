#include "compiler/inspect/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palindrome::inspect {
namespace {

using ::testing::ElementsAre;

std::string Header(std::string name, std::string size) {
  name.resize(16, ' ');
  size.resize(10, ' ');
  return name + "0           0     0     644     " + size + "`\n";
}

std::string Magic() {
  return "!<arch>\n";
}

std::vector<std::string> Told(const std::string& archive) {
  auto members = ReadArchive(archive);
  if (!members) {
    return {llvm::toString(members.takeError())};
  }
  std::vector<std::string> told;
  for (const Member& member : *members) {
    told.push_back(member.name + "=" + member.bytes.str());
  }
  return told;
}

TEST(ArchiveTest, Names) {
  EXPECT_THAT(Told(Magic()), ElementsAre());
  EXPECT_THAT(
      Told(Magic() + Header("a.o/", "3") + "abc\n" + Header("b.o", "2") + "de"),
      ElementsAre("a.o=abc", "b.o=de"));
  // An odd last member with and without its padding.
  EXPECT_THAT(Told(Magic() + Header("a.o/", "1") + "a"), ElementsAre("a.o=a"));
  EXPECT_THAT(Told(Magic() + Header("a.o/", "1") + "a\n"),
              ElementsAre("a.o=a"));
}

TEST(ArchiveTest, LongNamesAndSymbolTables) {
  EXPECT_THAT(Told(Magic() + Header("/", "4") + "syms" + Header("//", "10") +
                   "x/\nlong.o/" + Header("/3", "1") + "a\n" +
                   Header("/0", "1") + "b\n" + Header("/99", "1") + "c"),
              ElementsAre("long.o=a", "x=b", "=c"));
  EXPECT_THAT(Told(Magic() + Header("#1/12", "16") +
                   std::string("__.SYMDEF\0\0\0syms", 16) +
                   Header("#1/8", "10") + std::string("long.o\0\0ab", 10)),
              ElementsAre("long.o=ab"));
}

TEST(ArchiveTest, WhatDoesNotLieWithin) {
  for (const std::string& broken :
       {Header("a.o/", "4") + "abc", Header("a.o/", "") + "abc",
        Header("a.o/", "-1") + "abc", Header("a.o/", "9999999999") + "abc",
        Header("a.o/", "0x1") + "abc", Header("#1/4", "3") + "abc",
        Header("#1/x", "3") + "abc", std::string("no header"),
        std::string(60, ' ')}) {
    EXPECT_THAT(Told(Magic() + broken),
                ElementsAre(::testing::HasSubstr("broken archive")))
        << broken;
  }
}

}  // namespace
}  // namespace palindrome::inspect
