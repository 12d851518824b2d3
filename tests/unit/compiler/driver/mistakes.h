// Mistakes of one token in a text, and the errors that a history gives with
// one of them; for the tests that one mistake gives one error.
//
// Values, but for a History, which its test owns; tokens are views into the
// text. One thread.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_DRIVER_MISTAKES_H_
#define PALINDROME_TESTS_UNIT_COMPILER_DRIVER_MISTAKES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"
#include "tests/golden/world.h"

namespace palindrome::driver {

enum class Mistake { kLeftOut, kTwice, kMisspelt };

constexpr Mistake kMistakes[] = {Mistake::kLeftOut, Mistake::kTwice,
                                 Mistake::kMisspelt};

// All but the comments.
std::vector<sql::Token> TokensOf(std::string_view text);

// The text with the mistake; itself where the token cannot be misspelt.
std::string Make(const std::string& text, const sql::Token& token,
                 Mistake mistake);

std::size_t ErrorsIn(const std::string& report);

// Files and the `check` of them, which keeps what does not change.
class History {
 public:
  History(testing::FileMap files, std::vector<std::string> command);

  bool HasErrors() const { return ErrorsIn(report_) > 0; }

  // What the check does with these texts instead of the files'.
  testing::Outcome With(const testing::FileMap& files);
  // What it says with this one.
  std::string ReportWith(const std::string& path, const std::string& text) {
    return With({{path, text}}).err;
  }

 private:
  testing::World world_;
  testing::FileMap kept_;
  std::vector<std::string> command_;
  std::string report_;
};

// Makes the mistake in a file of the history and expects one error at most;
// returns the number of errors.
std::size_t ExpectOneError(History& history, const std::string& path,
                           const std::string& text, const sql::Token& token,
                           Mistake mistake);

}  // namespace palindrome::driver

#endif  // PALINDROME_TESTS_UNIT_COMPILER_DRIVER_MISTAKES_H_
