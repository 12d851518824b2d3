// A history of another tool: its files as they lie on the disk, and its
// migrations as a reader of its format finds them, still in its SQL.
//
// Values. A reader is a pure function from one to the other, so that any input
// can be tried on it; it never fails as a whole, but says of a migration why
// it cannot be imported.
#ifndef PALINDROME_COMPILER_IMPORT_FOREIGN_H_
#define PALINDROME_COMPILER_IMPORT_FOREIGN_H_

#include <optional>
#include <string>
#include <vector>

namespace palindrome::importer {

// A file below the folder that is imported.
struct ForeignFile {
  std::string path;  // From that folder, with `/`: "001_init/up.sql".
  std::string text;  // UTF-8 without NUL.
};

// All of them, sorted by path.
using ForeignFolder = std::vector<ForeignFile>;

struct ForeignMigration {
  std::string source;  // The file or folder, as in ForeignFile::path.
  std::string name;    // As the tool knows it: "0001_create_users".
  std::string title;   // In words, one line: "create users".
  // "2025-01-15 14:30:22", from the name; empty if the name has no date.
  std::string date;
  std::string up;
  std::optional<std::string> down;  // No value: the tool has none for it.
  // What is to stand before the header as comments: text without markers.
  std::string documentation;
  std::string failure;  // Not empty: why it cannot be imported, lower case.
  // What was left out of it and why, one line each.
  std::vector<std::string> notes;
};

// In the order in which the tool applies them.
using ForeignHistory = std::vector<ForeignMigration>;

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_FOREIGN_H_
