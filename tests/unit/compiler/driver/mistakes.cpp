#include "tests/unit/compiler/driver/mistakes.h"

#include <cstdint>
#include <utility>

#include <gtest/gtest.h>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace palindrome::driver {
namespace {

// Two letters change places.
std::string Misspell(std::string_view spelling) {
  std::string wrong(spelling);
  for (std::size_t i = 1; i + 1 < wrong.size(); ++i) {
    if (wrong[i] != wrong[i + 1] && wrong[i] != '\'' && wrong[i + 1] != '\'') {
      std::swap(wrong[i], wrong[i + 1]);
      break;
    }
  }
  return wrong;
}

const char* Describe(Mistake mistake) {
  switch (mistake) {
    case Mistake::kLeftOut:
      return "left out";
    case Mistake::kTwice:
      return "twice";
    case Mistake::kMisspelt:
      return "misspelt";
  }
  return "";
}

}  // namespace

std::vector<sql::Token> TokensOf(std::string_view text) {
  std::vector<sql::Token> tokens;
  std::uint32_t at = 0;
  while (true) {
    const sql::Token token = sql::NextToken(text, at);
    if (token.kind == sql::TokenKind::kEnd) {
      return tokens;
    }
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind != sql::TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
}

std::string Make(const std::string& text, const sql::Token& token,
                 Mistake mistake) {
  std::string instead(token.spelling);
  switch (mistake) {
    case Mistake::kLeftOut:
      instead = " ";
      break;
    case Mistake::kTwice:
      instead += " " + instead;
      break;
    case Mistake::kMisspelt:
      instead = Misspell(instead);
      break;
  }
  return std::string(text).replace(token.offset, token.spelling.size(),
                                   instead);
}

std::size_t ErrorsIn(const std::string& report) {
  std::size_t errors = 0;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(report).split(lines, '\n');
  for (const llvm::StringRef line : lines) {
    errors += line.contains(": error: ") ? 1 : 0;
  }
  return errors;
}

History::History(testing::FileMap files, std::vector<std::string> command)
    : command_(std::move(command)) {
  command_.insert(command_.end(), {"--cache", "kept"});
  world_.files() = std::move(files);
  report_ = world_.Run(command_).err;
  kept_ = world_.files();
}

testing::Outcome History::With(const testing::FileMap& files) {
  world_.files() = kept_;
  for (const auto& [path, text] : files) {
    world_.files()[path] = text;
  }
  return world_.Run(command_);
}

std::size_t ExpectOneError(History& history, const std::string& path,
                           const std::string& text, const sql::Token& token,
                           Mistake mistake) {
  const std::string report =
      history.ReportWith(path, Make(text, token, mistake));
  const std::size_t errors = ErrorsIn(report);
  EXPECT_LE(errors, 1U) << path << ": `" << token.spelling << "` at "
                        << token.offset << " is " << Describe(mistake) << "\n"
                        << report;
  return errors;
}

}  // namespace palindrome::driver
