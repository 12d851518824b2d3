// SHA-256 (FIPS 180-4), and the digests of length-prefixed fields that
// Palindrome's formats are made of. Values; one object for one thread.
#ifndef PALINDROME_RUNTIME_SRC_SHA256_H_
#define PALINDROME_RUNTIME_SRC_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace palindrome {

using Sha256Digest = std::array<std::uint8_t, 32>;

class Sha256 {
 public:
  void Update(std::string_view bytes);
  // Ends the message; nothing may be added afterwards.
  Sha256Digest Finish();

 private:
  void Compress(const std::uint8_t* block);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                         0xa54ff53a, 0x510e527f, 0x9b05688c,
                                         0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> buffer_ = {};
  std::size_t buffered_ = 0;
  std::uint64_t size_ = 0;  // Of the message so far, in bytes.
};

// Lower-case hexadecimal digits.
std::string ToHex(const Sha256Digest& digest);
std::string Sha256Hex(std::string_view bytes);

// A digest over fields, each hashed as its length in decimal digits, a colon
// and its bytes, so that no two lists of fields hash alike. `prefix` names the
// format and its version (`s1:`); it stands before the hexadecimal digits.
class FieldDigest {
 public:
  // `domain` tells digests of one prefix apart and is the first field.
  FieldDigest(std::string_view prefix, std::string_view domain);
  void Add(std::string_view field);
  std::string Finish();

 private:
  std::string prefix_;
  Sha256 hash_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_SHA256_H_
