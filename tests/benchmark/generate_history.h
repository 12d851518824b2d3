// Histories as applications grow them: tables, nine changes to each, among them
// rows, and foreign keys among neighbours.
//
// Free functions; one thread for each folder.
#ifndef PALINDROME_TESTS_BENCHMARK_GENERATE_HISTORY_H_
#define PALINDROME_TESTS_BENCHMARK_GENERATE_HISTORY_H_

#include <filesystem>

namespace palindrome {

// Writes a history of `count` migrations to a new folder.
void WriteHistory(const std::filesystem::path& folder, int count);

// Writes the newest of these again, with a statement more.
void EditNewest(const std::filesystem::path& folder, int count);

}  // namespace palindrome

#endif  // PALINDROME_TESTS_BENCHMARK_GENERATE_HISTORY_H_
