// The smallest files that hold a section `.palindrome`, made by hand: of either
// byte order and width, whatever compilers a machine has.
//
// Pure functions; they link neither LLVM nor gtest.
#ifndef PALINDROME_TESTS_SUPPORT_BINARY_FILES_H_
#define PALINDROME_TESTS_SUPPORT_BINARY_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palindrome::testing {

// Width and byte order.
enum class Elf : std::uint8_t { k32Little, k32Big, k64Little, k64Big };

// `section` as it stands, in a relocatable object.
std::string MakeElf(std::string_view section, Elf elf);
std::string MakeMachO(std::string_view section);  // Of arm64.
std::string MakeCoff(std::string_view section);   // Of x86-64.

// An ELF64 program with one segment and no section table.
std::string MakeElfSegment(std::string_view segment);

using Members = std::vector<std::pair<std::string, std::string>>;
std::string MakeArchive(const Members& members);  // Name and bytes.
// A universal file; each part gets another processor.
std::string MakeUniversal(const std::vector<std::string>& parts);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_BINARY_FILES_H_
