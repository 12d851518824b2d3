// Files of the disk, for tests that have real ones. Any thread.
#ifndef PALINDROME_TESTS_SUPPORT_FILES_H_
#define PALINDROME_TESTS_SUPPORT_FILES_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace palindrome::testing {

// The bytes of the file; none if it cannot be read.
inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_FILES_H_
