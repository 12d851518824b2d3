#include "compiler/driver/depfile.h"

#include "llvm/ADT/StringRef.h"

namespace palindrome::driver {
namespace {

std::string EscapeForMake(llvm::StringRef path) {
  std::string result;
  for (const char character : path) {
    if (character == ' ' || character == '#') {
      result += '\\';
    } else if (character == '$') {
      result += '$';
    }
    result += character;
  }
  return result;
}

}  // namespace

std::string MakeDepfile(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs) {
  std::string text;
  for (const std::string& output : outputs) {
    text += (text.empty() ? "" : " ") + EscapeForMake(output);
  }
  text += ":";
  for (const std::string& input : inputs) {
    text += " \\\n  " + EscapeForMake(input);
  }
  return text + "\n";
}

}  // namespace palindrome::driver
