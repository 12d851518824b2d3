// The examples of FIPS 180-4 (NIST's SHA256.pdf and SHA256ShortMsg.rsp).
#include "runtime/src/sha256.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

constexpr std::string_view kMillion =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, GivesTheStandardsExamples) {
  EXPECT_EQ(Sha256Hex(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(
      Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      Sha256Hex(
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmn"
          "oijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(Sha256Hex("\xd3"),
            "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
}

TEST(Sha256, DigestsAMillionBytes) {
  EXPECT_EQ(Sha256Hex(std::string(1000000, 'a')), kMillion);
}

TEST(Sha256, DoesNotDependOnHowTheMessageIsCut) {
  const std::string message(1000000, 'a');
  for (const std::size_t step : {1U, 7U, 63U, 64U, 65U, 4096U}) {
    Sha256 hash;
    for (std::size_t at = 0; at < message.size(); at += step) {
      hash.Update(std::string_view(message).substr(at, step));
    }
    EXPECT_EQ(ToHex(hash.Finish()), kMillion) << step;
  }
}

// Around the block size, where padding takes one block or two.
TEST(Sha256, PadsEveryLength) {
  EXPECT_EQ(Sha256Hex(std::string(55, 'a')),
            "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  EXPECT_EQ(Sha256Hex(std::string(56, 'a')),
            "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
  EXPECT_EQ(Sha256Hex(std::string(63, 'a')),
            "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
  EXPECT_EQ(Sha256Hex(std::string(64, 'a')),
            "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST(FieldDigest, HashesLengthsAndBytes) {
  FieldDigest digest("x1:", "domain");
  digest.Add("");
  digest.Add("a:b");
  EXPECT_EQ(digest.Finish(), "x1:" + Sha256Hex("6:domain0:3:a:b"));
}

TEST(FieldDigest, TellsListsOfFieldsApart) {
  const auto digest = [](std::initializer_list<std::string_view> fields) {
    FieldDigest result("x1:", "d");
    for (const std::string_view field : fields) {
      result.Add(field);
    }
    return result.Finish();
  };
  EXPECT_NE(digest({"ab"}), digest({"a", "b"}));
  EXPECT_NE(digest({"a", ""}), digest({"a"}));
  EXPECT_NE(digest({"1:a"}), digest({"a"}));
}

}  // namespace
}  // namespace palindrome
