// Writes a history of COUNT migrations to a new folder.
//
//   generate_history COUNT FOLDER
#include <charconv>
#include <iostream>
#include <string_view>

#include "generate_history.h"

int main(int argc, char** argv) {
  int count = 0;
  if (argc == 3) {
    const std::string_view text = argv[1];
    std::from_chars(text.data(), text.data() + text.size(), count);
  }
  if (count <= 0) {
    std::cerr << "usage: generate_history COUNT FOLDER\n";
    return 2;
  }
  palindrome::WriteHistory(argv[2], count);
  return 0;
}
