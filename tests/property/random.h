// Random choices that are the same in every run for the same seed.
//
// One history owns one; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_RANDOM_H_
#define PALINDROME_TESTS_PROPERTY_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace palindrome::property {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // 0 to `count` - 1. The distributions of <random> differ from one library to
  // the next.
  std::size_t Below(std::size_t count) { return engine_() % count; }
  bool Percent(std::size_t chance) { return Below(100) < chance; }

  std::string Of(std::initializer_list<std::string_view> choices) {
    return std::string(choices.begin()[Below(choices.size())]);
  }
  template <typename T>
  const T& Of(const std::vector<T>& choices) {
    return choices[Below(choices.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_RANDOM_H_
